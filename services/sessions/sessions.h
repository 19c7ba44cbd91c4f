// Sessions, holds, series: from the first draft to the day they are held.
#pragma once

#include <vector>

#include "rpc/method.h"
#include "sessions/with_zones.h"

namespace neshast {

// The methods of neshast.v1.SessionService, by the zone rules of `zones`.
std::vector<Method> SessionMethods(const ZonesInForce& zones);

}  // namespace neshast
