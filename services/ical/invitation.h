// Writing what goes out to one invited person (iTIP, RFC 5546), as text/calendar.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ical/answer.h"
#include "time/zone.h"

namespace neshast::ical {

// kRequest invites, or tells what changed; kCancel withdraws; kDeclineCounter refuses another time
// that the person proposed.
enum class Method { kRequest, kCancel, kDeclineCounter };

// Whether the session stands; what is cancelled is so by its method.
enum class Certainty { kTentative, kConfirmed };

enum class Role { kChair, kRequired, kOptional, kObserver };

// What a way into the conference carries (RFC 7986 section 6.3).
enum class Feature { kAudio, kChat, kFeed, kModerator, kPhone, kScreen, kVideo };

// A way into the conference. `label` is for people: "Join by browser".
struct Conference {
  std::string uri;
  std::vector<Feature> features;
  std::string label;
};

struct Organizer {
  std::string name;
  std::string address;  // "protocol@isfahan.example"
};

struct Attendee {
  std::string name;
  std::string address;
  Role role = Role::kRequired;
  Answer answer = Answer::kNeedsAction;
  bool rsvp = true;  // whether an answer is asked for
};

// One session, for one of its guests. There is one attendee and never more: a list of them would
// tell every guest the addresses of the others.
struct Invitation {
  Method method = Method::kRequest;
  Certainty certainty = Certainty::kConfirmed;
  std::string uid;   // the same in all that goes out about the session; printable ASCII, no blanks
  int sequence = 0;  // raised by the caller when time or place change, or the session is cancelled
  Instant stamped;   // when this text is made (DTSTAMP)
  Instant created;
  Instant modified;
  Instant starts;
  std::chrono::seconds length{0};
  // In whose wall clock the times are written; with the rules of a zone that clients know by name
  // from elsewhere, its VTIMEZONE is what we know of it. Not owned.
  const Zone* zone = nullptr;
  // Write the instants themselves, in UTC: what is right for a single session, since clients whose
  // zone rules are older than ours cannot move it. The zone may be absent then.
  bool in_utc = false;
  std::string summary;
  std::string description;
  std::string location;
  std::string url;
  std::string language;  // of summary, description and location: "fa", "zh-Hans"; may be empty
  std::vector<Conference> conferences;
  Organizer organizer;
  Attendee attendee;
};

// `invitation` as one VCALENDAR in UTF-8, to be sent as "text/calendar; charset=UTF-8; method=...".
//
// What people wrote comes back as Clean() of it (names and labels without backslashes at their end)
// and can open no line or parameter of its own. Times
// stand in the zone with a VTIMEZONE; in UTC without one where `in_utc` asks for it, or when the
// zone's clocks show the start or the end twice and the second time is meant, which a wall time
// cannot say. Empty texts write no
// line. INVALID_ARGUMENT / INVALID_FIELD, with every bad field, where a uid, address, link or
// language is not of its form, the sequence is negative, there is no zone or no length.
absl::StatusOr<std::string> WriteInvitation(const Invitation& invitation);

}  // namespace neshast::ical
