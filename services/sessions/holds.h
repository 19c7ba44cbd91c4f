// Slots kept free for people until they expire, are released or become a session.
#pragma once

#include <google/protobuf/empty.pb.h>

#include <string>

#include "absl/status/statusor.h"
#include "neshast/v1/session_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

inline constexpr int64_t kLongestHold = 30 * 86400;  // seconds

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

// A hold of this name for everybody in `session` at its hour; it lapses when the session begins, at
// the latest kLongestHold after `now`.
v1::Hold HoldFor(const v1::Session& session, const std::string& name, absl::Time now);

// Makes the hold that keeps the slot of the draft `session` follow its hour and its people. One
// that has lapsed is forgotten.
absl::Status MoveHoldOf(v1::Session& session, Transaction& tx);

// Frees what the hold of `session` kept, where it has one.
absl::Status ReleaseHoldOf(v1::Session& session, Transaction& tx);

}  // namespace neshast
