// What outside bodies must grant before a session is confirmed.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "neshast/v1/session_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

absl::StatusOr<v1::Session> RecordClearance(const Caller& caller,
                                            const v1::RecordClearanceRequest& request,
                                            Transaction& tx);

// `session` as it may be confirmed: with every body's word. While one is missing:
// FAILED_PRECONDITION / CLEARANCE_MISSING (metadata: bodies, separated by commas), unless there is
// a `force_reason`; then the session keeps it, with who forced it, `now` and the bodies.
absl::StatusOr<v1::Session> Cleared(v1::Session session, const std::string& force_reason,
                                    const Caller& caller, absl::Time now);

}  // namespace neshast
