// Who is due a mail about a proposal, and what it says: pure rules on what people were told last.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "mailer/plan.h"
#include "neshast/v1/proposal.pb.h"

namespace neshast {

// The recipient who is `person`, nullptr where the proposal asks that person nothing.
const v1::ProposalRecipient* RecipientOf(const v1::Proposal& proposal, absl::string_view person);

// Whether the proposal takes answers still: it is sent, and the reply-by time has not passed.
bool TakesAnswers(const v1::Proposal& proposal, absl::Time now);

// The mail that `addressee` is due; nullopt where the person knows all there is to know, or has no
// address. While answers are taken, each recipient is told of the slots, again when the link was
// made anew, and is nudged once for each nudge time (one mail for several that passed meanwhile)
// unless every slot is answered. Whoever was told hears that it was decided or withdrawn.
std::optional<Letter> LetterDue(const v1::Proposal& proposal, const Addressee& addressee,
                                absl::Time now);

// Whether the last mail asks for what is no longer wanted, though none takes its place: a nudge
// whose reader has answered.
bool IsStale(const v1::Proposal& proposal, const Addressee& addressee);

}  // namespace neshast
