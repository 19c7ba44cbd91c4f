#include "scheduling/bitmap.h"

#include <algorithm>

namespace neshast::scheduling {
namespace {

// The bits of word `i` that lie in [from, until), both counted from the bitmap's first bit.
uint64_t MaskOf(int64_t i, int64_t from, int64_t until) {
  const int64_t low = std::max<int64_t>(from - i * 64, 0);
  const int64_t high = std::min<int64_t>(until - i * 64, 64);
  if (low >= high) return 0;
  const uint64_t below_high = high == 64 ? ~uint64_t{0} : (uint64_t{1} << high) - 1;
  return below_high & ~((uint64_t{1} << low) - 1);
}

// to[i] = from[i] | (from moved `bits` towards the beginning)[i].
void OrMovedDown(uint64_t* __restrict to, const uint64_t* __restrict from, size_t count,
                 size_t bits) {
  const size_t skip = bits / 64;
  const unsigned shift = bits % 64;
  const size_t whole = count > skip + 1 ? count - skip - 1 : 0;
  if (shift == 0) {
    for (size_t i = 0; i < whole; ++i) to[i] = from[i] | from[i + skip];
  } else {
    for (size_t i = 0; i < whole; ++i) {
      to[i] = from[i] | from[i + skip] >> shift | from[i + skip + 1] << (64 - shift);
    }
  }
  for (size_t i = whole; i < count; ++i) {
    to[i] = from[i] | (i + skip < count ? from[i + skip] >> shift : 0);
  }
}

// to = from moved `bits` (1 to 63) towards the end.
void MoveUp(uint64_t* __restrict to, const uint64_t* __restrict from, size_t count, unsigned bits) {
  if (count == 0) return;
  to[0] = from[0] << bits;
  for (size_t i = 1; i < count; ++i) to[i] = from[i] << bits | from[i - 1] >> (64 - bits);
}

}  // namespace

void Bitmap::SetRange(Quarter from, Quarter until, bool value) {
  const int64_t low = std::max<int64_t>(from - range_.first, 0);
  const int64_t high = std::min<int64_t>(until - range_.first, range_.size());
  for (int64_t i = low / 64; i * 64 < high; ++i) {
    const uint64_t mask = MaskOf(i, low, high);
    words_[i] = value ? words_[i] | mask : words_[i] & ~mask;
  }
}

bool Bitmap::AnyIn(Quarter from, Quarter until) const {
  const int64_t low = std::max<int64_t>(from - range_.first, 0);
  const int64_t high = std::min<int64_t>(until - range_.first, range_.size());
  for (int64_t i = low / 64; i * 64 < high; ++i) {
    if ((words_[i] & MaskOf(i, low, high)) != 0) return true;
  }
  return false;
}

int Bitmap::CountIn(Quarter from, Quarter until) const {
  const int64_t low = std::max<int64_t>(from - range_.first, 0);
  const int64_t high = std::min<int64_t>(until - range_.first, range_.size());
  int count = 0;
  for (int64_t i = low / 64; i * 64 < high; ++i) {
    count += __builtin_popcountll(words_[i] & MaskOf(i, low, high));
  }
  return count;
}

int Bitmap::Count() const {
  int count = 0;
  for (const uint64_t word : words_) count += __builtin_popcountll(word);
  return count;
}

bool Bitmap::None() const {
  return std::all_of(words_.begin(), words_.end(), [](uint64_t word) { return word == 0; });
}

void Bitmap::OrWith(const Bitmap& other) {
  const Quarter from = std::max(range_.first, other.range_.first);
  const Quarter until = std::min(range_.last, other.range_.last);
  if (from >= until) return;
  uint64_t* __restrict to = words_.data() + (from - range_.first) / 64;
  const uint64_t* __restrict with = other.words_.data() + (from - other.range_.first) / 64;
  const int64_t count = (until - from) / 64;
  for (int64_t i = 0; i < count; ++i) to[i] |= with[i];
}

void Bitmap::AndWith(const Bitmap& other) {
  for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}

void Bitmap::AndNot(const Bitmap& other) {
  for (size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
}

void Bitmap::Widen(int before, int after) {
  std::vector<uint64_t> moved(words_.size());
  for (int covered = 1; covered < before + after;) {
    const int by = std::min(covered, before + after - covered);
    OrMovedDown(moved.data(), words_.data(), words_.size(), static_cast<size_t>(by));
    words_.swap(moved);
    covered += by;
  }
  if (before == 0) return;
  MoveUp(moved.data(), words_.data(), words_.size(), static_cast<unsigned>(before));
  words_.swap(moved);
}

}  // namespace neshast::scheduling
