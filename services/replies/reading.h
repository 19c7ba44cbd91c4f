// What a mail says, before anybody asks whether to believe it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "mail/address.h"
#include "neshast/v1/reply.pb.h"
#include "time/zone.h"

namespace neshast {

// A mail, read. `reply` holds all that it says of itself: kind, from, subject, answer, text …; who
// and what it is about is not known yet. Where `doubt` is set it was not read in full.
struct Incoming {
  v1::Reply reply;
  std::optional<v1::Reply::Doubt> doubt = std::nullopt;
  std::optional<mail::Address> from = std::nullopt;
  std::vector<mail::Address> to = {};
  std::vector<std::string> thread = {};  // Message-IDs of mails that it follows, the nearest first
  std::string uid = {};                  // of the calendar entry that it is about
  std::vector<std::string> failed = {};  // whom a mail did not reach, of a bounce
  std::string text = {};                 // all of it
  bool by_a_machine = false;             // an absence note, not a person's words
  bool partly_understood = false;        // some of its answers to slots are not
};

// "replies/…": the same for the same mail, whichever way it came and whatever its line ends.
std::string ReplyName(absl::string_view mail);

// `text` as a remark is kept: cleaned, at most 500 characters.
std::string RemarkOf(absl::string_view text);

// Reads `mail`, of which, where `truncated`, the end is missing. `authserv_id` names our own mail
// server in Authentication-Results; without it nothing is known of From's domain. Never fails: what
// cannot be read is a reply of KIND_UNREADABLE.
Incoming ReadIncoming(absl::string_view mail, bool truncated, absl::string_view authserv_id,
                      const ZoneDatabase& zones);

// A mail that was too large to be fetched at all. `id` is the mailbox's own for it.
Incoming TooLarge(absl::string_view id);

}  // namespace neshast
