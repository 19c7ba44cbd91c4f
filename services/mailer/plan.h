// Who is due a mail about a session, and what it says: pure rules on what people were told last.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session.pb.h"

namespace neshast {

// One person as a session's mails see it.
struct Addressee {
  v1::Person person;
  bool named = false;            // the session, as it is now, calls the person
  std::optional<v1::Told> told;  // what the person was told last
  std::optional<v1::Mail> last;  // in which mail
};

// A mail that is due.
struct Letter {
  v1::Mail::Kind kind = v1::Mail::KIND_UNSPECIFIED;
  int sequence = 0;    // SEQUENCE of the calendar entry
  std::string digest;  // of what it tells
};

// What of a session concerns somebody of `city`, as 32 octets: while they stay the same nobody
// there needs a mail. Covers the instant, the promise, the hour in that city, duration, title, host
// and state; not who else is called, nor languages and burdens.
std::string DigestFor(const v1::Session& session, const std::string& city);

// Whether nothing can be told of it any more: it was held, or its end has passed.
bool IsOver(const v1::Session& session, absl::Time now);

// The mail that `addressee` is due; nullopt where the person knows all there is to know, or has no
// address. Confirmed sessions invite whom they name; a change of what the digest covers updates;
// cancelled sessions, and those that name the person no more, take the invitation back. Drafts and
// what is over tell nobody. SEQUENCE begins at 0 and rises by one with each mail of a person.
std::optional<Letter> LetterDue(const v1::Session& session, const Addressee& addressee,
                                absl::Time now);

// The name of the mail, the same whenever it is planned: "mails/…". Its id is its Message-ID's.
std::string MailName(const v1::Session& session, absl::string_view person, const Letter& letter);

// "sessions/x/told/mayor-of-xian"
std::string ToldName(absl::string_view session, absl::string_view person);

}  // namespace neshast
