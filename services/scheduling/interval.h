// Instants on the grid that every search works on: quarter hours of UTC.
//
// Local properties (weekday, office hours) are looked up *from* instants, so hours that a zone
// skips or repeats need no special case. All zone offsets in force since 1972 are whole quarters.
#pragma once

#include <chrono>
#include <cstdint>

#include "time/wall_time.h"

namespace neshast::scheduling {

// From `begins` to just before `ends`. Empty where ends <= begins.
struct Interval {
  Instant begins;
  Instant ends;

  friend bool operator==(const Interval& a, const Interval& b) {
    return a.begins == b.begins && a.ends == b.ends;
  }
};

// The number of a quarter hour of UTC, counted from 1970-01-01T00:00Z; negative before.
using Quarter = int64_t;

inline constexpr std::chrono::seconds kQuarterLength{900};
inline constexpr int kQuartersPerDay = 96;
inline constexpr int kQuartersPerWord = 64;

constexpr int64_t FloorDivide(int64_t value, int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// The quarter that contains `at`.
constexpr Quarter QuarterOf(Instant at) {
  return FloorDivide(at.time_since_epoch().count(), kQuarterLength.count());
}

// The first quarter that begins at `at` or later.
constexpr Quarter QuarterFrom(Instant at) {
  return -FloorDivide(-at.time_since_epoch().count(), kQuarterLength.count());
}

constexpr Instant BeginOf(Quarter quarter) {
  return Instant{quarter * kQuarterLength};
}

// How many quarters `length` touches at most when it begins on the grid; rounded up.
constexpr int QuartersIn(std::chrono::seconds length) {
  return static_cast<int>(-FloorDivide(-length.count(), kQuarterLength.count()));
}

// A range of quarters whose ends are multiples of 64, so that two bitmaps over different ranges
// share their word boundaries. Half-open.
struct GridRange {
  Quarter first = 0;
  Quarter last = 0;

  // The smallest range that contains `interval`; empty where the interval is.
  static constexpr GridRange Around(const Interval& interval) {
    if (interval.ends <= interval.begins) return {};
    return {FloorDivide(QuarterOf(interval.begins), kQuartersPerWord) * kQuartersPerWord,
            -FloorDivide(-QuarterFrom(interval.ends), kQuartersPerWord) * kQuartersPerWord};
  }

  constexpr int size() const { return static_cast<int>(last - first); }
  constexpr int words() const { return size() / kQuartersPerWord; }
  constexpr bool Contains(const GridRange& other) const {
    return first <= other.first && other.last <= last;
  }
};

}  // namespace neshast::scheduling
