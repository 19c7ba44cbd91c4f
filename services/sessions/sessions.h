// Sessions, holds, series: from the first draft to the day they are held.
#pragma once

#include <functional>
#include <vector>

#include "neshast/v1/session.pb.h"
#include "rpc/method.h"
#include "sessions/with_zones.h"

namespace neshast {

// What is done in the same act when a session is closed, which is held from then on: the server
// starts its minutes so.
using Closing = std::function<absl::Status(const v1::Session& held, Transaction& tx)>;

// The methods of neshast.v1.SessionService, by the zone rules of `zones`; without `closing`,
// closing a session is nothing but that.
std::vector<Method> SessionMethods(const ZonesInForce& zones, const Closing& closing = nullptr);

}  // namespace neshast
