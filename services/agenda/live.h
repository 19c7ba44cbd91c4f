// The methods of the AgendaService for the day itself: the clock, the floor, the list of speakers.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

std::vector<Method> LiveMethods();

}  // namespace neshast
