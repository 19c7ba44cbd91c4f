// What the state of a proposal permits.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "neshast/v1/proposal.pb.h"

namespace neshast {

// FAILED_PRECONDITION / WRONG_STATE (metadata: state): only `may`, such as "a draft can be sent".
absl::Status WrongState(const v1::Proposal& proposal, absl::string_view may);

// FAILED_PRECONDITION / PROPOSAL_CLOSED (metadata: state, reply_by_time) once the reply-by time has
// passed, or it was decided or withdrawn; / WRONG_STATE while it is a draft.
absl::Status CheckTakesAnswers(const v1::Proposal& proposal, absl::Time now);

}  // namespace neshast
