// How a proposal ends: decided for a slot, or withdrawn.
#pragma once

#include "absl/status/statusor.h"
#include "neshast/v1/proposal_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

absl::StatusOr<v1::Proposal> DecideProposal(const ZoneDatabase& zones, const Caller& caller,
                                            const v1::DecideProposalRequest& request,
                                            Transaction& tx);

absl::StatusOr<v1::Proposal> WithdrawProposal(const Caller& caller,
                                              const v1::WithdrawProposalRequest& request,
                                              Transaction& tx);

}  // namespace neshast
