// When a city's offices work, as data: weekends, half days, Ramadan hours and holidays all have a
// history, and none is built in.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "date/date.h"
#include "scheduling/burden.h"

namespace neshast::scheduling {

// Minutes after local midnight, 0 to 1440; finer than a quarter is rounded so that hours shrink.
using MinuteOfDay = std::chrono::minutes;

// Offices open at `opens` and close at `closes`, later on the same day.
struct OfficeHours {
  MinuteOfDay opens = std::chrono::hours(9);
  MinuteOfDay closes = std::chrono::hours(17);

  bool operator==(const OfficeHours&) const = default;
};

// A time that a city keeps free where it can, such as Friday 12-14 or iftar: one level harder.
struct ProtectedWindow {
  std::optional<date::weekday> weekday;  // Absent: every day.
  MinuteOfDay begins;
  MinuteOfDay ends;
};

// A weekly rule that is valid on the dates from `valid_from` to before `valid_until`; absent: open.
struct WorkWeek {
  std::optional<date::local_days> valid_from;
  std::optional<date::local_days> valid_until;
  // By ISO weekday, [0] is Monday. A day without hours is a weekend; a day whose offices open for
  // at most five hours is a half day: its closed part is one level harder.
  std::array<std::optional<OfficeHours>, 7> days;
  std::vector<ProtectedWindow> protected_windows;
  // The hours of Ramadan: what they make harder than the ordinary week says so.
  bool ramadan = false;
};

enum class HolidayKind {
  kFull,           // Offices are closed.
  kHalfMorning,    // Closed before noon.
  kHalfAfternoon,  // Closed from noon.
  kObservance,     // Kept, but a workday: no effect on levels.
  kMakeupWorkday,  // A weekend day worked with the hours of the week's first working day.
};

enum class HolidayStatus {
  kFixed,      // By law on this date.
  kComputed,   // Computed from the moon: may be a day off, so it weighs less and is flagged.
  kConfirmed,  // Confirmed by the city.
};

// A civil date in the city that differs from its weekday.
struct Holiday {
  date::local_days date;
  std::map<std::string, std::string> names;  // By BCP 47 language.
  HolidayKind kind = HolidayKind::kFull;
  HolidayStatus status = HolidayStatus::kFixed;
};

// The day outside office hours. Night is 22-06; 06-07 and 20-22 are hard; an hour next to office
// hours is an edge; what remains is early or late.
struct DayClock {
  MinuteOfDay night_ends = std::chrono::hours(6);
  MinuteOfDay day_begins = std::chrono::hours(7);
  MinuteOfDay day_ends = std::chrono::hours(20);
  MinuteOfDay night_begins = std::chrono::hours(22);
  std::chrono::minutes edge = std::chrono::hours(1);
};

// Of the weeks valid on a date the last counts; where none is, Monday to Friday, 09-17.
struct WorkCalendar {
  std::vector<WorkWeek> weeks;
  std::vector<Holiday> holidays;  // In any order; several may share a date.
  DayClock clock;
};

// Monday to Friday, 09-17, always.
WorkWeek DefaultWeek();

// The 96 quarters of a local day, as burdens' bytes.
using DayTemplate = std::array<uint8_t, 96>;

// What a calendar says of a date: equal kinds of day have equal templates.
struct DayKind {
  const WorkWeek* week = nullptr;
  unsigned weekday = 1;                       // ISO.
  std::optional<OfficeHours> hours;           // None: weekend.
  std::optional<OfficeHours> ordinary_hours;  // What `hours` would be without Ramadan.
  bool half_day = false;
  bool closed_morning = false;
  bool closed_afternoon = false;
  std::optional<Level> holiday;  // The least level, on a full holiday.

  bool operator==(const DayKind&) const = default;
};

// How hard the quarters of local days are by one calendar. Remembers each kind of day it has met.
//
// A weekend is at least level 3, a full holiday 3 where fixed or confirmed and 2 where computed;
// half days, protected windows and iftar add one level, once, up to 3. Night stays night.
class DayLevels {
 public:
  // `calendar` outlives this.
  explicit DayLevels(const WorkCalendar& calendar) : calendar_(calendar) {}

  // `holidays` are those of `date`. Valid until the next call.
  const DayTemplate& On(date::local_days date, const std::vector<const Holiday*>& holidays);

 private:
  const WorkCalendar& calendar_;
  std::vector<std::pair<DayKind, DayTemplate>> known_;
};

}  // namespace neshast::scheduling
