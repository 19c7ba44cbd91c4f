// How delegations are shown.
#pragma once

#include <string>

#include "cli/connection.h"
#include "neshast/v1/session.pb.h"

namespace neshast::cli {

// Who sits in the delegation of `city`, as what, who sat there before, and what was asked for since
// its list was closed; of every city where `city` is empty.
void ShowDelegations(Connection& connection, const v1::Session& session, const std::string& city);

}  // namespace neshast::cli
