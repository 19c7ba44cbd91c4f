#include "proposals/decision.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proposals/slots.h"
#include "proposals/standing.h"
#include "rpc/standard_methods.h"
#include "sessions/booking.h"
#include "sessions/burdens.h"
#include "sessions/holds.h"
#include "sessions/random_id.h"
#include "sessions/zoned_time.h"

namespace neshast {
namespace {

using v1::Proposal;
using v1::Session;

// The draft that `slot` becomes, by the zone rules of now, its people free but for `hold`.
absl::StatusOr<Session> Drafted(const ZoneDatabase& zones, const Proposal& proposal,
                                const v1::ProposedSlot& slot, const std::string& id,
                                Transaction& tx) {
  Session session = SessionOf(proposal, slot);
  session.set_name(absl::StrCat("sessions/", id.empty() ? RandomId() : id));
  session.set_state(Session::STATE_DRAFT);
  session.set_hold(slot.hold());
  RETURN_IF_ERROR(CheckFree(tx, session.name()));
  RETURN_IF_ERROR(ResolveTime(zones, "slot_id", tx.now(), *session.mutable_start_time()));
  RETURN_IF_ERROR(CheckSession(session, tx));
  RETURN_IF_ERROR(CheckPeopleFree(session, "", tx));
  RETURN_IF_ERROR(SetBurdens(zones, tx, session));
  return session;
}

}  // namespace

absl::StatusOr<Proposal> DecideProposal(const ZoneDatabase& zones, const Caller&,
                                        const v1::DecideProposalRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Proposal proposal, tx.Get<Proposal>(request.name(), request.etag()));
  if (proposal.state() != Proposal::STATE_SENT) {
    return WrongState(proposal, "a proposal that was sent can be decided");
  }
  const v1::ProposedSlot* slot = FindSlot(proposal, request.slot_id());
  if (slot == nullptr) {
    return Error(absl::StatusCode::kInvalidArgument, "The proposal has no such slot.",
                 {.reason = "INVALID_FIELD",
                  .metadata = {},
                  .violations = {{"slot_id", "There is no such slot."}}});
  }
  ASSIGN_OR_RETURN(Session session, Drafted(zones, proposal, *slot, request.session_id(), tx));
  // Where it has lapsed and the slot is free, it is held again, under the same name.
  RETURN_IF_ERROR(tx.Put(HoldFor(session, session.hold(), tx.now())).status());
  RETURN_IF_ERROR(FreeHolds(proposal, session.hold(), tx));
  proposal.set_state(Proposal::STATE_DECIDED);
  proposal.set_decided_slot_id(request.slot_id());
  proposal.set_session(session.name());
  RETURN_IF_ERROR(tx.Put(std::move(session)).status());
  return tx.Put(std::move(proposal));
}

absl::StatusOr<Proposal> WithdrawProposal(const Caller&, const v1::WithdrawProposalRequest& request,
                                          Transaction& tx) {
  ASSIGN_OR_RETURN(Proposal proposal, tx.Get<Proposal>(request.name(), request.etag()));
  if (proposal.state() != Proposal::STATE_DRAFT && proposal.state() != Proposal::STATE_SENT) {
    return WrongState(proposal, "a proposal that is not decided can be withdrawn");
  }
  RETURN_IF_ERROR(FreeHolds(proposal, "", tx));
  proposal.set_state(Proposal::STATE_WITHDRAWN);
  proposal.set_withdraw_reason(request.reason());
  return tx.Put(std::move(proposal));
}

}  // namespace neshast
