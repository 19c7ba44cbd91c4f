#include "scheduling/blocking.h"

#include <algorithm>
#include <map>

#include "scheduling/bit_counter.h"
#include "scheduling/rules.h"

namespace neshast::scheduling {
namespace {

constexpr size_t kMaxSets = 10;
// Sets of three and more are many and large: a sample of the starts says enough.
constexpr int kSampledStarts = 256;

// Every start is forbidden by somebody; those that few forbid are the nearest to fit.
class Obstacles {
 public:
  explicit Obstacles(const Problem& problem) : problem_(problem), forbidders_(problem.range()) {
    ForEachBlocker(problem, Night::kWithinLimits, [this](Blocker blocker, const Bitmap& forbidden) {
      blockers_.push_back(blocker);
      forbidders_.Add(forbidden);
    });
  }

  int CountOfBlockers() const { return static_cast<int>(blockers_.size()); }

  // The sets of exactly `size` blockers that forbid some start together, the most starts first.
  std::vector<BlockingSet> SetsOfSize(int size) const {
    const Bitmap starts = StartsForbiddenBy(size);
    std::map<Quarter, std::vector<int>> forbidden_by;
    starts.ForEach([&](Quarter start) {
      if (size <= 2 || static_cast<int>(forbidden_by.size()) < kSampledStarts) {
        forbidden_by[start];
      }
    });
    if (forbidden_by.empty()) return {};
    int index = 0;
    ForEachBlocker(problem_, Night::kWithinLimits, [&](Blocker, const Bitmap& forbidden) {
      for (auto& [start, by] : forbidden_by) {
        if (forbidden.Test(start)) by.push_back(index);
      }
      ++index;
    });
    return Grouped(forbidden_by);
  }

 private:
  Bitmap StartsForbiddenBy(int count) const {
    Bitmap starts = problem_.starts();
    starts.AndWith(forbidders_.AtLeast(count));
    starts.AndNot(forbidders_.AtLeast(count + 1));
    return starts;
  }

  std::vector<BlockingSet> Grouped(const std::map<Quarter, std::vector<int>>& forbidden_by) const {
    std::map<std::vector<int>, BlockingSet> sets;
    for (const auto& [start, by] : forbidden_by) {
      BlockingSet& set = sets[by];
      if (set.starts++ > 0) continue;
      set.example = BeginOf(start);
      for (const int index : by) set.blockers.push_back(blockers_[index]);
    }
    std::vector<BlockingSet> ordered;
    ordered.reserve(sets.size());
    for (auto& [by, set] : sets) ordered.push_back(std::move(set));
    std::stable_sort(
        ordered.begin(), ordered.end(),
        [](const BlockingSet& a, const BlockingSet& b) { return a.starts > b.starts; });
    return ordered;
  }

  const Problem& problem_;
  std::vector<Blocker> blockers_;
  BitCounter forbidders_;
};

bool Contains(const BlockingSet& set, const BlockingSet& part) {
  return std::all_of(part.blockers.begin(), part.blockers.end(), [&](const Blocker& blocker) {
    return std::count(set.blockers.begin(), set.blockers.end(), blocker) > 0;
  });
}

}  // namespace

std::vector<BlockingSet> BlockingSetsOf(const Problem& problem) {
  const Obstacles obstacles(problem);
  std::vector<BlockingSet> found;
  for (int size = 1; size <= obstacles.CountOfBlockers(); ++size) {
    if (size > 2 && !found.empty()) break;
    const size_t smaller = found.size();
    for (BlockingSet& set : obstacles.SetsOfSize(size)) {
      const bool minimal =
          std::none_of(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(smaller),
                       [&](const BlockingSet& part) { return Contains(set, part); });
      if (minimal && found.size() < kMaxSets) found.push_back(std::move(set));
    }
  }
  return found;
}

}  // namespace neshast::scheduling
