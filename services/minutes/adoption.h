// What the parties say of circulated minutes.
#pragma once

#include "absl/status/statusor.h"
#include "neshast/v1/minutes_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// The methods of MinutesService of these names.
absl::StatusOr<v1::Minutes> AdoptMinutes(const Caller& caller,
                                         const v1::AdoptMinutesRequest& request, Transaction& tx);
absl::StatusOr<v1::Minutes> DeclineMinutes(const Caller& caller,
                                           const v1::DeclineMinutesRequest& request,
                                           Transaction& tx);

// Whether a party in this state has adopted, without anything left to be confirmed.
bool HasAdopted(v1::MinutesParty::State state);

}  // namespace neshast
