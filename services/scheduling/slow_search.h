// The oracle of the search: every start looked at on its own, by walking over its quarters. Slow,
// obvious, and written apart from the bitmaps.
#pragma once

#include <optional>
#include <vector>

#include "scheduling/suggest.h"

namespace neshast::scheduling {

// The diaries that the request's people and interpreters were compiled from, in its order; absent:
// nothing is known.
struct PlainDiaries {
  std::vector<std::optional<Availability>> persons;
  std::vector<std::optional<Availability>> interpreters;
};

// What is to be said of one start.
struct SlowStart {
  Instant begins;
  bool fits = false;
  bool unverified = false;
  std::vector<Level> levels;
  std::vector<double> accounts;  // Sorted, the worst off first.
  int total = 0;
  int missing_weight = 0;
  int64_t weighted = 0;
  int roughness = 0;
  int in_hours = 0;  // Cities in office hours.
};

// All coming starts on the host's steps, in order. Nights only where nothing else fits.
std::vector<SlowStart> SlowSearch(const SuggestRequest& request, const PlainDiaries& diaries);

// The best of those that fit; null where none does.
const SlowStart* SlowBest(const std::vector<SlowStart>& starts);

}  // namespace neshast::scheduling
