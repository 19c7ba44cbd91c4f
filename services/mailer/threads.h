// The threads of mails, read from the store: what people were told of each thing, and what is due
// to whom now. Reader, sender and MailService see all kinds of mails through this header.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "mailer/compose.h"
#include "mailer/plan.h"
#include "store/store.h"

namespace neshast {

// The mails about one thing to one person; each but those about addresses takes the place of the
// one before where that still waits.
struct Thread {
  std::string subject;  // "sessions/x", "proposals/x", "people/x"
  std::string host;     // whose office writes; empty: the office of this server
  std::string note;     // the name of its Told
  Addressee addressee;
  std::optional<Letter> due;
  bool is_stale = false;  // the last mail, if it waits, is not to be sent though none is due
  std::string over;       // why nothing can be told any more, a sentence; empty while it can
};

// Every thread about the session, proposal or person `subject` in which something is to do now.
absl::StatusOr<std::vector<Thread>> ThreadsOf(const std::string& subject, Transaction& tx);

// The thread of `mail`.
absl::StatusOr<Thread> ThreadOf(const v1::Mail& mail, Transaction& tx);

// What `mail` to the person of its thread is composed of.
absl::StatusOr<Occasion> OccasionOf(const v1::Mail& mail, const v1::Person& person,
                                    Transaction& tx);

}  // namespace neshast
