// What a start means for the cities, and which is fairer. Many starts mean the same, so each
// meaning is weighed once. Internal to the search.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "scheduling/problem.h"

namespace neshast::scheduling {

// What a city would have borne after the session, in thousandths of a point.
struct Account {
  int64_t balance = 0;
  int city = 0;
};

// Starts with the same level for every city share one.
struct Outcome {
  std::vector<Level> levels;      // By city.
  std::vector<Account> accounts;  // The worst off first; of equals the first in the request.
  int total = 0;                  // Points of all cities.
  int64_t weighted = 0;           // Points by the weight of the cities' people.
};

// Whether `a` is at least as good as `b` for every city and better for one.
bool Dominates(const Outcome& a, const Outcome& b);

// The first place, from the worst off, at which the accounts differ; their number where none does.
size_t FirstDifference(const Outcome& a, const Outcome& b);

class Outcomes {
 public:
  explicit Outcomes(const Problem& problem);

  // The outcome of a start; the same number for the same levels.
  int Of(Quarter start);
  int size() const { return static_cast<int>(outcomes_.size()); }
  const Outcome& operator[](int outcome) const { return outcomes_[outcome]; }

  // More than 1.5 times the least total of all outcomes met so far: however fair, too much to ask.
  bool ExceedsGuard(int outcome) const { return 2 * outcomes_[outcome].total > 3 * least_total_; }
  // Leximin: within the guard first, then the less lexicographically, worst off first. Total but
  // for outcomes whose accounts are equal.
  bool IsFairer(int a, int b) const;

 private:
  // Three bits for each of up to 84 cities.
  using Signature = std::array<uint64_t, 4>;

  Outcome Weigh(Quarter start) const;

  const Problem& problem_;
  std::vector<int64_t> ledger_;   // By city, in thousandths.
  std::vector<int64_t> weights_;  // By city, of its people.
  std::vector<Outcome> outcomes_;
  absl::flat_hash_map<Signature, int> known_;
  int least_total_ = 0;
};

}  // namespace neshast::scheduling
