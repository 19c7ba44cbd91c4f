// Who stands in the way where nothing fits. Internal to the search.
#pragma once

#include <vector>

#include "scheduling/problem.h"
#include "scheduling/suggestion.h"

namespace neshast::scheduling {

// The minimal sets of blockers without which something would fit: all that block alone, then pairs;
// where neither exists the smallest there are. The most starts first; at most 10.
std::vector<BlockingSet> BlockingSetsOf(const Problem& problem);

}  // namespace neshast::scheduling
