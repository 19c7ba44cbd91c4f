// Puts the starts that fit in order and takes those to be offered. Internal to the search.
#pragma once

#include <vector>

#include "scheduling/bit_counter.h"
#include "scheduling/outcome.h"
#include "scheduling/problem.h"
#include "scheduling/rules.h"
#include "scheduling/suggestion.h"

namespace neshast::scheduling {

struct Candidate {
  Quarter start = 0;
  int outcome = 0;
  bool unverified = false;
  int missing_weight = 0;
  int roughness = 0;  // 0, 1, 2 for each city whose clock shows a full, a half or another hour.
};

class Ranking {
 public:
  Ranking(const Problem& problem, const Feasible& feasible);

  // The best candidates that may be offered, at most `count`, the best first.
  std::vector<Candidate> Best(int count);
  const Outcomes& outcomes() const { return outcomes_; }
  // What puts `first` before `second`, which comes later in order.
  Advantage AdvantageOf(const Candidate& first, const Candidate& second) const;

 private:
  std::vector<Candidate> TakeFairest(std::vector<int>& heap);
  void CountMissing();
  int RoughnessAt(Quarter start) const;
  bool IsBefore(const Candidate& a, const Candidate& b) const;
  bool IsDominated(const Candidate& candidate) const;

  const Problem& problem_;
  Outcomes outcomes_;
  std::vector<Candidate> candidates_;            // By start.
  std::vector<std::vector<size_t>> by_outcome_;  // Indexes in `candidates_`.
  BitCounter missing_;  // The weight of optional people who are not known to come.
};

}  // namespace neshast::scheduling
