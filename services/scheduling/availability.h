// What is known of a person's time. Unknown is not free.
#pragma once

#include <vector>

#include "scheduling/bitmap.h"
#include "scheduling/interval.h"

namespace neshast::scheduling {

// Intervals may overlap and stand in any order. Outside `known` nothing is known.
struct Availability {
  std::vector<Interval> busy;
  std::vector<Interval> tentative;
  std::vector<Interval> known;
};

// The same on the grid. Made once per person, version of the calendar and range, then shared.
class CompiledAvailability {
 public:
  // Covers `range`, rounded outward; busy and tentative times are rounded outward, known ones
  // inward.
  CompiledAvailability(const Availability& availability, const Interval& range);

  const Bitmap& busy() const { return busy_; }
  const Bitmap& tentative() const { return tentative_; }
  const Bitmap& unknown() const { return unknown_; }
  // Whether the plane has any bit: lets a search skip it.
  bool any_tentative() const { return any_tentative_; }
  bool any_unknown() const { return any_unknown_; }

 private:
  Bitmap busy_;
  Bitmap tentative_;
  Bitmap unknown_;
  bool any_tentative_;
  bool any_unknown_;
};

}  // namespace neshast::scheduling
