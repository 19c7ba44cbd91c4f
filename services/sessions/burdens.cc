#include "sessions/burdens.h"

#include <algorithm>
#include <optional>
#include <string>

#include "scheduling/burden.h"

namespace neshast {
namespace {

constexpr int kNoon = 12 * 60;
constexpr int kEdge = 60;
constexpr std::chrono::minutes kQuarter(15);

struct Hours {  // minutes after local midnight
  int opens = 0;
  int closes = 0;
};

bool IsValid(const v1::WorkWeek& week, const std::string& date) {
  return (week.valid_from_date().empty() || week.valid_from_date() <= date) &&
         (week.valid_until_date().empty() || date < week.valid_until_date());
}

// The hours of an ordinary `weekday` (1 is Monday) on `date`; of 0, those of the first working day.
std::optional<Hours> OrdinaryHours(const v1::WorkCalendar& calendar, const std::string& date,
                                   int weekday) {
  const auto week = std::find_if(calendar.weeks().rbegin(), calendar.weeks().rend(),
                                 [&](const v1::WorkWeek& each) { return IsValid(each, date); });
  if (week == calendar.weeks().rend()) {
    return weekday <= 5 ? std::optional(Hours{9 * 60, 17 * 60}) : std::nullopt;
  }
  for (const v1::WorkDay& day : week->days()) {
    if (weekday == 0 || day.weekday() == weekday) {
      return Hours{day.opens_minute(), day.closes_minute()};
    }
  }
  return std::nullopt;
}

// When offices are open on a date; nullopt on a day off.
std::optional<Hours> HoursOn(const v1::WorkCalendar& calendar, date::local_days day) {
  const std::string date = date::format("%F", day);
  std::optional<Hours> hours =
      OrdinaryHours(calendar, date, static_cast<int>(date::weekday(day).iso_encoding()));
  for (const v1::Holiday& holiday : calendar.holidays()) {
    if (holiday.date() != date) continue;
    if (holiday.kind() == v1::Holiday::KIND_FULL) return std::nullopt;
    if (holiday.kind() == v1::Holiday::KIND_MAKEUP_WORKDAY)
      hours = OrdinaryHours(calendar, date, 0);
    if (!hours.has_value()) continue;
    if (holiday.kind() == v1::Holiday::KIND_HALF_MORNING) hours->opens = kNoon;
    if (holiday.kind() == v1::Holiday::KIND_HALF_AFTERNOON) hours->closes = kNoon;
  }
  return hours;
}

int LevelByClock(int minute) {
  if (minute < 6 * 60 || minute >= 22 * 60) return 4;
  return minute < 7 * 60 || minute >= 20 * 60 ? 3 : 2;
}

int LevelAt(const v1::WorkCalendar& calendar, WallTime wall) {
  const auto day = date::floor<date::days>(wall);
  const int minute = static_cast<int>(date::floor<std::chrono::minutes>(wall - day).count());
  const std::optional<Hours> hours = HoursOn(calendar, day);
  const int by_clock = LevelByClock(minute);
  if (!hours.has_value()) return std::max(3, by_clock);
  if (minute >= hours->opens && minute < hours->closes) return 0;
  const bool is_edge = minute >= hours->opens - kEdge && minute < hours->closes + kEdge;
  return is_edge && by_clock < 4 ? 1 : by_clock;
}

}  // namespace

int LevelIn(const v1::City& city, const Zone& zone, Instant begins, std::chrono::seconds duration) {
  int level = 0;
  // From the quarter the session begins in: every zone's offset is a multiple of a quarter hour.
  const Instant first(begins.time_since_epoch() - begins.time_since_epoch() % kQuarter);
  for (Instant at = first; at < begins + duration; at += kQuarter) {
    level = std::max(level, LevelAt(city.work_calendar(), zone.ToWall(at)));
  }
  return level;
}

absl::Status SetBurdens(const ZoneDatabase& zones, Transaction& tx, v1::Session& session) {
  session.clear_burdens();
  const Instant begins(std::chrono::seconds(session.start_time().instant().seconds()));
  const std::chrono::seconds duration(session.duration().seconds());
  for (const v1::Delegation& delegation : session.delegations()) {
    ASSIGN_OR_RETURN(const v1::City city, tx.Get<v1::City>(delegation.city()));
    ASSIGN_OR_RETURN(const Zone* zone, zones.Find(city.time_zone()));
    const int level = LevelIn(city, *zone, begins, duration);
    v1::CityBurden& burden = *session.add_burdens();
    burden.set_city(city.name());
    burden.set_level(level);
    burden.set_points(scheduling::PointsOf(static_cast<scheduling::Level>(level)));
  }
  return absl::OkStatus();
}

}  // namespace neshast
