// Whom and what a reply is about, as the store knows it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "links/link_key.h"
#include "mail/address.h"
#include "replies/judgement.h"
#include "replies/reading.h"
#include "store/store.h"

namespace neshast {

// A resource and one of its people.
struct ReplySubject {
  std::string about;   // a session, a proposal or a mail; empty where it is unknown
  std::string person;  // empty where nobody fits
  std::string host;
  Known known;
};

// Whom `incoming` is about. A session is found by the UID of its calendar entry, a proposal by the
// mail of ours that is answered, else by the token, a bounced mail by its Message-ID. The person is
// the one whose token the mail came to, else the one whose address it speaks for, else the one
// whose address it comes from. `office` is the address that we write from.
absl::StatusOr<ReplySubject> SubjectOf(const Incoming& incoming,
                                       const std::vector<std::string>& tokens, const LinkKey& key,
                                       const mail::Address& office, Transaction& tx);

// Whether an answer to the invitation `sequence` of `person` is one to the time that is promised
// now. A mail says what was so when it was sent; of a move in the same second we believe the worse.
absl::StatusOr<bool> IsForTheTimeNow(const v1::Session& session, const std::string& person,
                                     int sequence, Transaction& tx);

}  // namespace neshast
