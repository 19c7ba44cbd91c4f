#include "proposals/standing.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "status_macros.h"
#include "time/wall_time.h"

namespace neshast {
namespace {

using v1::Proposal;

std::string WhyClosed(const Proposal& proposal, const std::string& reply_by) {
  switch (proposal.state()) {
    case Proposal::STATE_DECIDED:
      return "the slot is decided";
    case Proposal::STATE_WITHDRAWN:
      return "it was withdrawn";
    default:
      return absl::StrCat("they were taken until ", reply_by);
  }
}

}  // namespace

absl::Status WrongState(const Proposal& proposal, absl::string_view may) {
  const std::string state = Proposal::State_Name(proposal.state());
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The proposal is in ", state, "; only ", may, "."),
               {.reason = "WRONG_STATE", .metadata = {{"state", state}}, .violations = {}});
}

absl::Status CheckTakesAnswers(const Proposal& proposal, absl::Time now) {
  if (proposal.state() == Proposal::STATE_DRAFT) {
    return WrongState(proposal, "a proposal that was sent takes answers");
  }
  const int64_t ends = proposal.reply_by_time().seconds();
  const bool open = proposal.state() == Proposal::STATE_SENT && absl::ToUnixSeconds(now) < ends;
  if (open) return absl::OkStatus();
  const std::string reply_by = FormatInstant(Instant(std::chrono::seconds(ends)));
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("The proposal takes no answers any more: ", WhyClosed(proposal, reply_by), "."),
      {.reason = "PROPOSAL_CLOSED",
       .metadata = {{"state", Proposal::State_Name(proposal.state())}, {"reply_by_time", reply_by}},
       .violations = {}});
}

}  // namespace neshast
