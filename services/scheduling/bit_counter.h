// Counts, for each quarter of a range, how many of many bitmaps have it set: bit-sliced, so that
// one addition serves 64 quarters.
#pragma once

#include <vector>

#include "scheduling/bitmap.h"

namespace neshast::scheduling {

class BitCounter {
 public:
  explicit BitCounter(const GridRange& range) : range_(range) {}

  // Adds `weight`, at least 0, wherever `plane`, of the same range, is set.
  void Add(const Bitmap& plane, int weight = 1);

  int At(Quarter quarter) const;
  // Where the count is at least `least`.
  Bitmap AtLeast(int least) const;

 private:
  // The bits that count 2^i. Two planes are added at a time: the first waits for the second, so
  // most carries stop at once.
  struct Slice {
    Bitmap sum;
    Bitmap waiting;
    bool waits = false;
  };

  void AddTo(size_t slice, Bitmap plane);
  // The bits of the count, the least significant first.
  std::vector<Bitmap> Settled() const;

  GridRange range_;
  std::vector<Slice> slices_;  // The least significant first.
};

}  // namespace neshast::scheduling
