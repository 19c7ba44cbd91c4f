// What cities promised each other, and what became of it.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

// The methods of neshast.v1.CommitmentService.
std::vector<Method> CommitmentMethods();

}  // namespace neshast
