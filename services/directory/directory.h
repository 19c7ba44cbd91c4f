// Cities, organisations, people, expert groups and networks.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

// The methods of neshast.v1.DirectoryService.
std::vector<Method> DirectoryMethods();

}  // namespace neshast
