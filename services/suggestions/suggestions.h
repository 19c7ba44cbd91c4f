// Suggestions: hours that are fair to every city, for people whose time is known or not.
#pragma once

#include <vector>

#include "rpc/method.h"
#include "sessions/with_zones.h"

namespace neshast {

// The methods of neshast.v1.SchedulingService, by the zone rules of `zones`.
std::vector<Method> SuggestionMethods(const ZonesInForce& zones);

}  // namespace neshast
