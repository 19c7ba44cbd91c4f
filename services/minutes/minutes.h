// Minutes of sessions: drafted by the host, corrected and adopted by the parties, sealed, amended.
#pragma once

#include <string>
#include <vector>

#include "rpc/method.h"

namespace neshast {

// The methods of neshast.v1.MinutesService. The key of the seals lies in the file `seal_key_path`,
// which is made when it is first needed.
std::vector<Method> MinutesMethods(const std::string& seal_key_path);

}  // namespace neshast
