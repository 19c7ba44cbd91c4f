#include "proposals/proposals.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "neshast/v1/proposal_service.pb.h"
#include "proposals/answers.h"
#include "proposals/decision.h"
#include "proposals/faults.h"
#include "proposals/recipients.h"
#include "proposals/slots.h"
#include "proposals/standing.h"
#include "rpc/standard_methods.h"
#include "sessions/random_id.h"

namespace neshast {
namespace {

using v1::Proposal;

absl::StatusOr<v1::ListProposalsResponse> ListProposals(const Caller& caller,
                                                        const v1::ListProposalsRequest& request,
                                                        Transaction& tx) {
  v1::ListProposalsResponse response;
  if (!caller.target.empty()) {  // how many there are besides, a link does not tell
    ASSIGN_OR_RETURN(*response.add_proposals(), tx.Get<Proposal>(caller.target));
    return response;
  }
  ASSIGN_OR_RETURN(auto page,
                   ListPage<Proposal>({.kind = "Proposal",
                                       .parent = "",
                                       .list = absl::StrCat("proposals@", request.city()),
                                       .after = ""},
                                      request.page_size(), request.page_token(), tx));
  for (Proposal& proposal : page.first) {
    const Verdict verdict = Authorize(caller, v1::ACTION_PROPOSAL_READ, ObjectOf(proposal));
    if (verdict == Verdict::kAllow || verdict == Verdict::kMasked) {
      *response.add_proposals() = std::move(proposal);
    }
  }
  response.set_next_page_token(page.second);
  return response;
}

absl::StatusOr<Proposal> CreateProposal(const ZoneDatabase& zones, const Caller& caller,
                                        const v1::CreateProposalRequest& request, Transaction& tx) {
  Proposal proposal = request.proposal();
  ClearOutputOnly(proposal);
  proposal.set_name(absl::StrCat(
      "proposals/", request.proposal_id().empty() ? RandomId() : request.proposal_id()));
  proposal.set_state(Proposal::STATE_DRAFT);
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_SESSION_WRITE, ObjectOf(proposal), proposal.name()));
  RETURN_IF_ERROR(CheckFree(tx, proposal.name()));
  RETURN_IF_ERROR(Prepare(zones, proposal, tx));
  RETURN_IF_ERROR(SetHours(zones, tx, proposal));
  RETURN_IF_ERROR(CheckSlotsFree(proposal, tx));
  if (!request.validate_only()) RETURN_IF_ERROR(TakeHolds(proposal, tx));
  return PutUnless(request.validate_only(), std::move(proposal), tx);
}

absl::StatusOr<Proposal> UpdateProposal(const ZoneDatabase& zones, const Caller&,
                                        const v1::UpdateProposalRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Proposal before,
                   tx.Get<Proposal>(request.proposal().name(), request.proposal().etag()));
  if (before.state() != Proposal::STATE_DRAFT) {
    return WrongState(before, "a draft can be changed");
  }
  ASSIGN_OR_RETURN(Proposal proposal, Merge(request.proposal(), request.update_mask(), tx));
  RETURN_IF_ERROR(FreeHolds(before, "", tx));
  RETURN_IF_ERROR(Prepare(zones, proposal, tx));
  RETURN_IF_ERROR(SetHours(zones, tx, proposal));
  RETURN_IF_ERROR(CheckSlotsFree(proposal, tx));
  RETURN_IF_ERROR(TakeHolds(proposal, tx));
  return tx.Put(std::move(proposal));
}

absl::StatusOr<Proposal> SendProposal(const LinkKey& key, const v1::SendProposalRequest& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(Proposal proposal, tx.Get<Proposal>(request.name(), request.etag()));
  if (proposal.state() != Proposal::STATE_DRAFT) return WrongState(proposal, "a draft can be sent");
  if (proposal.reply_by_time().seconds() <= absl::ToUnixSeconds(tx.now())) {
    return Error(absl::StatusCode::kInvalidArgument,
                 "The reply-by time has passed; change it, then send the proposal.",
                 {.reason = "TIME_PASSED", .metadata = {}, .violations = {}});
  }
  proposal.set_state(Proposal::STATE_SENT);
  for (v1::ProposalRecipient& recipient : *proposal.mutable_recipients()) {
    RETURN_IF_ERROR(MakeLink(key, proposal, recipient, tx).status());
  }
  Recount(proposal);
  return tx.Put(std::move(proposal));
}

}  // namespace

std::vector<Method> ProposalMethods(const ZonesInForce& zones, const LinkKey& key) {
  const std::string service = "neshast.v1.ProposalService.";
  return {
      BindGet<v1::GetProposalRequest, Proposal>(service + "GetProposal"),
      Bind(service + "ListProposals", &ListProposals),
      BindWithZones(service + "CreateProposal", zones, &CreateProposal),
      BindWithZones(service + "UpdateProposal", zones, &UpdateProposal),
      Bind<v1::SendProposalRequest, Proposal>(
          service + "SendProposal",
          [key](const Caller&, const v1::SendProposalRequest& request, Transaction& tx) {
            return SendProposal(key, request, tx);
          }),
      Bind(service + "AnswerProposal", &AnswerProposal),
      BindWithZones(service + "CounterPropose", zones, &CounterPropose),
      Bind(service + "NudgeProposal", &NudgeProposal),
      Bind<v1::RenewLinkRequest, v1::Link>(
          service + "RenewLink", [key](const Caller&, const v1::RenewLinkRequest& request,
                                       Transaction& tx) { return RenewLink(key, request, tx); }),
      Bind(service + "RevokeLink", &RevokeLink),
      BindWithZones(service + "DecideProposal", zones, &DecideProposal),
      Bind(service + "WithdrawProposal", &WithdrawProposal),
  };
}

}  // namespace neshast
