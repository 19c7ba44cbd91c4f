#include "scheduling/suggest.h"

#include "scheduling/blocking.h"
#include "scheduling/coverage.h"
#include "scheduling/explain.h"
#include "scheduling/problem.h"
#include "scheduling/ranking.h"
#include "scheduling/relaxations.h"
#include "scheduling/rules.h"
#include "status_macros.h"

namespace neshast::scheduling {
namespace {

std::vector<Suggestion> SuggestionsOf(const Problem& problem, const Feasible& feasible) {
  Ranking ranking(problem, feasible);
  const std::vector<Candidate> best = ranking.Best(problem.request().max_suggestions);
  std::vector<Suggestion> suggestions;
  for (size_t i = 0; i < best.size(); ++i) {
    suggestions.push_back(Explain(problem, ranking.outcomes(), best[i]));
    suggestions.back().rank = static_cast<int>(i) + 1;
    if (i + 1 < best.size()) {
      suggestions.back().better_than_next = ranking.AdvantageOf(best[i], best[i + 1]);
    }
  }
  return suggestions;
}

}  // namespace

absl::StatusOr<SuggestResult> Suggest(const SuggestRequest& request) {
  RETURN_IF_ERROR(CheckBounds(request));
  const Problem problem(request);
  SuggestResult result;
  result.starts = problem.starts().Count();
  result.coverage = CoverageOf(problem);
  Feasible feasible = ApplyRules(problem);
  result.rules = std::move(feasible.rules);
  if (!feasible.starts.None()) {
    result.suggestions = SuggestionsOf(problem, feasible);
  } else {
    result.blocking = BlockingSetsOf(problem);
    result.relaxations = RelaxationsOf(problem, result.blocking);
  }
  return result;
}

}  // namespace neshast::scheduling
