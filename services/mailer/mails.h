// The methods of neshast.v1.MailService.
#pragma once

#include <vector>

#include "rpc/method.h"

namespace neshast {

std::vector<Method> MailMethods();

}  // namespace neshast
