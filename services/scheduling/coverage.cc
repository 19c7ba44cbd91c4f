#include "scheduling/coverage.h"

#include <algorithm>
#include <bitset>
#include <map>

namespace neshast::scheduling {
namespace {

constexpr size_t kMaxChoices = 10;

// A tentative colleague does not move the office hours: undo that.
constexpr uint8_t kTentativeInHours = Burden(Level::kEdge, Reason::kTentative).byte();

bool IsInHours(uint8_t byte) {
  return byte < FirstByteAbove(Level::kComfortable) || byte == kTentativeInHours;
}

// For each quarter of the range, how many cities are in office hours for the whole session.
std::vector<uint8_t> CitiesInHours(const Problem& problem) {
  std::vector<uint8_t> counts(problem.range().size());
  const size_t size = counts.size();
  for (size_t city = 0; city < problem.request().cities.size(); ++city) {
    const uint8_t* __restrict burdens = problem.BurdensOf(static_cast<int>(city)).data();
    uint8_t* __restrict to = counts.data();
    for (size_t i = 0; i < size; ++i) {
      const auto in_hours = static_cast<uint8_t>(burdens[i] < FirstByteAbove(Level::kComfortable));
      const auto tentative = static_cast<uint8_t>(burdens[i] == kTentativeInHours);
      to[i] = static_cast<uint8_t>(to[i] + in_hours + tentative);
    }
  }
  return counts;
}

uint64_t MissingAt(const Problem& problem, size_t index) {
  uint64_t missing = 0;
  for (size_t city = 0; city < problem.request().cities.size(); ++city) {
    if (!IsInHours(problem.BurdensOf(static_cast<int>(city))[index]))
      missing |= uint64_t{1} << city;
  }
  return missing;
}

struct Occasions {
  int starts = 0;
  Quarter first = 0;
  std::bitset<kQuartersPerDay> utc_times;
};

CoverageChoice ChoiceOf(uint64_t missing, const Occasions& occasions) {
  CoverageChoice choice;
  choice.starts = occasions.starts;
  choice.example = BeginOf(occasions.first);
  for (int city = 0; city < 64; ++city) {
    if ((missing >> city & 1) != 0) choice.missing.push_back(city);
  }
  for (int quarter = 0; quarter < kQuartersPerDay; ++quarter) {
    if (occasions.utc_times[quarter]) choice.utc_times.emplace_back(quarter * 15);
  }
  return choice;
}

}  // namespace

Coverage CoverageOf(const Problem& problem) {
  Coverage coverage;
  coverage.cities = static_cast<int>(problem.request().cities.size());
  coverage.starts = problem.starts().Count();
  const std::vector<uint8_t> counts = CitiesInHours(problem);
  const Quarter origin = problem.range().first;
  problem.starts().ForEach([&](Quarter start) {
    coverage.best = std::max(coverage.best, static_cast<int>(counts[start - origin]));
  });
  std::map<uint64_t, Occasions> occasions;
  problem.starts().ForEach([&](Quarter start) {
    if (counts[start - origin] != coverage.best) return;
    Occasions& same = occasions[MissingAt(problem, start - origin)];
    if (same.starts++ == 0) same.first = start;
    same.utc_times.set(static_cast<size_t>(start - FloorDivide(start, 96) * 96));
  });
  for (const auto& [missing, when] : occasions) coverage.choices.push_back(ChoiceOf(missing, when));
  std::stable_sort(coverage.choices.begin(), coverage.choices.end(),
                   [](const CoverageChoice& a, const CoverageChoice& b) {
                     return a.starts != b.starts ? a.starts > b.starts : a.example < b.example;
                   });
  coverage.choices.resize(std::min(coverage.choices.size(), kMaxChoices));
  return coverage;
}

}  // namespace neshast::scheduling
