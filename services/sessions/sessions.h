// Sessions, holds, series: from the first draft to the day they are held.
#pragma once

#include <vector>

#include "rpc/method.h"
#include "time/zone.h"

namespace neshast {

// The methods of neshast.v1.SessionService, by the zone rules of `zones`, which must outlive them.
std::vector<Method> SessionMethods(const ZoneDatabase& zones);

}  // namespace neshast
