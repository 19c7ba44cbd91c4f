// How holds are shown.
#pragma once

#include "cli/connection.h"
#include "neshast/v1/session_service.pb.h"

namespace neshast::cli {

// A line for each hold, in the time of its host.
void ShowHolds(Connection& connection, const v1::ListHoldsResponse& holds);

}  // namespace neshast::cli
