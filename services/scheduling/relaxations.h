// What would help where nothing fits. Internal to the search.
#pragma once

#include <vector>

#include "scheduling/problem.h"
#include "scheduling/suggestion.h"

namespace neshast::scheduling {

// `request` with all of `steps` made.
SuggestRequest Relaxed(SuggestRequest request, const std::vector<RelaxationStep>& steps);

// The three nearest changes of the request with which a start fits, each tried. What is near: fewer
// interpreters or a smaller quorum, a shorter notice, a wider window, a harder hour for a city, a
// shorter session; farther: somebody left out, a date that a city forbade; last, a night.
std::vector<Relaxation> RelaxationsOf(const Problem& problem,
                                      const std::vector<BlockingSet>& blocking);

}  // namespace neshast::scheduling
