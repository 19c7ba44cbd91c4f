#include "scheduling/availability.h"

#include <algorithm>

namespace neshast::scheduling {
namespace {

Bitmap RoundedOutward(const std::vector<Interval>& intervals, const GridRange& range) {
  Bitmap plane(range);
  for (const Interval& interval : intervals) {
    if (interval.begins >= interval.ends) continue;
    plane.SetRange(QuarterOf(interval.begins), QuarterFrom(interval.ends));
  }
  return plane;
}

// Joined first: two known stretches that meet inside a quarter make it known.
Bitmap UnknownOutside(std::vector<Interval> known, const GridRange& range) {
  std::sort(known.begin(), known.end(),
            [](const Interval& a, const Interval& b) { return a.begins < b.begins; });
  Bitmap plane(range, true);
  for (size_t i = 0; i < known.size();) {
    Interval joined = known[i];
    for (++i; i < known.size() && known[i].begins <= joined.ends; ++i) {
      joined.ends = std::max(joined.ends, known[i].ends);
    }
    plane.SetRange(QuarterFrom(joined.begins), QuarterOf(joined.ends), false);
  }
  return plane;
}

}  // namespace

CompiledAvailability::CompiledAvailability(const Availability& availability, const Interval& range)
    : busy_(RoundedOutward(availability.busy, GridRange::Around(range))),
      tentative_(RoundedOutward(availability.tentative, busy_.range())),
      unknown_(UnknownOutside(availability.known, busy_.range())),
      any_tentative_(!tentative_.None()),
      any_unknown_(!unknown_.None()) {}

}  // namespace neshast::scheduling
