// A mail to one person, as plain values, and the bytes that go on the wire.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "mail/address.h"

namespace neshast::mail {

// An iTIP object, offered as one of the forms of the mail (RFC 6047) and again as a file for the
// programs that look for one.
struct CalendarPart {
  std::string method;  // "REQUEST", "CANCEL", "REPLY" ...; the METHOD of the text.
  std::string text;    // The VCALENDAR, UTF-8.
};

// A file that goes along.
struct Attachment {
  std::string name;  // "دستور جلسه.pdf"; 1 to 255 octets of UTF-8.
  std::string type;  // "application/pdf".
  std::string bytes;
};

// Exactly one recipient: what one city may read of a session is not what another may.
struct Message {
  Mailbox from;
  Mailbox to;
  std::optional<Mailbox> reply_to;     // Often reply+<token>@...; answers go to `from` without it.
  std::optional<Address> return_path;  // Who hears of failures; `from` where absent.
  std::string subject;
  std::string message_id;               // Without angle brackets. The same for each try.
  std::string in_reply_to;              // May be empty.
  std::vector<std::string> references;  // The thread, oldest first.
  absl::Time date;                      // Of writing, not of the try.
  std::string language;                 // BCP 47: "fa", "zh-Hans".
  std::string text;                     // Required. UTF-8; any kind of line end, the last is added.
  std::string html;                     // May be empty.
  std::optional<CalendarPart> calendar;
  std::vector<Attachment> attachments;
};

// The mail in the form of RFC 5322 and MIME: only ASCII, only CRLF line ends, no line beyond 998
// octets (76 where encoded). The same message gives the same bytes, so that a doubled delivery is
// seen to be one. It says that a machine wrote it (Auto-Submitted, RFC 3834).
// Errors: INVALID_ARGUMENT / INVALID_FIELD where a value could break out of its header.
absl::StatusOr<std::string> BytesOf(const Message& message);

}  // namespace neshast::mail
