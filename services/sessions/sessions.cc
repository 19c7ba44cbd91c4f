#include "sessions/sessions.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "agenda/run.h"
#include "agenda/speakers.h"
#include "agenda/tree.h"
#include "neshast/v1/session_service.pb.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"
#include "sessions/booking.h"
#include "sessions/burdens.h"
#include "sessions/clearances.h"
#include "sessions/delegations.h"
#include "sessions/holds.h"
#include "sessions/move.h"
#include "sessions/random_id.h"
#include "sessions/series.h"
#include "sessions/zoned_time.h"

namespace neshast {
namespace {

using v1::Session;

constexpr int64_t kDefaultWindow = 366 * 86400;  // seconds

// Where a session stands in the list of a window: at its own time, or, moved away from the window,
// at the first place it left there. So that it is listed once.
int64_t PlaceIn(const OccupancyQuery& window, const Session& session) {
  const auto overlaps = [&window](int64_t begins, int64_t seconds) {
    return begins < window.ends && begins + seconds > window.begins;
  };
  int64_t place = session.start_time().instant().seconds();
  if (overlaps(place, session.duration().seconds())) return place;
  place = std::numeric_limits<int64_t>::max();
  for (const v1::SessionMove& move : session.moves()) {
    const int64_t left = move.start_time().instant().seconds();
    if (overlaps(left, move.duration().seconds())) place = std::min(place, left);
  }
  return place;
}

absl::StatusOr<v1::ListSessionsResponse> ListSessions(const Caller& caller,
                                                      const v1::ListSessionsRequest& request,
                                                      Transaction& tx) {
  OccupancyQuery query{.party = request.city(), .after_holder = ""};
  query.begins =
      request.has_start_time() ? request.start_time().seconds() : absl::ToUnixSeconds(tx.now());
  query.ends =
      request.has_end_time() ? request.end_time().seconds() : query.begins + kDefaultWindow;
  const std::string binding =
      absl::StrCat("sessions|", request.city(), "|", request.start_time().seconds(), "|",
                   request.end_time().seconds());
  ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token(), binding));
  const std::pair<std::string, std::string> after =
      absl::StrSplit(page.after, absl::MaxSplits('|', 1));
  if (!page.after.empty() && absl::SimpleAtoi(after.first, &query.after_begins)) {
    query.after_holder = after.second;
  }
  query.limit = page.size + 1;
  ASSIGN_OR_RETURN(auto found, tx.Occupied(query));
  v1::ListSessionsResponse response;
  if (found.size() > static_cast<size_t>(page.size)) {
    found.pop_back();
    response.set_next_page_token(
        PageToken(absl::StrCat(found.back().begins, "|", found.back().holder), binding));
  }
  for (const Occupancy& row : found) {
    ASSIGN_OR_RETURN(Session session, tx.Get<Session>(row.holder));
    if (row.begins != PlaceIn(query, session)) continue;
    const Verdict verdict = Authorize(caller, v1::ACTION_SESSION_READ, ObjectOf(session));
    if (verdict == Verdict::kAllow || verdict == Verdict::kMasked) {
      *response.add_sessions() = std::move(session);
    }
  }
  return response;
}

absl::StatusOr<Session> CreateSession(const ZoneDatabase& zones, const Caller& caller,
                                      const v1::CreateSessionRequest& request, Transaction& tx) {
  Session session = request.session();
  ClearOutputOnly(session);
  session.set_name(
      absl::StrCat("sessions/", request.session_id().empty() ? RandomId() : request.session_id()));
  session.set_state(Session::STATE_DRAFT);
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_SESSION_WRITE, ObjectOf(session), session.name()));
  RETURN_IF_ERROR(CheckFree(tx, session.name()));
  RETURN_IF_ERROR(
      ResolveTime(zones, "session.start_time", tx.now(), *session.mutable_start_time()));
  RETURN_IF_ERROR(CheckSession(session, tx));
  RETURN_IF_ERROR(CheckPeopleFree(session, request.hold(), tx));
  if (!request.hold().empty()) {
    ASSIGN_OR_RETURN(const v1::Hold hold, tx.Get<v1::Hold>(request.hold()));
    if (hold.expire_time().seconds() <= absl::ToUnixSeconds(tx.now())) {
      return Error(
          absl::StatusCode::kFailedPrecondition, "The hold has expired; hold the slot again.",
          {.reason = "HOLD_EXPIRED", .metadata = {{"name", hold.name()}}, .violations = {}});
    }
    if (!request.validate_only()) RETURN_IF_ERROR(tx.Delete(request.hold()));
  }
  RETURN_IF_ERROR(SetBurdens(zones, tx, session));
  return PutUnless(request.validate_only(), std::move(session), tx);
}

// Whether both stand at the same hour, however it is written.
absl::StatusOr<bool> IsSameTime(const Session& before, const Session& after) {
  ASSIGN_OR_RETURN(const WallTime was, ParseWallTime(before.start_time().local_time()));
  ASSIGN_OR_RETURN(const WallTime is, ParseWallTime(after.start_time().local_time()));
  const v1::Occurrence occurrence = after.start_time().occurrence();
  return was == is && before.start_time().time_zone() == after.start_time().time_zone() &&
         (occurrence == v1::OCCURRENCE_UNSPECIFIED ||
          occurrence == before.start_time().occurrence()) &&
         before.duration().seconds() == after.duration().seconds();
}

absl::StatusOr<Session> UpdateSession(const ZoneDatabase& zones, const Caller& caller,
                                      const v1::UpdateSessionRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(const Session before,
                   tx.Get<Session>(request.session().name(), request.session().etag()));
  if (before.state() != Session::STATE_DRAFT && before.state() != Session::STATE_CONFIRMED) {
    return WrongState(before, "a draft or a confirmed session can be changed");
  }
  ASSIGN_OR_RETURN(Session session, Merge(request.session(), request.update_mask(), tx));
  KeepSeats(before, session);
  ASSIGN_OR_RETURN(const bool same_time, IsSameTime(before, session));
  if (same_time) {
    *session.mutable_start_time() = before.start_time();
  } else if (before.state() == Session::STATE_CONFIRMED) {
    return WrongState(before, "RescheduleSession moves a confirmed session");
  } else {
    RETURN_IF_ERROR(
        ResolveTime(zones, "session.start_time", tx.now(), *session.mutable_start_time()));
  }
  RETURN_IF_ERROR(CheckSession(session, tx));
  if (before.state() == Session::STATE_CONFIRMED) {
    RETURN_IF_ERROR(CheckJoining(before, session, caller, tx));
  }
  FollowDelegations(before, session, tx.now());
  RETURN_IF_ERROR(CheckFits(session.agenda(), session.duration().seconds()));
  RETURN_IF_ERROR(CheckPeopleFree(session, "", tx));
  RETURN_IF_ERROR(MoveHoldOf(session, tx));
  RETURN_IF_ERROR(SetBurdens(zones, tx, session));
  return tx.Put(std::move(session));
}

absl::StatusOr<Session> ConfirmSession(const Caller& caller,
                                       const v1::ConfirmSessionRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, tx.Get<Session>(request.name(), request.etag()));
  if (session.state() != Session::STATE_DRAFT)
    return WrongState(session, "a draft can be confirmed");
  if (session.start_time().instant().seconds() <= absl::ToUnixSeconds(tx.now())) {
    return Error(absl::StatusCode::kInvalidArgument, "The session's time has passed.",
                 {.reason = "TIME_PASSED", .metadata = {}, .violations = {}});
  }
  ASSIGN_OR_RETURN(session, Cleared(std::move(session), request.force_reason(), caller, tx));
  RETURN_IF_ERROR(CheckPeopleFree(session, "", tx));
  session.set_state(Session::STATE_CONFIRMED);
  if (!request.validate_only()) RETURN_IF_ERROR(ReleaseHoldOf(session, tx));
  return PutUnless(request.validate_only(), std::move(session), tx);
}

absl::StatusOr<Session> RescheduleSession(const ZoneDatabase& zones, const Caller&,
                                          const v1::RescheduleSessionRequest& request,
                                          Transaction& tx) {
  ASSIGN_OR_RETURN(const Session session, tx.Get<Session>(request.name(), request.etag()));
  const auto& duration = request.has_duration() ? request.duration() : session.duration();
  ASSIGN_OR_RETURN(
      Session moved,
      Moved(zones, session, {request.start_time(), duration, request.reason()}, "start_time", tx));
  if (!request.validate_only()) RETURN_IF_ERROR(ReleaseHoldOf(moved, tx));
  return PutUnless(request.validate_only(), std::move(moved), tx);
}

absl::StatusOr<Session> CancelSession(const Caller&, const v1::CancelSessionRequest& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, tx.Get<Session>(request.name(), request.etag()));
  if (session.state() != Session::STATE_DRAFT && session.state() != Session::STATE_CONFIRMED) {
    return WrongState(session, "a draft or a confirmed session can be cancelled");
  }
  session.set_state(Session::STATE_CANCELLED);
  session.set_cancel_reason(request.reason());
  if (session.has_agenda()) EndRun(tx.now(), *session.mutable_agenda());
  RETURN_IF_ERROR(ReleaseHoldOf(session, tx));
  return tx.Put(std::move(session));
}

absl::StatusOr<Session> CloseSession(const Closing& closing, const v1::CloseSessionRequest& request,
                                     Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, tx.Get<Session>(request.name(), request.etag()));
  if (session.state() != Session::STATE_CONFIRMED ||
      session.start_time().instant().seconds() > absl::ToUnixSeconds(tx.now())) {
    return WrongState(session, "a confirmed session that has begun can be closed");
  }
  session.set_state(Session::STATE_HELD);
  if (session.has_agenda()) EndRun(tx.now(), *session.mutable_agenda());
  if (closing != nullptr) RETURN_IF_ERROR(closing(session, tx));
  return tx.Put(std::move(session));
}

absl::StatusOr<v1::Series> CreateSeries(const Caller& caller,
                                        const v1::CreateSeriesRequest& request, Transaction& tx) {
  RETURN_IF_ERROR(CheckReferences(request.series(), "series", tx));
  return Create(caller, v1::ACTION_SESSION_WRITE, request.series(),
                absl::StrCat("series/", request.series_id()), tx);
}

absl::StatusOr<v1::Ledger> GetLedger(const Caller&, const v1::GetLedgerRequest& request,
                                     Transaction& tx) {
  ASSIGN_OR_RETURN(const SeriesHistory history, HistoryOf(request.name(), "", tx));
  v1::Ledger ledger;
  ledger.set_series(request.name());
  ledger.set_held_sessions(history.held_sessions);
  for (const auto& [city, points] : history.ledger.accounts()) {
    v1::LedgerEntry& entry = *ledger.add_entries();
    entry.set_city(city);
    entry.set_points(points);
  }
  return ledger;
}

}  // namespace

std::vector<Method> SessionMethods(const ZonesInForce& zones, const Closing& closing) {
  const std::string service = "neshast.v1.SessionService.";
  return {
      BindGet<v1::GetSessionRequest, Session>(service + "GetSession"),
      Bind(service + "ListSessions", &ListSessions),
      BindWithZones(service + "CreateSession", zones, &CreateSession),
      BindWithZones(service + "UpdateSession", zones, &UpdateSession),
      Bind(service + "ConfirmSession", &ConfirmSession),
      BindWithZones(service + "RescheduleSession", zones, &RescheduleSession),
      Bind(service + "RecordClearance", &RecordClearance),
      Bind(service + "CancelSession", &CancelSession),
      Bind<v1::CloseSessionRequest, Session>(
          service + "CloseSession",
          [closing](const Caller&, const v1::CloseSessionRequest& request, Transaction& tx) {
            return CloseSession(closing, request, tx);
          }),
      BindWithZones(service + "HoldSlot", zones, &HoldSlot),
      Bind(service + "ListHolds", &ListHolds),
      Bind(service + "ReleaseHold", &ReleaseHold),
      Bind(service + "CreateSeries", &CreateSeries),
      Bind(service + "GetLedger", &GetLedger),
  };
}

}  // namespace neshast
