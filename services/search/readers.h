// Which readers a caller is: of all that is stored, searches see what is shown to one of them.
#pragma once

#include <string>
#include <vector>

#include "rpc/caller.h"

namespace neshast {

// As the policy decides for this caller's role, city, person and scopes. Who is shown a session
// masked is no reader of it: its title is not for them.
std::vector<std::string> ReadersOf(const Caller& caller);

}  // namespace neshast
