// Slots kept free for people until they expire, are released or become a session.
#pragma once

#include <google/protobuf/empty.pb.h>

#include "absl/status/statusor.h"
#include "neshast/v1/session_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// Holds for 72 hours unless the request says else, at most 30 days.
absl::StatusOr<v1::Hold> HoldSlot(const ZoneDatabase& zones, const Caller& caller,
                                  const v1::HoldSlotRequest& request, Transaction& tx);

// A page may be short, or empty, where holds have expired.
absl::StatusOr<v1::ListHoldsResponse> ListHolds(const Caller& caller,
                                                const v1::ListHoldsRequest& request,
                                                Transaction& tx);

absl::StatusOr<google::protobuf::Empty> ReleaseHold(const Caller& caller,
                                                    const v1::ReleaseHoldRequest& request,
                                                    Transaction& tx);

}  // namespace neshast
