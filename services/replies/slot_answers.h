// Answers to the slots of a proposal, given in the words of a mail.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "neshast/v1/proposal.pb.h"
#include "replies/reading.h"
#include "store/store.h"

namespace neshast {

// Takes the words of `incoming` for what the person whose language is `language` answers to the
// slots of `proposal`: its kind, slot answers and remark. What is no answer to any slot stays
// words.
void TakeForSlotAnswers(const v1::Proposal& proposal, absl::string_view language,
                        Incoming& incoming);

// Records the slot answers of `reply` for its person; slots that it does not speak of keep their
// answers. FAILED_PRECONDITION / PROPOSAL_CLOSED; INVALID_ARGUMENT / INVALID_FIELD where the person
// is not asked.
absl::Status ApplySlotAnswers(const v1::Reply& reply, Transaction& tx);

}  // namespace neshast
