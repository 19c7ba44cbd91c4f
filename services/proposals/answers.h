// What the cities say to the slots of a proposal.
#pragma once

#include "absl/status/statusor.h"
#include "neshast/v1/proposal_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// Counts the answers to each slot of `proposal` anew.
void Recount(v1::Proposal& proposal);

absl::StatusOr<v1::Proposal> AnswerProposal(const Caller& caller,
                                            const v1::AnswerProposalRequest& request,
                                            Transaction& tx);

absl::StatusOr<v1::Proposal> CounterPropose(const ZoneDatabase& zones, const Caller& caller,
                                            const v1::CounterProposeRequest& request,
                                            Transaction& tx);

}  // namespace neshast
