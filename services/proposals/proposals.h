// Proposals: several held slots offered to the cities, their answers, and the decision.
#pragma once

#include <vector>

#include "links/link_key.h"
#include "rpc/method.h"
#include "sessions/with_zones.h"

namespace neshast {

// The methods of neshast.v1.ProposalService, by the zone rules of `zones`. The secrets of personal
// links follow from `key`; the store learns their digests only.
std::vector<Method> ProposalMethods(const ZonesInForce& zones, const LinkKey& key);

}  // namespace neshast
