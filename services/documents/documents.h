// Documents between cities: their steps, their terms, and the partnerships that follow from them.
#pragma once

#include <vector>

#include "rpc/method.h"
#include "sessions/with_zones.h"

namespace neshast {

// The methods of neshast.v1.DocumentService.
std::vector<Method> DocumentMethods(const ZonesInForce& zones);

}  // namespace neshast
