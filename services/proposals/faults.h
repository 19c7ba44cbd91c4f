// What is wrong with a proposal before it is stored.
#pragma once

#include "absl/status/status.h"
#include "neshast/v1/proposal.pb.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// Makes the draft `proposal` ready to be held and stored: resolves its times, gives its slots ids,
// and its recipients their cities. INVALID_ARGUMENT with a violation for every fault, its reason
// that of a time that no clock shows, or shows twice, or that has passed, where there is no other
// fault, else INVALID_FIELD; FAILED_PRECONDITION / REFERENCE_NOT_FOUND.
absl::Status Prepare(const ZoneDatabase& zones, v1::Proposal& proposal, Transaction& tx);

}  // namespace neshast
