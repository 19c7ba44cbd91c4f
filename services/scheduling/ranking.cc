#include "scheduling/ranking.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "scheduling/local_days.h"

namespace neshast::scheduling {
namespace {

// The host's local date and part of the day: night, morning, afternoon or evening.
std::pair<date::local_days, int> DayPartOf(const Problem& problem, Quarter start) {
  const WallTime local = problem.host().ToWall(BeginOf(start));
  const date::local_days date = date::floor<date::days>(local);
  return {date, static_cast<int>((local - date) / std::chrono::hours(6))};
}

}  // namespace

Ranking::Ranking(const Problem& problem, const Feasible& feasible)
    : problem_(problem), outcomes_(problem), missing_(problem.range()) {
  feasible.starts.ForEach([&](Quarter start) {
    const int outcome = outcomes_.Of(start);
    if (outcome == static_cast<int>(by_outcome_.size())) by_outcome_.emplace_back();
    by_outcome_[outcome].push_back(candidates_.size());
    candidates_.push_back({start, outcome, feasible.unverified.Test(start), 0, 0});
  });
  CountMissing();
}

void Ranking::CountMissing() {
  for (const RequestPerson& person : problem_.request().persons) {
    if (person.required) continue;
    Bitmap absent = problem_.AbsentAt(person);
    if (problem_.HasUnknownTimes(person.availability.get())) {
      absent.OrWith(problem_.UnknownAt(person.availability.get()));
    }
    missing_.Add(absent, person.weight);
  }
}

int Ranking::RoughnessAt(Quarter start) const {
  if (!problem_.request().prefer_round_times) return 0;
  int roughness = 0;
  for (const RequestCity& city : problem_.request().cities) {
    const auto wall = city.calendar->ToWall(BeginOf(start)).time_since_epoch();
    const auto quarter = FloorDivide(wall.count(), kQuarterLength.count()) & 3;
    roughness += quarter == 0 ? 0 : quarter == 2 ? 1 : 2;
  }
  return roughness;
}

// Takes the fairest outcomes, equal among themselves, off `heap`: their candidates in order.
std::vector<Candidate> Ranking::TakeFairest(std::vector<int>& heap) {
  const auto less_fair = [this](int a, int b) { return outcomes_.IsFairer(b, a); };
  std::vector<Candidate> fairest;
  const int first = heap.front();
  while (!heap.empty() && !outcomes_.IsFairer(first, heap.front())) {
    for (const size_t index : by_outcome_[heap.front()]) {
      Candidate candidate = candidates_[index];
      candidate.missing_weight = missing_.At(candidate.start);
      candidate.roughness = RoughnessAt(candidate.start);
      fairest.push_back(candidate);
    }
    std::pop_heap(heap.begin(), heap.end(), less_fair);
    heap.pop_back();
  }
  std::sort(fairest.begin(), fairest.end(),
            [this](const Candidate& a, const Candidate& b) { return IsBefore(a, b); });
  return fairest;
}

bool Ranking::IsBefore(const Candidate& a, const Candidate& b) const {
  const auto key = [this](const Candidate& candidate) {
    return std::tuple(candidate.unverified, candidate.missing_weight,
                      outcomes_[candidate.outcome].weighted, candidate.roughness, candidate.start);
  };
  return key(a) < key(b);
}

bool Ranking::IsDominated(const Candidate& candidate) const {
  const auto starts_before = [](const Candidate& other, Quarter at) { return other.start < at; };
  for (const LocalDay& day : LocalDaysOf(problem_.host(), {candidate.start, candidate.start + 1})) {
    auto other = std::lower_bound(candidates_.begin(), candidates_.end(), day.first, starts_before);
    for (; other != candidates_.end() && other->start < day.last; ++other) {
      if (other->unverified && !candidate.unverified) continue;
      if (Dominates(outcomes_[other->outcome], outcomes_[candidate.outcome])) return true;
    }
  }
  return false;
}

std::vector<Candidate> Ranking::Best(int count) {
  std::vector<int> heap(outcomes_.size());
  std::iota(heap.begin(), heap.end(), 0);
  std::make_heap(heap.begin(), heap.end(),
                 [this](int a, int b) { return outcomes_.IsFairer(b, a); });
  std::set<std::pair<date::local_days, int>> taken;
  std::vector<Candidate> best;
  while (!heap.empty() && static_cast<int>(best.size()) < count) {
    for (const Candidate& candidate : TakeFairest(heap)) {
      if (static_cast<int>(best.size()) == count) break;
      const auto day_part = DayPartOf(problem_, candidate.start);
      if (taken.count(day_part) != 0 || IsDominated(candidate)) continue;
      taken.insert(day_part);
      best.push_back(candidate);
    }
  }
  return best;
}

Advantage Ranking::AdvantageOf(const Candidate& first, const Candidate& second) const {
  const Outcome& mine = outcomes_[first.outcome];
  const Outcome& theirs = outcomes_[second.outcome];
  const auto by = [](Criterion criterion, auto ours, auto others) {
    return Advantage{criterion, 0, 0, 0, static_cast<double>(ours), static_cast<double>(others)};
  };
  if (outcomes_.ExceedsGuard(first.outcome) != outcomes_.ExceedsGuard(second.outcome)) {
    return by(Criterion::kTotalWithinGuard, mine.total, theirs.total);
  }
  if (const size_t place = FirstDifference(mine, theirs); place < mine.accounts.size()) {
    const Account& ours = mine.accounts[place];
    const Account& others = theirs.accounts[place];
    return {Criterion::kCityAccounts,
            static_cast<int>(place),
            ours.city,
            others.city,
            static_cast<double>(ours.balance) / 1000,
            static_cast<double>(others.balance) / 1000};
  }
  if (first.unverified != second.unverified) return by(Criterion::kVerified, 0, 1);
  if (first.missing_weight != second.missing_weight) {
    return by(Criterion::kOptionalAttendance, first.missing_weight, second.missing_weight);
  }
  if (mine.weighted != theirs.weighted) {
    return by(Criterion::kWeightedPoints, mine.weighted, theirs.weighted);
  }
  if (first.roughness != second.roughness) {
    return by(Criterion::kRoundTimes, first.roughness, second.roughness);
  }
  return by(Criterion::kEarlier, first.start * kQuarterLength.count(),
            second.start * kQuarterLength.count());
}

}  // namespace neshast::scheduling
