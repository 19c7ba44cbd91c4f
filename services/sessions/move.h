// Moving a session to another hour.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "neshast/v1/session.pb.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

struct Move {
  v1::ZonedTime start;
  google::protobuf::Duration duration;
  std::string reason;
};

// `session` at its new hour, with a tombstone where it stood and the burdens of the new hour.
// Nothing is stored. The errors of ResolveTime, where `field` is the path of the start in the
// request; FAILED_PRECONDITION / PERSON_BOOKED, AGENDA_TOO_LONG,
// or WRONG_STATE unless it is a draft or confirmed and its agenda was not started.
absl::StatusOr<v1::Session> Moved(const ZoneDatabase& zones, v1::Session session, const Move& to,
                                  const std::string& field, Transaction& tx);

}  // namespace neshast
