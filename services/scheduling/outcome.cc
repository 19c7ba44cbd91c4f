#include "scheduling/outcome.h"

#include <algorithm>
#include <cmath>

namespace neshast::scheduling {
namespace {

constexpr int64_t kThousandths = 1000;
constexpr size_t kCitiesPerWord = 21;

}  // namespace

bool Dominates(const Outcome& a, const Outcome& b) {
  return a.total < b.total &&
         std::equal(a.levels.begin(), a.levels.end(), b.levels.begin(), std::less_equal<>());
}

size_t FirstDifference(const Outcome& a, const Outcome& b) {
  size_t place = 0;
  while (place < a.accounts.size() && a.accounts[place].balance == b.accounts[place].balance) {
    ++place;
  }
  return place;
}

Outcomes::Outcomes(const Problem& problem)
    : problem_(problem), weights_(problem.request().cities.size()) {
  for (const RequestCity& city : problem.request().cities) {
    ledger_.push_back(std::llround(city.ledger * kThousandths));
  }
  for (const RequestPerson& person : problem.request().persons) {
    weights_[person.city] += person.weight;
  }
}

int Outcomes::Of(Quarter start) {
  const auto index = static_cast<size_t>(start - problem_.range().first);
  Signature signature{};
  for (size_t city = 0; city < ledger_.size(); ++city) {
    uint64_t& word = signature[city / kCitiesPerWord];
    word = word << 3 | problem_.BurdensOf(static_cast<int>(city))[index] >> 4;
  }
  const auto [known, is_new] = known_.try_emplace(signature, size());
  if (is_new) {
    outcomes_.push_back(Weigh(start));
    const int total = outcomes_.back().total;
    least_total_ = known->second == 0 ? total : std::min(least_total_, total);
  }
  return known->second;
}

Outcome Outcomes::Weigh(Quarter start) const {
  Outcome outcome;
  for (int city = 0; city < static_cast<int>(ledger_.size()); ++city) {
    const Level level = problem_.BurdenOf(city, start).level();
    const int points = PointsOf(level);
    outcome.levels.push_back(level);
    outcome.accounts.push_back({ledger_[city] + points * kThousandths, city});
    outcome.total += points;
    outcome.weighted += weights_[city] * points;
  }
  std::sort(outcome.accounts.begin(), outcome.accounts.end(),
            [](const Account& a, const Account& b) {
              return a.balance != b.balance ? a.balance > b.balance : a.city < b.city;
            });
  return outcome;
}

bool Outcomes::IsFairer(int a, int b) const {
  if (ExceedsGuard(a) != ExceedsGuard(b)) return ExceedsGuard(b);
  const size_t place = FirstDifference(outcomes_[a], outcomes_[b]);
  return place < ledger_.size() &&
         outcomes_[a].accounts[place].balance < outcomes_[b].accounts[place].balance;
}

}  // namespace neshast::scheduling
