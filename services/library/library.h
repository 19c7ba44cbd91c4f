// The experience library: topics, practices and who took them up, initiatives of outside actors.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

// The methods of neshast.v1.LibraryService.
std::vector<Method> LibraryMethods();

}  // namespace neshast
