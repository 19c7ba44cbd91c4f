// The life of minutes: circulated, reissued, sealed, amended. Adoption stands in adoption.h.
#pragma once

#include "absl/status/statusor.h"
#include "neshast/v1/minutes_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// The methods of MinutesService of these names.
absl::StatusOr<v1::Minutes> CirculateMinutes(const Caller& caller,
                                             const v1::CirculateMinutesRequest& request,
                                             Transaction& tx);
absl::StatusOr<v1::Minutes> ReissueMinutes(const Caller& caller,
                                           const v1::ReissueMinutesRequest& request,
                                           Transaction& tx);
absl::StatusOr<v1::Minutes> AmendMinutes(const Caller& caller,
                                         const v1::AmendMinutesRequest& request, Transaction& tx);

}  // namespace neshast
