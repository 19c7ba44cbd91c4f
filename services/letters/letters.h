// The register of letters between cities.
#pragma once

#include <vector>

#include "rpc/method.h"
#include "sessions/with_zones.h"

namespace neshast {

// The methods of neshast.v1.LetterService.
std::vector<Method> LetterMethods(const ZonesInForce& zones);

}  // namespace neshast
