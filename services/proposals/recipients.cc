#include "proposals/recipients.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proposals/standing.h"
#include "rpc/standard_methods.h"
#include "rpc/token.h"

namespace neshast {
namespace {

using v1::Link;
using v1::Proposal;
using v1::ProposalRecipient;

constexpr int64_t kGrace = 86400;          // seconds that a link outlasts the reply-by time
constexpr int64_t kBetweenNudges = 86400;  // seconds

absl::StatusOr<ProposalRecipient*> RecipientIn(Proposal& proposal, const std::string& person) {
  ProposalRecipient* recipient = FindRecipient(proposal, person);
  if (recipient != nullptr) return recipient;
  const std::string why = absl::StrCat(person, " is no recipient of the proposal.");
  return Error(absl::StatusCode::kInvalidArgument, why,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{"person", why}}});
}

// Whether the person has left a slot without an answer.
bool IsAwaited(const Proposal& proposal, const std::string& person) {
  const auto given =
      std::count_if(proposal.answers().begin(), proposal.answers().end(),
                    [&](const v1::SlotAnswer& answer) { return answer.person() == person; });
  return given < proposal.slots_size();
}

}  // namespace

ProposalRecipient* FindRecipient(Proposal& proposal, const std::string& person) {
  auto& recipients = *proposal.mutable_recipients();
  const auto found =
      std::find_if(recipients.begin(), recipients.end(),
                   [&](const ProposalRecipient& each) { return each.person() == person; });
  return found == recipients.end() ? nullptr : &*found;
}

absl::StatusOr<Link> MakeLink(const LinkKey& key, const Proposal& proposal,
                              ProposalRecipient& recipient, Transaction& tx) {
  recipient.set_link_generation(recipient.link_generation() + 1);
  const auto text = ParseTokenText(
      LinkText(key, proposal.name(), recipient.person(), recipient.link_generation()), kLinkPrefix);
  Link link;
  link.set_name(absl::StrCat("links/", text->id));
  link.set_target(proposal.name());
  link.set_person(recipient.person());
  link.set_city(recipient.city());
  link.set_host(proposal.host());
  link.set_secret_digest(text->digest);
  link.mutable_expire_time()->set_seconds(proposal.reply_by_time().seconds() + kGrace);
  RETURN_IF_ERROR(CheckFree(tx, link.name()));
  recipient.set_link(link.name());
  return tx.Put(std::move(link));
}

absl::StatusOr<Link> RenewLink(const LinkKey& key, const v1::RenewLinkRequest& request,
                               Transaction& tx) {
  ASSIGN_OR_RETURN(Proposal proposal, tx.Get<Proposal>(request.name()));
  RETURN_IF_ERROR(CheckTakesAnswers(proposal, tx.now()));
  ASSIGN_OR_RETURN(ProposalRecipient* const recipient, RecipientIn(proposal, request.person()));
  ASSIGN_OR_RETURN(Link before, tx.Get<Link>(recipient->link()));
  ASSIGN_OR_RETURN(Link link, MakeLink(key, proposal, *recipient, tx));
  if (!before.has_revoke_time()) {
    before.mutable_revoke_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  }
  before.set_successor(link.name());
  RETURN_IF_ERROR(tx.Put(std::move(before)).status());
  RETURN_IF_ERROR(tx.Put(std::move(proposal)).status());
  return link;
}

absl::StatusOr<Link> RevokeLink(const Caller&, const v1::RevokeLinkRequest& request,
                                Transaction& tx) {
  ASSIGN_OR_RETURN(Proposal proposal, tx.Get<Proposal>(request.name()));
  ASSIGN_OR_RETURN(ProposalRecipient* const recipient, RecipientIn(proposal, request.person()));
  if (recipient->link().empty()) {
    return WrongState(proposal, "a proposal that was sent has links");
  }
  ASSIGN_OR_RETURN(Link link, tx.Get<Link>(recipient->link()));
  if (link.has_revoke_time()) return link;
  link.mutable_revoke_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  return tx.Put(std::move(link));
}

absl::StatusOr<v1::NudgeProposalResponse> NudgeProposal(const Caller&,
                                                        const v1::NudgeProposalRequest& request,
                                                        Transaction& tx) {
  ASSIGN_OR_RETURN(Proposal proposal, tx.Get<Proposal>(request.name()));
  RETURN_IF_ERROR(CheckTakesAnswers(proposal, tx.now()));
  const int64_t now = absl::ToUnixSeconds(tx.now());
  v1::NudgeProposalResponse response;
  for (ProposalRecipient& recipient : *proposal.mutable_recipients()) {
    if (!IsAwaited(proposal, recipient.person())) continue;
    const auto& nudges = recipient.nudge_times();
    if (!nudges.empty() && now < nudges.rbegin()->seconds() + kBetweenNudges) continue;
    recipient.add_nudge_times()->set_seconds(now);
    response.add_people(recipient.person());
  }
  if (!response.people().empty()) {
    ASSIGN_OR_RETURN(proposal, tx.Put(std::move(proposal)));
  }
  *response.mutable_proposal() = std::move(proposal);
  return response;
}

}  // namespace neshast
