// The agenda of a session: drafted, agreed to, run on the day.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

// The methods of neshast.v1.AgendaService. An agenda stands inside its session, so that who may see
// it, the log and the streams stay one.
std::vector<Method> AgendaMethods();

}  // namespace neshast
