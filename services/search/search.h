// Finding again what was shared: over sessions, the directory and the experience library.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

// The methods of neshast.v1.SearchService.
std::vector<Method> SearchMethods();

}  // namespace neshast
