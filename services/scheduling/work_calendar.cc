#include "scheduling/work_calendar.h"

#include <algorithm>

namespace neshast::scheduling {
namespace {

using std::chrono::minutes;

constexpr minutes kHalfDayAtMost = std::chrono::hours(5);
constexpr minutes kNoon = std::chrono::hours(12);
constexpr minutes kQuarterMinutes{15};

bool IsValidOn(const WorkWeek& week, date::local_days date) {
  return (!week.valid_from || *week.valid_from <= date) &&
         (!week.valid_until || date < *week.valid_until);
}

const WorkWeek& WeekOn(const WorkCalendar& calendar, date::local_days date, bool with_ramadan) {
  static const WorkWeek kDefault = DefaultWeek();
  const auto week =
      std::find_if(calendar.weeks.rbegin(), calendar.weeks.rend(), [&](const WorkWeek& candidate) {
        return IsValidOn(candidate, date) && (with_ramadan || !candidate.ramadan);
      });
  return week == calendar.weeks.rend() ? kDefault : *week;
}

std::optional<OfficeHours> HoursOn(const WorkWeek& week, unsigned weekday, bool makeup) {
  const auto& hours = week.days[weekday - 1];
  if (hours || !makeup) return hours;
  const auto first = std::find_if(week.days.begin(), week.days.end(),
                                  [](const auto& day) { return day.has_value(); });
  return first == week.days.end() ? OfficeHours{} : **first;
}

DayKind KindOf(const WorkCalendar& calendar, date::local_days date,
               const std::vector<const Holiday*>& holidays) {
  DayKind day;
  bool makeup = false;
  for (const Holiday* holiday : holidays) {
    const bool sure = holiday->status != HolidayStatus::kComputed;
    switch (holiday->kind) {
      case HolidayKind::kFull:
        day.holiday =
            std::max(day.holiday, std::optional(sure ? Level::kHard : Level::kEarlyOrLate));
        break;
      case HolidayKind::kHalfMorning:
        day.closed_morning = true;
        break;
      case HolidayKind::kHalfAfternoon:
        day.closed_afternoon = true;
        break;
      case HolidayKind::kMakeupWorkday:
        makeup = true;
        break;
      case HolidayKind::kObservance:
        break;
    }
  }
  day.week = &WeekOn(calendar, date, true);
  day.weekday = date::weekday(date).iso_encoding();
  day.hours = HoursOn(*day.week, day.weekday, makeup);
  day.ordinary_hours = HoursOn(WeekOn(calendar, date, false), day.weekday, makeup);
  day.half_day =
      day.hours && !day.week->ramadan && day.hours->closes - day.hours->opens <= kHalfDayAtMost;
  return day;
}

Burden ByTheClock(const DayClock& clock, const std::optional<OfficeHours>& hours, minutes at) {
  const minutes until = at + kQuarterMinutes;
  if (hours && hours->opens <= at && until <= hours->closes) {
    return Burden(Level::kComfortable, Reason::kInHours);
  }
  if (at < clock.night_ends || until > clock.night_begins) {
    return Burden(Level::kNight, Reason::kNight);
  }
  if (hours && hours->opens - clock.edge <= at && until <= hours->closes + clock.edge) {
    return Burden(Level::kEdge, Reason::kEdge);
  }
  const Reason reason = at < (hours ? hours->opens : kNoon) ? Reason::kEarly : Reason::kLate;
  const bool hard = at < clock.day_begins || until > clock.day_ends;
  return Burden(hard ? Level::kHard : Level::kEarlyOrLate, reason);
}

bool IsProtected(const DayKind& day, minutes at) {
  return std::any_of(day.week->protected_windows.begin(), day.week->protected_windows.end(),
                     [&](const ProtectedWindow& window) {
                       return (!window.weekday || window.weekday->iso_encoding() == day.weekday) &&
                              window.begins < at + kQuarterMinutes && at < window.ends;
                     });
}

// The soft cause that makes the quarter one level harder; kInHours for none.
Reason SoftCause(const DayKind& day, Burden burden, minutes at) {
  const bool outside_hours = burden.level() != Level::kComfortable;
  if ((day.half_day && outside_hours) || (day.closed_morning && at < kNoon) ||
      (day.closed_afternoon && at >= kNoon)) {
    return Reason::kHalfDay;
  }
  if (IsProtected(day, at)) return day.week->ramadan ? Reason::kRamadan : Reason::kProtected;
  return Reason::kInHours;
}

Burden BurdenAt(const DayKind& day, const DayClock& clock, minutes at) {
  Burden burden = ByTheClock(clock, day.hours, at);
  if (day.week->ramadan && day.hours &&
      burden.level() > ByTheClock(clock, day.ordinary_hours, at).level()) {
    burden = Burden(burden.level(), Reason::kRamadan);
  }
  const Reason soft = SoftCause(day, burden, at);
  if (soft != Reason::kInHours) burden = OneHarder(burden, soft);
  if (!day.hours && burden.level() <= Level::kHard) burden = {Level::kHard, Reason::kWeekend};
  if (day.holiday && burden.level() <= *day.holiday) burden = {*day.holiday, Reason::kHoliday};
  return burden;
}

}  // namespace

WorkWeek DefaultWeek() {
  WorkWeek week;
  for (int day = 0; day < 5; ++day) week.days[day] = OfficeHours{};
  return week;
}

const DayTemplate& DayLevels::On(date::local_days date,
                                 const std::vector<const Holiday*>& holidays) {
  const DayKind day = KindOf(calendar_, date, holidays);
  const auto known = std::find_if(known_.begin(), known_.end(),
                                  [&](const auto& entry) { return entry.first == day; });
  if (known != known_.end()) return known->second;
  DayTemplate& levels = known_.emplace_back(day, DayTemplate()).second;
  for (size_t quarter = 0; quarter < levels.size(); ++quarter) {
    levels[quarter] =
        BurdenAt(day, calendar_.clock, static_cast<int>(quarter) * kQuarterMinutes).byte();
  }
  return levels;
}

}  // namespace neshast::scheduling
