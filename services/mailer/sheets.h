// What the mails of each kind say.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "mailer/compose.h"
#include "mailer/pen.h"
#include "mailer/sheet.h"

namespace neshast {

// The page of a session, "https://…/sessions/x"; empty where links are off.
std::string SessionLink(const Occasion& occasion, const Letterhead& letterhead);

// An invitation, update, cancellation or reminder. Its first row is the title.
// Errors: INVALID_ARGUMENT / UNKNOWN_TIME_ZONE.
absl::StatusOr<Sheet> SessionSheet(const v1::Mail& mail, const Occasion& occasion, const Pen& pen,
                                   const Letterhead& letterhead);

// Slots that are proposed, a nudge to answer them, or what became of them. The personal link stands
// in it with its secret behind the #, which no server and no scanner on the way is sent.
absl::StatusOr<Sheet> ProposalSheet(const v1::Mail& mail, const Occasion& occasion, const Pen& pen,
                                    const Letterhead& letterhead);

}  // namespace neshast
