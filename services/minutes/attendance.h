// Who was there, by whom it was said.
#pragma once

#include "absl/status/statusor.h"
#include "neshast/v1/minutes_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// The methods of MinutesService of these names.
absl::StatusOr<v1::Minutes> SetAttendance(const Caller& caller,
                                          const v1::SetAttendanceRequest& request, Transaction& tx);
absl::StatusOr<v1::DeclarePresenceResponse> DeclarePresence(
    const Caller& caller, const v1::DeclarePresenceRequest& request, Transaction& tx);

}  // namespace neshast
