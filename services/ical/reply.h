// Reading what comes back from an invited person (iTIP, RFC 5546).
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ical/answer.h"
#include "ical/date_time.h"
#include "time/zone.h"

namespace neshast::ical {

// Another time that somebody proposes. `ends` is missing where the client names none: the session's
// own length is meant.
struct Proposal {
  Moment starts;
  std::optional<Moment> ends;
};

// An answer as it stands in the text. It proves nothing about who sent it.
struct Reply {
  // kReply answers, kCounter proposes another time, kRefresh asks for the invitation again.
  enum class Method { kReply, kCounter, kRefresh };
  Method method = Method::kReply;
  std::string uid;
  int sequence = 0;      // of the invitation that is answered
  std::string attendee;  // who answers: a mail address in lower case
  Answer answer = Answer::kNeedsAction;
  std::string comment;               // cleaned; several comments are one under the other
  std::optional<Instant> stamped;    // DTSTAMP; nothing where it is missing or not in UTC
  std::optional<Proposal> proposal;  // of kCounter only, and then always
};

// The reply in `text`, the text/calendar part of a mail in UTF-8 (see ToUtf8), as Outlook,
// Exchange, Google, Apple and Thunderbird write it. Zones are those of `zones`; no rule of
// recurrence is ever looked at. INVALID_ARGUMENT with a sentence: OUT_OF_BOUNDS beyond the bounds
// of calendar.h; INVALID_FIELD where the text is no such calendar, has another method, more or
// fewer than one event, one uid or one attendee, or a counter-proposal has no time in a zone that
// we know.
absl::StatusOr<Reply> ParseReply(absl::string_view text, const ZoneDatabase& zones);

}  // namespace neshast::ical
