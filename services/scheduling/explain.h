// The reasons of one suggestion. Internal to the search.
#pragma once

#include "scheduling/problem.h"
#include "scheduling/ranking.h"
#include "scheduling/suggestion.h"

namespace neshast::scheduling {

// Everything but its rank and what makes it better than the next.
Suggestion Explain(const Problem& problem, const Outcomes& outcomes, const Candidate& candidate);

}  // namespace neshast::scheduling
