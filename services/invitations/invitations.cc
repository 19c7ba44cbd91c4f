#include "invitations/invitations.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "agenda/speakers.h"
#include "invitations/faults.h"
#include "invitations/responses.h"
#include "invitations/seats.h"
#include "neshast/v1/invitation_service.pb.h"
#include "neshast/v1/person.pb.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"
#include "sessions/booking.h"
#include "sessions/delegations.h"

namespace neshast {
namespace {

using v1::Delegation;
using v1::Session;

absl::Status InvalidField(std::string field, const std::string& why) {
  return Error(
      absl::StatusCode::kInvalidArgument, why,
      {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{std::move(field), why}}});
}

absl::Status CheckStands(const Session& session) {
  if (session.state() == Session::STATE_DRAFT || session.state() == Session::STATE_CONFIRMED) {
    return absl::OkStatus();
  }
  return WrongState(session, "a draft or a confirmed session has delegations that change");
}

absl::StatusOr<Session> SessionThatStands(const std::string& name, const std::string& etag,
                                          Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, tx.Get<Session>(name, etag));
  RETURN_IF_ERROR(CheckStands(session));
  return session;
}

// The session of `request`, for a caller who may write the delegation of its city.
template <class Request>
absl::StatusOr<Session> SessionToName(const Caller& caller, const Request& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(const Session session, tx.Get<Session>(request.name()));
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_DELEGATION_WRITE,
                           DelegationObject(session, request.city()), request.name()));
  return SessionThatStands(request.name(), request.etag(), tx);
}

absl::StatusOr<Delegation*> DelegationIn(Session& session, const std::string& city) {
  Delegation* delegation = FindDelegation(session, city);
  if (delegation != nullptr) return delegation;
  return InvalidField("city", absl::StrCat(city, " has no delegation in the session."));
}

// Whether the caller may send those of `seats` who are none of the delegation's people yet, and
// they are free. Of strangers nobody learns when they are busy, and nobody makes them so.
absl::Status CheckNewcomers(const Caller& caller, const Session& session,
                            const Delegation& delegation, const Seats& seats, Transaction& tx) {
  std::vector<std::string> newcomers;
  for (const v1::Seat& seat : seats) {
    if (Holds(delegation.required_people(), seat.person())) continue;
    if (Holds(delegation.optional_people(), seat.person())) continue;
    ASSIGN_OR_RETURN(const v1::Person person, tx.Get<v1::Person>(seat.person()));
    RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_DELEGATION_WRITE, ObjectOf(person), person.name()));
    newcomers.push_back(seat.person());
  }
  return CheckNobodyIsBooked(newcomers, session.start_time(), session.duration(), session.name(),
                             session.hold(), tx);
}

Seats Alone(const v1::Seat& seat) {
  Seats seats;
  *seats.Add() = seat;
  return seats;
}

absl::StatusOr<Session> NameDelegation(const Caller& caller,
                                       const v1::NameDelegationRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToName(caller, request, tx));
  ASSIGN_OR_RETURN(Delegation* const delegation, DelegationIn(session, request.city()));
  RETURN_IF_ERROR(CheckListIsOpen(*delegation));
  RETURN_IF_ERROR(CheckSeats(session, *delegation, request.seats()));
  RETURN_IF_ERROR(CheckReferences(request, "", tx));
  RETURN_IF_ERROR(CheckNewcomers(caller, session, *delegation, request.seats(), tx));
  const Session before = session;
  NameSeats(request.seats(), tx.now(), *delegation);
  FollowDelegations(before, session, tx.now());
  return PutUnless(request.validate_only(), std::move(session), tx);
}

absl::StatusOr<Session> SubstituteDelegate(const Caller& caller,
                                           const v1::SubstituteDelegateRequest& request,
                                           Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionToName(caller, request, tx));
  ASSIGN_OR_RETURN(Delegation* const delegation, DelegationIn(session, request.city()));
  RETURN_IF_ERROR(CheckTaker(session, *delegation, request.seat(), "seat.person"));
  RETURN_IF_ERROR(CheckReferences(request, "", tx));
  RETURN_IF_ERROR(CheckNewcomers(caller, session, *delegation, Alone(request.seat()), tx));
  const Session before = session;
  const Departure departure{.reason = request.reason(), .at = tx.now()};
  // Who decides on changes asks nobody.
  const bool decides =
      Authorize(caller, v1::ACTION_SESSION_WRITE, ObjectOf(session)) == Verdict::kAllow;
  if (delegation->has_close_time() && !decides) {
    AskForSeat(request.seat(), departure, *delegation);
  } else {
    Substitute(request.seat(), departure, *delegation);
    FollowDelegations(before, session, tx.now());
  }
  return tx.Put(std::move(session));
}

absl::StatusOr<Session> CloseDelegations(const Caller&, const v1::CloseDelegationsRequest& request,
                                         Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionThatStands(request.name(), request.etag(), tx));
  if (!request.city().empty()) RETURN_IF_ERROR(DelegationIn(session, request.city()).status());
  bool closes = false;
  for (Delegation& delegation : *session.mutable_delegations()) {
    if (!request.city().empty() && request.city() != delegation.city()) continue;
    if (delegation.has_close_time()) continue;
    delegation.mutable_close_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
    closes = true;
  }
  if (!closes) return session;
  return tx.Put(std::move(session));
}

// The change of this id, which is not yet decided.
absl::StatusOr<v1::SeatChange*> ChangeToDecide(Delegation& delegation, const std::string& id) {
  auto& changes = *delegation.mutable_changes();
  const auto change = std::find_if(changes.begin(), changes.end(),
                                   [&](const v1::SeatChange& each) { return each.id() == id; });
  if (change == changes.end()) {
    return InvalidField("change_id", "Nobody has asked for such a change of the delegation.");
  }
  if (change->state() == v1::SeatChange::STATE_ASKED) return &*change;
  const std::string state = v1::SeatChange::State_Name(change->state());
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The change is decided: it is in ", state, "."),
               {.reason = "WRONG_STATE", .metadata = {{"state", state}}, .violations = {}});
}

absl::StatusOr<Session> DecideSeatChange(const Caller& caller,
                                         const v1::DecideSeatChangeRequest& request,
                                         Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionThatStands(request.name(), request.etag(), tx));
  ASSIGN_OR_RETURN(Delegation* const delegation, DelegationIn(session, request.city()));
  ASSIGN_OR_RETURN(v1::SeatChange* const change, ChangeToDecide(*delegation, request.change_id()));
  const Session before = session;
  change->set_remark(request.remark());
  if (request.accept()) {
    RETURN_IF_ERROR(CheckTaker(session, *delegation, change->seat(), "change_id"));
    RETURN_IF_ERROR(CheckNewcomers(caller, session, *delegation, Alone(change->seat()), tx));
    Substitute(change->seat(), {.reason = change->reason(), .at = tx.now()}, *delegation);
    FollowDelegations(before, session, tx.now());
    change->set_state(v1::SeatChange::STATE_ACCEPTED);
  } else if (request.remark().empty()) {
    return InvalidField("remark", "Say why the change is refused.");
  } else {
    change->set_state(v1::SeatChange::STATE_REFUSED);
  }
  return tx.Put(std::move(session));
}

absl::StatusOr<Session> RecordCredentials(const Caller&,
                                          const v1::RecordCredentialsRequest& request,
                                          Transaction& tx) {
  ASSIGN_OR_RETURN(Session session, SessionThatStands(request.name(), request.etag(), tx));
  ASSIGN_OR_RETURN(Delegation* const delegation, DelegationIn(session, request.city()));
  v1::Seat* const seat = FindSeat(*delegation, request.seat_id());
  if (seat == nullptr) return InvalidField("seat_id", "The delegation has no such seat.");
  const v1::Credentials& credentials = request.credentials();
  if (credentials.state() == v1::Credentials::STATE_REFUSED && credentials.remark().empty()) {
    return InvalidField("credentials.remark", "Say why the letter is refused.");
  }
  *seat->mutable_credentials() = credentials;
  return tx.Put(std::move(session));
}

}  // namespace

std::vector<Method> InvitationMethods() {
  const std::string service = "neshast.v1.InvitationService.";
  return {
      Bind(service + "NameDelegation", &NameDelegation),
      Bind(service + "SubstituteDelegate", &SubstituteDelegate),
      Bind(service + "CloseDelegations", &CloseDelegations),
      Bind(service + "DecideSeatChange", &DecideSeatChange),
      Bind(service + "RecordCredentials", &RecordCredentials),
      Bind(service + "RespondToInvitation", &RespondToInvitation),
      Bind(service + "ListInvitationResponses", &ListInvitationResponses),
  };
}

}  // namespace neshast
