#include "scheduling/relaxations.h"

#include <algorithm>
#include <optional>

#include "scheduling/interpreters.h"
#include "scheduling/ranking.h"
#include "scheduling/rules.h"

namespace neshast::scheduling {
namespace {

using std::chrono::seconds;

constexpr size_t kMaxRelaxations = 3;
constexpr int kDay = 86400;  // seconds

// Why a start is refused, turned into what would lift it at `example`. None for a hard hour: how
// much harder is found by trying.
std::vector<RelaxationStep> CuresOf(const Problem& problem, const Blocker& blocker,
                                    Instant example) {
  const SuggestRequest& request = problem.request();
  const int index = blocker.index;
  switch (blocker.rule) {
    case Rule::kNotice:
      return {{Change::kShortenNotice, -1, (example - request.now).count()}};
    case Rule::kForbiddenDate:
      return {{Change::kLiftForbiddenDates, index, 0}};
    case Rule::kSeriesTimes:
      return {{Change::kNewSeriesTime, -1, 0}};
    case Rule::kBusy:
      return {{Change::kMakePersonOptional, index, 0}};
    case Rule::kDailyLimit:
      return {{Change::kRaiseDailyLimit, index, 0}};
    case Rule::kLevel: {
      const Level limit = problem.LimitOf(index, true);
      return {{Change::kAllowHarderHour, index, static_cast<int64_t>(limit)}};
    }
    case Rule::kQuorum: {
      int available = 0;
      for (const int member : request.groups[index].members) {
        const PersonStatus status = problem.StatusOf(request.persons[member], QuarterOf(example));
        available += status != PersonStatus::kBusy && status != PersonStatus::kDayFull;
      }
      return {{Change::kLowerQuorum, index, available}};
    }
    case Rule::kInterpreters: {
      std::vector<RelaxationStep> steps;
      const auto served = AssignInterpreters(problem, QuarterOf(example));
      for (int pair = 0; pair < static_cast<int>(served.size()); ++pair) {
        const auto count = static_cast<int>(served[pair].size());
        if (count < request.language_pairs[pair].needed) {
          steps.push_back({Change::kFewerInterpreters, pair, count});
        }
      }
      return steps;
    }
  }
  return {};
}

void Apply(const RelaxationStep& step, SuggestRequest& request) {
  switch (step.change) {
    case Change::kAllowHarderHour:
      request.cities[step.index].max_level = static_cast<Level>(step.value);
      break;
    case Change::kMakePersonOptional:
      request.persons[step.index].required = false;
      break;
    case Change::kLiftForbiddenDates:
      request.cities[step.index].forbidden_dates.clear();
      break;
    case Change::kRaiseDailyLimit:
      request.persons[step.index].daily_limit.reset();
      break;
    case Change::kLowerQuorum:
      request.groups[step.index].needed = static_cast<int>(step.value);
      break;
    case Change::kFewerInterpreters:
      request.language_pairs[step.index].needed = static_cast<int>(step.value);
      break;
    case Change::kShortenNotice:
      request.minimum_notice = seconds(step.value);
      break;
    case Change::kNewSeriesTime:
      request.series_times.clear();
      break;
    case Change::kShortenSession:
      request.duration = seconds(step.value);
      break;
    case Change::kWidenWindow:
      request.window.ends += seconds(step.value);
      break;
  }
}

// The best start of the request once all of `steps` are made.
std::optional<Relaxation> Try(const SuggestRequest& request, std::vector<RelaxationStep> steps) {
  const SuggestRequest relaxed = Relaxed(request, steps);
  if (!CheckBounds(relaxed).ok()) return std::nullopt;
  const Problem problem(relaxed);
  const Feasible feasible = ApplyRules(problem);
  if (feasible.starts.None()) return std::nullopt;
  const Quarter best = Ranking(problem, feasible).Best(1).front().start;
  return Relaxation{std::move(steps), BeginOf(best)};
}

// Lifts all blockers of `set`; hours only as much harder as is needed.
std::optional<Relaxation> TryWithout(const Problem& problem, const BlockingSet& set) {
  std::vector<RelaxationStep> steps;
  for (const Blocker& blocker : set.blockers) {
    for (const RelaxationStep& cure : CuresOf(problem, blocker, set.example)) {
      steps.push_back(cure);
    }
  }
  const auto harden = [&] {
    bool any = false;
    for (RelaxationStep& step : steps) {
      if (step.change != Change::kAllowHarderHour) continue;
      if (step.value >= static_cast<int64_t>(Level::kNight)) continue;
      ++step.value;
      any = true;
    }
    return any;
  };
  bool again = harden();
  do {
    if (auto relaxation = Try(problem.request(), steps)) return relaxation;
    again = again && harden();
  } while (again);
  return std::nullopt;
}

bool IsOfHours(const BlockingSet& set) {
  return std::any_of(set.blockers.begin(), set.blockers.end(),
                     [](const Blocker& blocker) { return blocker.rule == Rule::kLevel; });
}

// Every city bears what is needed and no more: the least level that all may reach together. A limit
// that was set for one city stands.
std::optional<Relaxation> TryHarderHours(const SuggestRequest& request) {
  for (int level = static_cast<int>(request.max_level) + 1; level <= static_cast<int>(Level::kHard);
       ++level) {
    SuggestRequest relaxed = request;
    relaxed.max_level = static_cast<Level>(level);
    const Problem problem(relaxed);
    const Feasible feasible = ApplyRules(problem);
    if (feasible.starts.None()) continue;
    const Quarter best = Ranking(problem, feasible).Best(1).front().start;
    std::vector<RelaxationStep> steps;
    for (size_t city = 0; city < request.cities.size(); ++city) {
      const int index = static_cast<int>(city);
      const Level borne = problem.BurdenOf(index, best).level();
      if (request.cities[city].max_level || borne <= request.max_level) continue;
      steps.push_back({Change::kAllowHarderHour, index, static_cast<int64_t>(borne)});
    }
    return Try(request, std::move(steps));
  }
  return std::nullopt;
}

std::optional<Relaxation> TryWiderWindow(const SuggestRequest& request) {
  for (const int days : {1, 7, 28}) {
    if (auto relaxation = Try(request, {{Change::kWidenWindow, -1, days * kDay}})) {
      return relaxation;
    }
  }
  return std::nullopt;
}

std::optional<Relaxation> TryShorterSession(const SuggestRequest& request) {
  const int quarters = QuartersIn(request.duration);
  for (const int shorter : {quarters * 3 / 4, quarters / 2}) {
    if (shorter == 0) continue;
    const seconds length = shorter * kQuarterLength;
    if (auto relaxation = Try(request, {{Change::kShortenSession, -1, length.count()}})) {
      return relaxation;
    }
  }
  return std::nullopt;
}

int CostOf(const RelaxationStep& step, const SuggestRequest& request) {
  switch (step.change) {
    case Change::kFewerInterpreters:
      return request.language_pairs[step.index].needed - static_cast<int>(step.value);
    case Change::kLowerQuorum:
      return request.groups[step.index].needed - static_cast<int>(step.value);
    case Change::kShortenNotice:
    case Change::kNewSeriesTime:
      return 2;
    case Change::kWidenWindow:
      return step.value <= 7 * kDay ? 2 : 4;
    case Change::kAllowHarderHour: {
      const Level limit = request.cities[step.index].max_level.value_or(request.max_level);
      const bool night = step.value == static_cast<int64_t>(Level::kNight);
      return night ? 10 : 2 * (static_cast<int>(step.value) - static_cast<int>(limit));
    }
    case Change::kShortenSession:
    case Change::kRaiseDailyLimit:
      return 3;
    case Change::kMakePersonOptional:
      return 4;
    case Change::kLiftForbiddenDates:
      return 5;
  }
  return 0;
}

int CostOf(const Relaxation& relaxation, const SuggestRequest& request) {
  int cost = 0;
  for (const RelaxationStep& step : relaxation.steps) cost += CostOf(step, request);
  return cost;
}

}  // namespace

SuggestRequest Relaxed(SuggestRequest request, const std::vector<RelaxationStep>& steps) {
  for (const RelaxationStep& step : steps) Apply(step, request);
  return request;
}

std::vector<Relaxation> RelaxationsOf(const Problem& problem,
                                      const std::vector<BlockingSet>& blocking) {
  const SuggestRequest& request = problem.request();
  std::vector<Relaxation> found;
  const auto add = [&](std::optional<Relaxation> relaxation) {
    const auto same = [&](const Relaxation& other) { return other.steps == relaxation->steps; };
    if (relaxation && std::none_of(found.begin(), found.end(), same)) {
      found.push_back(*std::move(relaxation));
    }
  };
  for (const BlockingSet& set : blocking) add(TryWithout(problem, set));
  if (std::any_of(blocking.begin(), blocking.end(), IsOfHours)) add(TryHarderHours(request));
  add(TryWiderWindow(request));
  add(TryShorterSession(request));
  std::stable_sort(found.begin(), found.end(), [&](const Relaxation& a, const Relaxation& b) {
    return CostOf(a, request) < CostOf(b, request);
  });
  found.resize(std::min(found.size(), kMaxRelaxations));
  return found;
}

}  // namespace neshast::scheduling
