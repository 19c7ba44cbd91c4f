// Who may do what: the role and action matrix, decided in one place.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "neshast/v1/minutes.pb.h"
#include "neshast/v1/practice.pb.h"
#include "neshast/v1/session.pb.h"
#include "rpc/caller.h"

namespace neshast {

// What of a resource counts for a decision.
struct Object {
  std::string kind;                 // "Session", "City"; empty where a method has no object
  std::string owner_city;           // whose resource it is: the host of a session, a person's city
  std::vector<std::string> cities;  // parties
  std::vector<std::string> people;  // who is named in it, interpreters included
  std::string principal;            // whose token
  // Of a proposal: a draft until it is sent, from then on confirmed.
  v1::Session::State state = v1::Session::STATE_UNSPECIFIED;
  std::string name = {};                                   // of what a personal link can be for
  v1::Visibility visibility = v1::VISIBILITY_UNSPECIFIED;  // of what stands in the library
  v1::Minutes::State minutes = v1::Minutes::STATE_UNSPECIFIED;  // of minutes and their entries
  std::vector<std::string> draft_readers = {};                  // who may read them as a draft
  std::string speaker = {};                                     // whose entry it is
};

// The object that a resource is to the policy.
Object ObjectOf(const google::protobuf::Message& resource);

// The object that the delegation of `city` in `session` is: of kind "Delegation", and the city's
// where it takes part in the session, else nobody's.
Object DelegationObject(const v1::Session& session, const std::string& city);

// The object that an uptake of `practice` by `city` is: of kind "Uptake", and the city's.
Object UptakeObject(const v1::Practice& practice, const std::string& city);

enum class Verdict {
  kAllow,
  kMasked,     // allowed, and what is shown goes through Redact
  kForbidden,  // PERMISSION_DENIED / ACTION_FORBIDDEN
  kHidden,     // NOT_FOUND, as if it did not exist
};

// Whether `caller` may do `action` to `object`. Deny by default. With an empty object: whether the
// caller's role (and its token's scopes) ever may.
Verdict Authorize(const Caller& caller, v1::Action action, const Object& object);

// Authorize as a status: OK for kAllow and kMasked. `name` is what NOT_FOUND will name.
absl::Status CheckMay(const Caller& caller, v1::Action action, const Object& object,
                      const std::string& name);

// Whether the caller speaks for the protocol office or for `city`.
bool SpeaksFor(const Caller& caller, const std::string& city);

// Removes from the agenda of `session`, which `caller` may see, what is not for the caller: the
// protocol office sees all but the papers that other cities keep to themselves; secretaries,
// delegates and interpreters what stands on it and their own city's proposals; experts the items
// that they lead; observers the titles of open items; everybody else nothing.
void HideAgenda(const Caller& caller, v1::Session& session);

// Whether `paper`, of an item of `session`, which `caller` may see, is for the caller.
bool MaySeePaper(const Caller& caller, const v1::Session& session, const v1::Paper& paper);

// Removes from every resource inside `response` what `caller` may not see: a masked session keeps
// its name, kind, state, times and cities only; letters (clearances, credentials) and changes of
// seats are shown to the host and the city they concern, and so is who was replaced in a place of
// an order; of a proposal a city sees what concerns everybody and what is its own; how to reach who
// made an initiative is shown to the host and the city that it was made to; tokens and links never
// show their digests. Masked minutes keep their seal besides. Of a document, the letters of a step
// on the side of one city are shown to it and to the host; who recorded the progress of a
// commitment, to the host.
void Redact(const Caller& caller, google::protobuf::Message& response);

}  // namespace neshast
