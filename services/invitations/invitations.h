// Delegations: whom each city sends, who takes whose place, and who comes.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

// The methods of neshast.v1.InvitationService. A delegation stands inside its session, so that who
// is busy, the etag and the log stay one.
std::vector<Method> InvitationMethods();

}  // namespace neshast
