#include "scheduling/city_hour.h"

namespace neshast::scheduling {
namespace {

date::local_days DateOf(const CompiledCalendar& calendar, Instant at) {
  return date::floor<date::days>(calendar.ToWall(at));
}

}  // namespace

CityHour HourIn(const CompiledCalendar& calendar, const Interval& slot, Burden burden,
                const CompiledCalendar& host) {
  const date::local_days date = DateOf(calendar, slot.begins);
  CityHour hour;
  hour.local = calendar.ToWall(slot.begins);
  hour.offset = calendar.OffsetAt(slot.begins);
  hour.weekday = date::weekday(date);
  hour.day_shift = static_cast<int>((date - DateOf(host, slot.begins)).count());
  hour.level = burden.level();
  hour.reason = burden.reason();
  hour.points = PointsOf(hour.level);
  hour.clock_change_nearby = calendar.ClockChangeNear(slot);
  if (hour.clock_change_nearby && hour.reason == Reason::kInHours) {
    hour.reason = Reason::kClockChangeNearby;
  }
  if (const Holiday* holiday = calendar.HolidayOver(slot)) hour.holiday = *holiday;
  return hour;
}

}  // namespace neshast::scheduling
