// What must be there before a session is confirmed: the word of outside bodies, and verified
// counterparts.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "neshast/v1/session_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

absl::StatusOr<v1::Session> RecordClearance(const Caller& caller,
                                            const v1::RecordClearanceRequest& request,
                                            Transaction& tx);

// `session` as it may be confirmed: with every body's word, and with a counterpart whom two
// officers have verified in every city but the caller's own. While one is missing:
// FAILED_PRECONDITION / COUNTERPART_UNVERIFIED (metadata: cities) or CLEARANCE_MISSING (metadata:
// bodies), separated by commas, unless there is a `force_reason`; then the session keeps it, with
// who forced it, when, and what was missing.
absl::StatusOr<v1::Session> Cleared(v1::Session session, const std::string& force_reason,
                                    const Caller& caller, Transaction& tx);

// FAILED_PRECONDITION / COUNTERPART_UNVERIFIED unless every city that `session`, confirmed, has
// more than it had `before` has a verified counterpart.
absl::Status CheckJoining(const v1::Session& before, const v1::Session& session,
                          const Caller& caller, Transaction& tx);

}  // namespace neshast
