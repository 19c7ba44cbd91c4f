// Who is asked, by which personal link, and who is reminded.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "links/link_key.h"
#include "neshast/v1/proposal_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// The recipient `person` of `proposal`, null where it is none.
v1::ProposalRecipient* FindRecipient(v1::Proposal& proposal, const std::string& person);

// Makes the next link of `recipient` to `proposal`. It ends a day after the reply-by time.
absl::StatusOr<v1::Link> MakeLink(const LinkKey& key, const v1::Proposal& proposal,
                                  v1::ProposalRecipient& recipient, Transaction& tx);

absl::StatusOr<v1::Link> RenewLink(const LinkKey& key, const v1::RenewLinkRequest& request,
                                   Transaction& tx);

absl::StatusOr<v1::Link> RevokeLink(const Caller& caller, const v1::RevokeLinkRequest& request,
                                    Transaction& tx);

absl::StatusOr<v1::NudgeProposalResponse> NudgeProposal(const Caller& caller,
                                                        const v1::NudgeProposalRequest& request,
                                                        Transaction& tx);

}  // namespace neshast
