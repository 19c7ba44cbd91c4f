// How a text becomes the value of a mail header: checked, encoded and folded. RFC 5322, 2047, 2231.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "mail/address.h"

namespace neshast::mail {

// That `field` of a mail is unfit: `why` completes the sentence "The subject of a mail ...".
// INVALID_ARGUMENT / INVALID_FIELD.
absl::Status UnfitField(absl::string_view field, absl::string_view why);

// Refuses what could end a header or deceive who reads it: control characters (C0, DEL, C1), the
// line and paragraph separators U+2028 and U+2029, and bytes that are not UTF-8. `field` names the
// value in the error, as in "subject". Errors: as UnfitField.
absl::Status CheckHeaderText(absl::string_view field, absl::string_view text);

// Whether `id` is a message id as we write them, without its angle brackets:
// "01hx3.request@isfahan.example". At most 250 characters of ASCII, one at sign.
bool IsMessageId(absl::string_view id);

// "Subject: text" with its line end. Plain where `text` is short ASCII, else in encoded words of
// UTF-8 that are never split inside a character; no line is longer than 76 octets.
std::string TextHeader(absl::string_view name, absl::string_view text);

// "To: name <address>" with its line end; the name encoded as in TextHeader.
std::string MailboxHeader(absl::string_view name, const Mailbox& mailbox);

// `; filename="invite.ics"`, or in the form of RFC 2231 where the value is not plain ASCII. On a
// line of its own, without the line end. `value` has at most 255 octets.
std::string Parameter(absl::string_view name, absl::string_view value);

}  // namespace neshast::mail
