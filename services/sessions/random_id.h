// Ids that nobody can guess.
#pragma once

#include <string>

namespace neshast {

// 26 of [a-z0-9]: more than 128 bits from the system's random source.
std::string RandomId();

}  // namespace neshast
