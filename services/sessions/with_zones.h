// Handlers that need the zone rules.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "rpc/method.h"
#include "time/zone.h"

namespace neshast {

// The rules in force now; asked once a call, so that a call sees one release throughout.
using ZonesInForce = std::function<std::shared_ptr<const ZoneDatabase>()>;

// A handler that needs the zone rules, bound as one that does not.
template <class Request, class Response>
Method BindWithZones(std::string name, ZonesInForce zones,
                     absl::StatusOr<Response> (*handler)(const ZoneDatabase&, const Caller&,
                                                         const Request&, Transaction&)) {
  return Bind<Request, Response>(
      std::move(name), [zones = std::move(zones), handler](
                           const Caller& caller, const Request& request, Transaction& tx) {
        return handler(*zones(), caller, request, tx);
      });
}

}  // namespace neshast
