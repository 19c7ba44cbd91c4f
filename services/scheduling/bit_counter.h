// Counts, for each quarter of a range, how many of many bitmaps have it set: bit-sliced, so that
// one addition serves 64 quarters.
#pragma once

#include <cstdint>
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
  // Adds `plane` times 2^slice.
  void AddFrom(size_t slice, std::vector<uint64_t> carry);

  GridRange range_;
  std::vector<Bitmap> slices_;  // The least significant first.
};

}  // namespace neshast::scheduling
