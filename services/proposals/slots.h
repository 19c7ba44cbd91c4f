// The slots of a proposal: the session that each would be, and the holds that keep them free.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "neshast/v1/proposal.pb.h"
#include "neshast/v1/session.pb.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// The session that `slot` of `proposal` would be; without a name.
v1::Session SessionOf(const v1::Proposal& proposal, const v1::ProposedSlot& slot);

// The slot of this id, null where there is none.
v1::ProposedSlot* FindSlot(v1::Proposal& proposal, const std::string& id);

// Fills in what each slot is in each city. Its times must be resolved.
absl::Status SetHours(const ZoneDatabase& zones, Transaction& tx, v1::Proposal& proposal);

// FAILED_PRECONDITION / PERSON_BOOKED, by what kind of thing, unless everybody who is called is
// free in every slot.
absl::Status CheckSlotsFree(const v1::Proposal& proposal, Transaction& tx);

// Holds every slot for everybody who is called, for seven days after the reply-by time, at most 30
// days from now.
absl::Status TakeHolds(v1::Proposal& proposal, Transaction& tx);

// Frees every slot that is still held, but leaves the hold `kept`.
absl::Status FreeHolds(v1::Proposal& proposal, const std::string& kept, Transaction& tx);

}  // namespace neshast
