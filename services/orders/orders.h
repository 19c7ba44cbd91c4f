// Orders of precedence: who speaks, sits and signs before whom in a session, and why.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

// The methods of neshast.v1.PrecedenceService. An order stands inside its session, so that the etag
// and the log stay one.
std::vector<Method> OrderMethods();

}  // namespace neshast
