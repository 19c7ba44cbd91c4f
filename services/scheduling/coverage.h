// How many cities can be inside office hours at once. Internal to the search.
#pragma once

#include "scheduling/problem.h"
#include "scheduling/suggestion.h"

namespace neshast::scheduling {

// Over all starts of the window, whoever is busy and whatever the rules forbid.
Coverage CoverageOf(const Problem& problem);

}  // namespace neshast::scheduling
