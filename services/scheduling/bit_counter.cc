#include "scheduling/bit_counter.h"

#include <cstdint>
#include <utility>

namespace neshast::scheduling {
namespace {

// sum + waiting + added = sum + 2 * added, bit by bit.
void FullAdd(uint64_t* __restrict sum, const uint64_t* __restrict waiting,
             uint64_t* __restrict added, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const uint64_t either = sum[i] ^ waiting[i];
    const uint64_t carry = (sum[i] & waiting[i]) | (either & added[i]);
    sum[i] = either ^ added[i];
    added[i] = carry;
  }
}

}  // namespace

void BitCounter::Add(const Bitmap& plane, int weight) {
  for (size_t slice = 0; weight >> slice != 0; ++slice) {
    if ((weight >> slice & 1) != 0) AddTo(slice, plane);
  }
}

void BitCounter::AddTo(size_t slice, Bitmap plane) {
  for (;; ++slice) {
    while (slices_.size() <= slice) slices_.push_back({Bitmap(range_), {}, false});
    Slice& column = slices_[slice];
    if (!column.waits) {
      column.waiting = std::move(plane);
      column.waits = true;
      return;
    }
    FullAdd(column.sum.words().data(), column.waiting.words().data(), plane.words().data(),
            plane.words().size());
    column.waits = false;
  }
}

std::vector<Bitmap> BitCounter::Settled() const {
  std::vector<Bitmap> sums;
  const Bitmap nothing(range_);
  Bitmap carry(range_);
  for (const Slice& column : slices_) {
    sums.push_back(column.sum);
    const Bitmap& waiting = column.waits ? column.waiting : nothing;
    FullAdd(sums.back().words().data(), waiting.words().data(), carry.words().data(),
            carry.words().size());
  }
  sums.push_back(std::move(carry));
  return sums;
}

int BitCounter::At(Quarter quarter) const {
  int count = 0;
  for (size_t slice = 0; slice < slices_.size(); ++slice) {
    const Slice& column = slices_[slice];
    const bool waits = column.waits && column.waiting.Test(quarter);
    count += (static_cast<int>(column.sum.Test(quarter)) + static_cast<int>(waits)) << slice;
  }
  return count;
}

Bitmap BitCounter::AtLeast(int least) const {
  if (least <= 0) return Bitmap(range_, true);
  const std::vector<Bitmap> sums = Settled();
  if (least >> sums.size() != 0) return Bitmap(range_);
  // From the most significant slice down: already greater, or equal so far.
  Bitmap greater(range_);
  Bitmap equal(range_, true);
  for (size_t slice = sums.size(); slice-- > 0;) {
    if ((least >> slice & 1) != 0) {
      equal.AndWith(sums[slice]);
    } else {
      Bitmap exceeds = equal;
      exceeds.AndWith(sums[slice]);
      greater.OrWith(exceeds);
      equal.AndNot(sums[slice]);
    }
  }
  greater.OrWith(equal);
  return greater;
}

}  // namespace neshast::scheduling
