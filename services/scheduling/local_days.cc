#include "scheduling/local_days.h"

#include <algorithm>

namespace neshast::scheduling {
namespace {

// Two days hold every local day that meets a range, in all zones.
constexpr Quarter kMargin = 2 * kQuartersPerDay;

}  // namespace

std::vector<LocalDay> LocalDaysOf(const CompiledCalendar& calendar, const GridRange& range) {
  std::vector<LocalDay> days;
  for (const OffsetSegment& segment : calendar.segments()) {
    const int64_t shift = FloorDivide(segment.offset.count(), kQuarterLength.count());
    const Quarter until = std::min(QuarterFrom(segment.ends), range.last + kMargin);
    for (Quarter from = std::max(QuarterFrom(segment.begins), range.first - kMargin);
         from < until;) {
      const int64_t day = FloorDivide(from + shift, kQuartersPerDay);
      const Quarter next = std::min(until, (day + 1) * kQuartersPerDay - shift);
      const date::local_days date{date::days(static_cast<int>(day))};
      if (!days.empty() && days.back().date == date) {
        days.back().last = next;
      } else {
        days.push_back({date, from, next});
      }
      from = next;
    }
  }
  const auto outside = [&](const LocalDay& day) {
    return day.last <= range.first || day.first >= range.last;
  };
  days.erase(std::remove_if(days.begin(), days.end(), outside), days.end());
  return days;
}

}  // namespace neshast::scheduling
