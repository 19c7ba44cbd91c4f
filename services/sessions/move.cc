#include "sessions/move.h"

#include <utility>

#include "agenda/tree.h"
#include "sessions/booking.h"
#include "sessions/burdens.h"
#include "sessions/zoned_time.h"

namespace neshast {

absl::StatusOr<v1::Session> Moved(const ZoneDatabase& zones, v1::Session session, const Move& to,
                                  const std::string& field, Transaction& tx) {
  if (session.state() != v1::Session::STATE_DRAFT &&
      session.state() != v1::Session::STATE_CONFIRMED) {
    return WrongState(session, "a draft or a confirmed session can be moved");
  }
  if (session.agenda().has_run()) {
    return WrongState(session, "a session whose agenda was not started can be moved");
  }
  v1::SessionMove& tombstone = *session.add_moves();
  *tombstone.mutable_start_time() = session.start_time();
  *tombstone.mutable_duration() = session.duration();
  tombstone.mutable_move_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  tombstone.set_reason(to.reason);
  *session.mutable_start_time() = to.start;
  *session.mutable_duration() = to.duration;
  RETURN_IF_ERROR(CheckFits(session.agenda(), session.duration().seconds()));
  RETURN_IF_ERROR(ResolveTime(zones, field, tx.now(), *session.mutable_start_time()));
  RETURN_IF_ERROR(CheckPeopleFree(session, "", tx));
  RETURN_IF_ERROR(SetBurdens(zones, tx, session));
  return session;
}

}  // namespace neshast
