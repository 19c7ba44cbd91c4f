// Who may speak in a session, and what becomes of the items of those who leave it.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "neshast/v1/session.pb.h"

namespace neshast {

// `person` as a speaker of `session`: of a delegation, and in no seat that does not speak (adviser,
// interpreter, note-taker, observer). nullopt for everybody else, the session's interpreters
// included.
std::optional<v1::AgendaSpeaker> SpeakerOf(const v1::Session& session, const std::string& person);

// The same, or INVALID_ARGUMENT / INVALID_FIELD at "person".
absl::StatusOr<v1::AgendaSpeaker> SpeakerNamed(const v1::Session& session,
                                               const std::string& person);

// Completes the speakers of `item`, an item of a request. Every fault at once, INVALID_ARGUMENT /
// INVALID_FIELD at "item.speakers[i].person": one who may not speak, or is there twice.
absl::Status CompleteSpeakers(const v1::Session& session, v1::AgendaItem& item);

// Brings the agenda of `after` into line with its delegations, which were those of `before`:
// whoever took a seat takes over the items of whoever left it, and agreements stand; who left
// without that leaves a vacancy. Nobody who has left keeps the floor or waits for it.
void FollowDelegations(const v1::Session& before, v1::Session& after, absl::Time now);

}  // namespace neshast
