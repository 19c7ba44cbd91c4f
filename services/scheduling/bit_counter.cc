#include "scheduling/bit_counter.h"

namespace neshast::scheduling {
namespace {

// One full-adder column; whether a carry is left anywhere.
bool AddColumn(uint64_t* __restrict sum, uint64_t* __restrict carry, size_t count) {
  uint64_t any = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t both = sum[i] & carry[i];
    sum[i] ^= carry[i];
    carry[i] = both;
    any |= both;
  }
  return any != 0;
}

}  // namespace

void BitCounter::Add(const Bitmap& plane, int weight) {
  for (size_t slice = 0; weight >> slice != 0; ++slice) {
    if ((weight >> slice & 1) != 0) AddFrom(slice, plane.words());
  }
}

void BitCounter::AddFrom(size_t slice, std::vector<uint64_t> carry) {
  do {
    while (slices_.size() <= slice) slices_.emplace_back(range_);
  } while (AddColumn(slices_[slice++].words().data(), carry.data(), carry.size()));
}

int BitCounter::At(Quarter quarter) const {
  int count = 0;
  for (size_t slice = slices_.size(); slice-- > 0;) {
    count = count << 1 | static_cast<int>(slices_[slice].Test(quarter));
  }
  return count;
}

Bitmap BitCounter::AtLeast(int least) const {
  if (least <= 0) return Bitmap(range_, true);
  if (least >> slices_.size() != 0) return Bitmap(range_);
  // From the most significant slice down: already greater, or equal so far.
  Bitmap greater(range_);
  Bitmap equal(range_, true);
  for (size_t slice = slices_.size(); slice-- > 0;) {
    if ((least >> slice & 1) != 0) {
      equal.AndWith(slices_[slice]);
    } else {
      Bitmap exceeds = equal;
      exceeds.AndWith(slices_[slice]);
      greater.OrWith(exceeds);
      equal.AndNot(slices_[slice]);
    }
  }
  greater.OrWith(equal);
  return greater;
}

}  // namespace neshast::scheduling
