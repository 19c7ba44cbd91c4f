// Handlers that need the zone rules.
#pragma once

#include <string>
#include <utility>

#include "rpc/method.h"
#include "time/zone.h"

namespace neshast {

// A handler that needs the zone rules, bound as one that does not. `zones` outlives the method.
template <class Request, class Response>
Method BindWithZones(std::string name, const ZoneDatabase& zones,
                     absl::StatusOr<Response> (*handler)(const ZoneDatabase&, const Caller&,
                                                         const Request&, Transaction&)) {
  return Bind<Request, Response>(
      std::move(name),
      [&zones, handler](const Caller& caller, const Request& request, Transaction& tx) {
        return handler(zones, caller, request, tx);
      });
}

}  // namespace neshast
