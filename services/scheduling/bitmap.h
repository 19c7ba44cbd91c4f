// One bit per quarter hour of a GridRange.
#pragma once

#include <cstdint>
#include <vector>

#include "scheduling/interval.h"

namespace neshast::scheduling {

class Bitmap {
 public:
  Bitmap() = default;
  explicit Bitmap(const GridRange& range, bool value = false)
      : range_(range), words_(range.words(), value ? ~uint64_t{0} : 0) {}

  const GridRange& range() const { return range_; }
  const std::vector<uint64_t>& words() const { return words_; }
  std::vector<uint64_t>& words() { return words_; }

  // `at` lies in range().
  bool Test(Quarter at) const {
    const auto bit = static_cast<uint64_t>(at - range_.first);
    return (words_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  void Set(Quarter at) {
    const auto bit = static_cast<uint64_t>(at - range_.first);
    words_[bit / 64] |= uint64_t{1} << (bit % 64);
  }
  // Sets the quarters from `from` to before `until`, as far as they lie in range().
  void SetRange(Quarter from, Quarter until, bool value = true);
  // Whether a quarter from `from` to before `until` is set, as far as they lie in range().
  bool AnyIn(Quarter from, Quarter until) const;
  int CountIn(Quarter from, Quarter until) const;
  int Count() const;
  bool None() const;

  // The bits of `other`, another range's too, wherever the ranges meet.
  void OrWith(const Bitmap& other);
  // All three: ranges are the same.
  void AndWith(const Bitmap& other);
  void AndNot(const Bitmap& other);

  // Afterwards a quarter is set where one of the quarters from `before` earlier to before `after`
  // later was: what a session that begins there, with its length and buffers, would meet. Log
  // steps.
  void Widen(int before, int after);

  // Calls `fn(Quarter)` for each set bit, in order.
  template <typename Fn>
  void ForEach(Fn fn) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      for (uint64_t word = words_[i]; word != 0; word &= word - 1) {
        fn(range_.first + static_cast<Quarter>(i) * 64 + __builtin_ctzll(word));
      }
    }
  }

 private:
  GridRange range_;
  std::vector<uint64_t> words_;
};

}  // namespace neshast::scheduling
