// A confirmed session of Isfahan and Xi'an, and calls of the InvitationService on it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "changes/changes.h"
#include "invitations/invitations.h"
#include "invitations/seats.h"
#include "neshast/v1/change_service.pb.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/invitation_service.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "rpc/policy.h"
#include "sessions/sessions.h"
#include "temporary_store.h"
#include "verified_counterpart.h"

namespace neshast {

using v1::Seat;
using v1::Session;

inline Caller CallerOf(v1::Role role, const std::string& city, const std::string& person = "") {
  return {"principals/" + city, role, "cities/" + city, person, {}, "c-1"};
}

inline Seat SeatOf(const std::string& person, Seat::Role role, const std::string& id = "") {
  Seat seat;
  seat.set_id(id);
  seat.set_role(role);
  seat.set_person("people/" + person);
  seat.set_printed_name("西安");
  seat.set_printed_latin_name(person);
  return seat;
}

inline std::vector<std::string> People(const Seats& seats) {
  std::vector<std::string> people;
  for (const Seat& seat : seats) people.push_back(seat.person());
  return people;
}

inline std::vector<std::string> Fields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailOf(status).violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

// A confirmed dialogue of the mayors of Isfahan and Xi'an on 1 December 2026, and who else could
// come; the clock stands at 2026-11-24.
class Invitations : public testing::Test {
 protected:
  Invitations() {
    for (const auto& methods :
         {SessionMethods([this] { return zones_; }), ChangeMethods(store_.store().epoch())}) {
      methods_.insert(methods_.end(), methods.begin(), methods.end());
    }
    for (const char* city : {"isfahan", "xian", "havana"}) {
      v1::City town;
      town.set_name(absl::StrCat("cities/", city));
      town.set_time_zone("Asia/Tehran");
      store_.Put(Verified(town, absl::StrCat("people/mayor-of-", city)));
      for (const char* office : {"mayor", "vice-mayor", "adviser"}) {
        AddPerson(absl::StrCat(office, "-of-", city), city);
      }
    }
    AddPerson("li-wei", "xian");
    session_ = *Booked("2026-12-01T11:30", "isfahan", "xian");
    *session_ = Confirmed(session_->name());
  }

  void AddPerson(const std::string& id, const std::string& city) {
    v1::Person person;
    person.set_name("people/" + id);
    person.set_city("cities/" + city);
    store_.Put(person);
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const Caller& caller, const std::string& method,
                                const Request& request) {
    return store_.Call<Response>(methods_, "neshast.v1." + method, caller, request);
  }

  absl::StatusOr<Session> Booked(const std::string& local_time, const std::string& host,
                                 const std::string& guest) {
    v1::CreateSessionRequest create;
    Session& draft = *create.mutable_session();
    draft.set_kind(Session::KIND_MAYORS_DIALOGUE);
    draft.set_host("cities/" + host);
    draft.mutable_start_time()->set_local_time(local_time);
    draft.mutable_start_time()->set_time_zone("Asia/Tehran");
    draft.mutable_duration()->set_seconds(3600);
    for (const std::string& city : {host, guest}) {
      v1::Delegation& delegation = *draft.add_delegations();
      delegation.set_city("cities/" + city);
      delegation.add_required_people("people/mayor-of-" + city);
    }
    return Call<Session>(officer_, "SessionService.CreateSession", create);
  }

  Session Confirmed(const std::string& name) {
    v1::ConfirmSessionRequest confirm;
    confirm.set_name(name);
    const auto session = Call<Session>(officer_, "SessionService.ConfirmSession", confirm);
    EXPECT_TRUE(session.ok()) << session.status();
    return *session;
  }

  v1::NameDelegationRequest Naming(std::initializer_list<Seat> seats,
                                   const std::string& city = "xian") const {
    v1::NameDelegationRequest request;
    request.set_name(session_->name());
    request.set_city("cities/" + city);
    for (const Seat& seat : seats) *request.add_seats() = seat;
    return request;
  }

  absl::StatusOr<Session> Name(const Caller& caller, const v1::NameDelegationRequest& request) {
    return Call<Session>(caller, "InvitationService.NameDelegation", request);
  }

  // The mayor, an adviser and an interpreter of Xi'an in their seats.
  v1::Delegation Named() {
    const auto named = Name(xian_, Naming({SeatOf("mayor-of-xian", Seat::ROLE_HEAD),
                                           SeatOf("adviser-of-xian", Seat::ROLE_ADVISER),
                                           SeatOf("li-wei", Seat::ROLE_INTERPRETER)}));
    EXPECT_TRUE(named.ok()) << named.status();
    return named->delegations(1);
  }

  absl::StatusOr<Session> Substitute(const Caller& caller, const Seat& seat) {
    v1::SubstituteDelegateRequest request;
    request.set_name(session_->name());
    request.set_city("cities/xian");
    *request.mutable_seat() = seat;
    request.set_reason("The mayor is abroad.");
    return Call<Session>(caller, "InvitationService.SubstituteDelegate", request);
  }

  absl::StatusOr<Session> Close(const std::string& city) {
    v1::CloseDelegationsRequest request;
    request.set_name(session_->name());
    request.set_city(city);
    return Call<Session>(officer_, "InvitationService.CloseDelegations", request);
  }

  absl::StatusOr<Session> Decide(const std::string& change, bool accept,
                                 const std::string& remark) {
    v1::DecideSeatChangeRequest request;
    request.set_name(session_->name());
    request.set_city("cities/xian");
    request.set_change_id(change);
    request.set_accept(accept);
    request.set_remark(remark);
    return Call<Session>(officer_, "InvitationService.DecideSeatChange", request);
  }

  absl::StatusOr<Session> Record(const std::string& seat, v1::Credentials::State state,
                                 const std::string& remark) {
    v1::RecordCredentialsRequest request;
    request.set_name(session_->name());
    request.set_city("cities/xian");
    request.set_seat_id(seat);
    request.mutable_credentials()->set_state(state);
    request.mutable_credentials()->set_remark(remark);
    return Call<Session>(officer_, "InvitationService.RecordCredentials", request);
  }

  TemporaryStore store_;
  std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  std::vector<Method> methods_ = InvitationMethods();
  const Caller officer_ = CallerOf(v1::ROLE_PROTOCOL_OFFICER, "isfahan");
  const Caller xian_ = CallerOf(v1::ROLE_DELEGATION_SECRETARY, "xian");
  const Caller havana_ = CallerOf(v1::ROLE_DELEGATION_SECRETARY, "havana");
  std::optional<Session> session_;
};

}  // namespace neshast
