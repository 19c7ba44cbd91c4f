// What has changed since: Sync, Watch, and the proof of the log.
#pragma once

#include <string>
#include <vector>

#include "rpc/method.h"

namespace neshast {

// The methods of neshast.v1.ChangeService; `epoch` names the store's history.
std::vector<Method> ChangeMethods(const std::string& epoch);

// SyncChanges that waits.
WatchMethod WatchChanges(const std::string& epoch);

}  // namespace neshast
