// Which interpreters serve which language pair. An interpreter may know several pairs and serves
// one at a time. Internal to the search.
#pragma once

#include <vector>

#include "scheduling/problem.h"

namespace neshast::scheduling {

// Starts at which too few interpreters of `pair` alone are free.
Bitmap TooFewFor(const Problem& problem, int pair);

// Starts at which the pairs cannot all be served at once (Hall's condition). With `rely_on_known`
// only interpreters whose time is known count.
Bitmap CannotServe(const Problem& problem, bool rely_on_known);

// Starts at which pairs that could each be served alone cannot be served at once.
Bitmap CannotServeTogether(const Problem& problem);

// By pair, interpreters who can serve at `start`: as many as needed, or as are there. Those known
// to be free go before tentative ones, and these before unknown ones; then in the request's order.
std::vector<std::vector<int>> AssignInterpreters(const Problem& problem, Quarter start);

}  // namespace neshast::scheduling
