// What a reply changes when it counts.
#pragma once

#include "absl/status/status.h"
#include "neshast/v1/reply.pb.h"
#include "store/store.h"

namespace neshast {

// Does what `reply` says: records the answer or those to slots, marks the mail as bounced.
// FAILED_PRECONDITION / NOTHING_TO_APPLY (metadata: kind) where it says nothing of that kind, or it
// is not known about whom; WRONG_STATE, NOT_INVITED where the session does not take it.
absl::Status Apply(const v1::Reply& reply, Transaction& tx);

}  // namespace neshast
