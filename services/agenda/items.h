// The methods of the AgendaService about items: drafted, proposed, put in order, agreed to.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

std::vector<Method> ItemMethods();

}  // namespace neshast
