// How proposals are shown.
#pragma once

#include <string>

#include "cli/connection.h"
#include "neshast/v1/proposal_service.pb.h"

namespace neshast::cli {

// The hour of `slot` in `city`; where the proposal has none of it, the promise itself.
v1::CityBurden HourIn(const v1::ProposedSlot& slot, const std::string& city);

// One proposal as `city` reads it: its slots, in the own time first, with the counts, then who was
// asked and what was said, as far as the caller is shown it.
void ShowProposal(Connection& connection, const v1::Proposal& proposal, const std::string& city);

// A line for each proposal.
void ShowProposals(Connection& connection, const v1::ListProposalsResponse& proposals);

}  // namespace neshast::cli
