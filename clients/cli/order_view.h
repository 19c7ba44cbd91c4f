// How orders of precedence are shown.
#pragma once

#include "cli/connection.h"
#include "neshast/v1/precedence_service.pb.h"

namespace neshast::cli {

// Who stands where and why before the next, what has changed, and what follows for the screen and
// the copies.
void ShowOrder(Connection& connection, const v1::OrderAnswer& answer);

}  // namespace neshast::cli
