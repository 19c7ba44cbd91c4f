// What the methods of the AgendaService share: the session to change, and the answer about it.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "neshast/v1/agenda_service.pb.h"
#include "neshast/v1/session.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// "sessions/x/agendaItems/y"
std::string ItemName(const std::string& session, const std::string& item_id);

// The session of this name, whose agenda may change: a draft or confirmed, and its run not ended.
// FAILED_PRECONDITION / WRONG_STATE (metadata: state, the session's or the run's).
absl::StatusOr<v1::Session> SessionToChange(const std::string& name, Transaction& tx);

// FAILED_PRECONDITION / WRONG_STATE (metadata: state) about a run, as `sentence` says.
absl::Status WrongRun(const v1::Agenda& agenda, const std::string& sentence);

// The item of this id. NOT_FOUND / RESOURCE_NOT_FOUND.
absl::StatusOr<v1::AgendaItem*> ItemOf(v1::Session& session, const std::string& item_id);

// INVALID_ARGUMENT / INVALID_FIELD at one field.
absl::Status BadField(const std::string& field, const std::string& why);

// PERMISSION_DENIED / ACTION_FORBIDDEN unless the caller speaks for `city`; BadField at "city"
// unless the city takes part in the session.
absl::Status CheckSpeaksFor(const Caller& caller, const v1::Session& session,
                            const std::string& city);

// Stores the session with its agenda settled and with the warnings that are due.
// FAILED_PRECONDITION / AGENDA_TOO_LONG; RESOURCE_EXHAUSTED / AGENDA_FULL.
absl::StatusOr<v1::Session> Keep(v1::Session session, Transaction& tx);

// The agenda of `session` as the caller may see it at `now`.
v1::AgendaAnswer AnswerOf(const Caller& caller, v1::Session session, absl::Time now);

// Keep, and the answer about it.
absl::StatusOr<v1::AgendaAnswer> KeepAndAnswer(const Caller& caller, v1::Session session,
                                               Transaction& tx);

// Keep, and the item of this name as the caller may see it.
absl::StatusOr<v1::AgendaItem> KeepAndShow(const Caller& caller, v1::Session session,
                                           const std::string& item, Transaction& tx);

}  // namespace neshast
