#include "scheduling/rules.h"

#include <algorithm>
#include <cstring>

#include "scheduling/bit_counter.h"
#include "scheduling/interpreters.h"

namespace neshast::scheduling {
namespace {

constexpr size_t kTooManyTimesInSeries = 3;

Bitmap BeforeNotice(const Problem& problem) {
  Bitmap plane(problem.range());
  const SuggestRequest& request = problem.request();
  plane.SetRange(problem.range().first, QuarterFrom(request.now + request.minimum_notice));
  return plane;
}

Bitmap OffSeriesTimes(const Problem& problem) {
  Bitmap plane(problem.range());
  std::vector<std::chrono::minutes> times = problem.request().series_times;
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  if (times.size() < kTooManyTimesInSeries) return plane;
  problem.starts().ForEach([&](Quarter start) {
    const WallTime local = problem.host().ToWall(BeginOf(start));
    const auto time = date::floor<std::chrono::minutes>(local - date::floor<date::days>(local));
    if (!std::binary_search(times.begin(), times.end(), time)) plane.Set(start);
  });
  return plane;
}

// Widened once for all: the same starts as each person's plane, put together.
Bitmap RequiredBusy(const Problem& problem) {
  Bitmap plane(problem.range());
  for (const RequestPerson& person : problem.request().persons) {
    if (person.required && person.availability) plane.OrWith(person.availability->busy());
  }
  problem.WidenToStarts(plane);
  return plane;
}

Bitmap GroupMissesQuorum(const Problem& problem, const QuorumGroup& group, bool rely_on_known) {
  BitCounter absent(problem.range());
  for (const int member : group.members) {
    const RequestPerson& person = problem.request().persons[member];
    Bitmap plane = problem.AbsentAt(person);
    if (rely_on_known) plane.OrWith(problem.UnknownAt(person.availability.get()));
    absent.Add(plane);
  }
  return absent.AtLeast(static_cast<int>(group.members.size()) - group.needed + 1);
}

// One bit for each byte that is not less than `least`.
void OrBytesFrom(const std::vector<uint8_t>& bytes, uint8_t least, std::vector<uint8_t>& flags) {
  const uint8_t* __restrict from = bytes.data();
  uint8_t* __restrict to = flags.data();
  const size_t count = bytes.size();
  for (size_t i = 0; i < count; ++i) {
    const auto flag = static_cast<uint8_t>(from[i] >= least ? 1 : 0);
    to[i] = static_cast<uint8_t>(to[i] | flag);
  }
}

Bitmap PackFlags(const std::vector<uint8_t>& flags, const GridRange& range) {
  Bitmap plane(range);
  for (size_t i = 0; i < plane.words().size() * 8; ++i) {
    uint64_t eight;
    std::memcpy(&eight, flags.data() + i * 8, 8);
    // Gathers the lowest bit of each byte into the highest byte.
    plane.words()[i / 8] |= (eight * 0x0102040810204080ULL >> 56) << (i % 8 * 8);
  }
  return plane;
}

Bitmap AboveLevel(const Problem& problem, const std::vector<int>& cities, Night night) {
  std::vector<uint8_t> flags(problem.range().size());
  for (const int city : cities) {
    const Level limit = problem.LimitOf(city, night == Night::kWithinLimits);
    OrBytesFrom(problem.BurdensOf(city), FirstByteAbove(limit), flags);
  }
  return PackFlags(flags, problem.range());
}

Bitmap AboveLevel(const Problem& problem, Night night) {
  std::vector<int> cities;
  for (size_t i = 0; i < problem.request().cities.size(); ++i) {
    cities.push_back(static_cast<int>(i));
  }
  return AboveLevel(problem, cities, night);
}

bool AnyCityMayBearNight(const SuggestRequest& request) {
  return std::any_of(request.cities.begin(), request.cities.end(), [&](const RequestCity& city) {
    return city.max_level.value_or(request.max_level) == Level::kNight;
  });
}

bool AnyMemberHasUnknownTimes(const Problem& problem, const QuorumGroup& group) {
  return std::any_of(group.members.begin(), group.members.end(), [&](int member) {
    return problem.HasUnknownTimes(problem.request().persons[member].availability.get());
  });
}

Bitmap ReliesOnUnknown(const Problem& problem) {
  const SuggestRequest& request = problem.request();
  Bitmap unverified(problem.range());
  for (const RequestPerson& person : request.persons) {
    if (person.required) problem.AddUnknownTimes(person.availability.get(), unverified);
  }
  problem.WidenToStarts(unverified);
  for (const QuorumGroup& group : request.groups) {
    if (AnyMemberHasUnknownTimes(problem, group)) {
      unverified.OrWith(GroupMissesQuorum(problem, group, true));
    }
  }
  if (!request.language_pairs.empty()) unverified.OrWith(CannotServe(problem, true));
  return unverified;
}

Feasible ApplyRulesWith(const Problem& problem, Night night) {
  Feasible feasible{problem.starts(), Bitmap(problem.range()), {}};
  int left = feasible.starts.Count();
  for (const Rule rule : kAllRules) {
    feasible.starts.AndNot(ForbiddenBy(problem, rule, night));
    const int before = left;
    left = feasible.starts.Count();
    feasible.rules.push_back({rule, before - left, left});
  }
  return feasible;
}

}  // namespace

Bitmap ForbiddenBy(const Problem& problem, Rule rule, Night night) {
  const SuggestRequest& request = problem.request();
  Bitmap plane(problem.range());
  switch (rule) {
    case Rule::kNotice:
      return BeforeNotice(problem);
    case Rule::kForbiddenDate:
      for (const RequestCity& city : request.cities) plane.OrWith(problem.ForbiddenAt(city));
      return plane;
    case Rule::kSeriesTimes:
      return OffSeriesTimes(problem);
    case Rule::kBusy:
      return RequiredBusy(problem);
    case Rule::kDailyLimit:
      for (const RequestPerson& person : request.persons) {
        if (person.required && person.daily_limit) plane.OrWith(problem.DayFullAt(person));
      }
      return plane;
    case Rule::kQuorum:
      for (const QuorumGroup& group : request.groups) {
        plane.OrWith(GroupMissesQuorum(problem, group, false));
      }
      return plane;
    case Rule::kInterpreters:
      return request.language_pairs.empty() ? plane : CannotServe(problem, false);
    case Rule::kLevel:
      return AboveLevel(problem, night);
  }
  return plane;
}

void ForEachBlocker(const Problem& problem, Night night,
                    const std::function<void(Blocker, const Bitmap& forbidden)>& fn) {
  const SuggestRequest& request = problem.request();
  fn({Rule::kNotice, -1}, BeforeNotice(problem));
  fn({Rule::kSeriesTimes, -1}, OffSeriesTimes(problem));
  for (int i = 0; i < static_cast<int>(request.cities.size()); ++i) {
    fn({Rule::kForbiddenDate, i}, problem.ForbiddenAt(request.cities[i]));
    fn({Rule::kLevel, i}, AboveLevel(problem, {i}, night));
  }
  for (int i = 0; i < static_cast<int>(request.persons.size()); ++i) {
    const RequestPerson& person = request.persons[i];
    if (!person.required) continue;
    const Bitmap busy = problem.BusyAt(person.availability.get());
    fn({Rule::kBusy, i}, busy);
    if (!person.daily_limit) continue;
    Bitmap day_full = problem.DayFullAt(person);
    day_full.AndNot(busy);
    fn({Rule::kDailyLimit, i}, day_full);
  }
  for (int i = 0; i < static_cast<int>(request.groups.size()); ++i) {
    fn({Rule::kQuorum, i}, GroupMissesQuorum(problem, request.groups[i], false));
  }
  if (request.language_pairs.empty()) return;
  for (int i = 0; i < static_cast<int>(request.language_pairs.size()); ++i) {
    fn({Rule::kInterpreters, i}, TooFewFor(problem, i));
  }
  fn({Rule::kInterpreters, -1}, CannotServeTogether(problem));
}

Feasible ApplyRules(const Problem& problem) {
  Feasible feasible = ApplyRulesWith(problem, Night::kNever);
  if (feasible.starts.None() && AnyCityMayBearNight(problem.request())) {
    feasible = ApplyRulesWith(problem, Night::kWithinLimits);
  }
  if (!feasible.starts.None()) {
    feasible.unverified = ReliesOnUnknown(problem);
    feasible.unverified.AndWith(feasible.starts);
  }
  return feasible;
}

}  // namespace neshast::scheduling
