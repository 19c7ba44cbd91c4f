// Who is due a mail about a session or the own address, and what it says: pure rules on what people
// were told last. Those about proposals stand in proposal_plan.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session.pb.h"

namespace neshast {

// How long before its start a session is recalled.
inline constexpr absl::Duration kReminderLead = absl::Hours(24);

// One person as the mails about one thing see it.
struct Addressee {
  v1::Person person;
  bool named = false;            // the session or proposal, as it is now, calls the person
  std::optional<v1::Told> told;  // what the person was told last
  std::optional<v1::Mail> last;  // in which mail
};

// A mail that is due.
struct Letter {
  v1::Mail::Kind kind = v1::Mail::KIND_UNSPECIFIED;  // unspecified: nothing is sent, only noted
  int sequence = 0;                                  // SEQUENCE of the calendar entry
  std::string digest = {};                           // of what it tells
  std::string address = {};                          // the person's, to be remembered
};

// SHA-256 of `fields`, each with its length, so that no two lists of fields give the same.
std::string DigestOf(const std::vector<std::string>& fields);

// Whether the last mail may have told the person something: it was tried, and not refused.
bool MayHaveReached(const Addressee& addressee);

// Whether the last mail waits to be sent.
bool IsWaiting(const Addressee& addressee);

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

// The reminder that a person is due in the last 24 hours before a confirmed session, once for each
// start. `invited` is what the person was told of the session, `reminded` how it was recalled.
// Nobody is reminded who was last told of the session less than two hours before a reminder could
// go, or who is due another mail about it first.
std::optional<Letter> ReminderDue(const v1::Session& session, const Addressee& invited,
                                  const Addressee& reminded, absl::Time now);

// Whether the last reminder recalls what is no longer so: the session was moved or cancelled, or
// needs the person no more.
bool IsReminderStale(const v1::Session& session, const Addressee& reminded);

// What a changed address makes due: a mail to the old one, or, where none is known yet, a note of
// the new one. An address that was only taken out makes nothing due.
std::optional<Letter> AddressLetterDue(const Addressee& addressee);

// The name of the mail about `subject` ("sessions/x", "proposals/x", "people/x"), the same whenever
// it is planned: "mails/…". Its id is its Message-ID's.
std::string MailName(absl::string_view subject, absl::string_view person, const Letter& letter);

// "sessions/x/told/mayor-of-xian"
std::string ToldName(absl::string_view subject, absl::string_view person);

// "sessions/x/reminded/mayor-of-xian"
std::string RemindedName(absl::string_view session, absl::string_view person);

}  // namespace neshast
