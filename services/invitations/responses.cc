#include "invitations/responses.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "mailer/plan.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/person.pb.h"
#include "rpc/policy.h"
#include "rpc/standard_methods.h"
#include "sessions/booking.h"

namespace neshast {
namespace {

using v1::CityResponses;
using v1::InvitationResponse;
using Cities = google::protobuf::RepeatedPtrField<CityResponses>;

absl::Status NotInvited(const std::string& session, const std::string& person) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(person, " is not called to the session. Name the person first."),
               {.reason = "NOT_INVITED",
                .metadata = {{"session", session}, {"person", person}},
                .violations = {}});
}

// Whether the caller may answer for `person`. Who answers for oneself only learns nothing of the
// others, not even whether they exist.
absl::Status CheckMayAnswer(const Caller& caller, const std::string& person, Transaction& tx) {
  if (!caller.person.empty() && caller.person == person) return absl::OkStatus();
  if (SpeaksFor(caller, caller.city)) {
    ASSIGN_OR_RETURN(const v1::Person answering, tx.Get<v1::Person>(person));
    if (SpeaksFor(caller, answering.city())) return absl::OkStatus();
  }
  return Error(absl::StatusCode::kPermissionDenied,
               "You answer for yourself, or for the people of your city. Ask the host's protocol "
               "office.",
               {.reason = "ACTION_FORBIDDEN", .metadata = {}, .violations = {}});
}

CityResponses& OfCity(const std::string& city, Cities& cities) {
  const auto found = std::find_if(cities.begin(), cities.end(),
                                  [&](const CityResponses& each) { return each.city() == city; });
  if (found != cities.end()) return *found;
  CityResponses& added = *cities.Add();
  added.set_city(city);
  return added;
}

// Adds what `person` has said to the account of its city.
absl::Status Count(const v1::Session& session, const std::string& person, CityResponses& city,
                   Transaction& tx) {
  const auto response = tx.Get<InvitationResponse>(ResponseName(session.name(), person));
  if (absl::IsNotFound(response.status())) {
    city.add_awaited_people(person);
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(response.status());
  if (IsOutdated(*response, session)) {
    city.add_awaited_people(person);
  } else if (response->answer() == InvitationResponse::ANSWER_ACCEPTED) {
    city.set_accepted(city.accepted() + 1);
  } else if (response->answer() == InvitationResponse::ANSWER_DECLINED) {
    city.set_declined(city.declined() + 1);
  } else {
    city.set_tentative(city.tentative() + 1);
  }
  return absl::OkStatus();
}

// The accounts of the cities that the caller speaks for. Interpreters count in their own city.
absl::StatusOr<Cities> CitiesOf(const Caller& caller, const v1::Session& session, Transaction& tx) {
  Cities cities;
  for (const v1::Delegation& delegation : session.delegations()) {
    if (!SpeaksFor(caller, delegation.city())) continue;
    CityResponses& city = OfCity(delegation.city(), cities);
    for (const auto* people : {&delegation.required_people(), &delegation.optional_people()}) {
      for (const std::string& person : *people) {
        RETURN_IF_ERROR(Count(session, person, city, tx));
      }
    }
  }
  for (const std::string& interpreter : session.interpreters()) {
    ASSIGN_OR_RETURN(const v1::Person person, tx.Get<v1::Person>(interpreter));
    if (!SpeaksFor(caller, person.city())) continue;
    RETURN_IF_ERROR(Count(session, interpreter, OfCity(person.city(), cities), tx));
  }
  for (CityResponses& city : cities) {
    std::sort(city.mutable_awaited_people()->begin(), city.mutable_awaited_people()->end());
  }
  return cities;
}

}  // namespace

std::string ResponseName(const std::string& session, const std::string& person) {
  return absl::StrCat(session, "/responses/", person.substr(person.find('/') + 1));
}

bool IsCalled(const v1::Session& session, const std::string& person) {
  const std::vector<std::string> people = ObjectOf(session).people;
  return std::find(people.begin(), people.end(), person) != people.end();
}

bool TakesAnswers(const v1::Session& session, absl::Time now) {
  return session.state() == v1::Session::STATE_CONFIRMED && !IsOver(session, now);
}

bool IsOutdated(const InvitationResponse& response, const v1::Session& session) {
  return !response.has_start_time() ||
         response.start_time().instant().seconds() != session.start_time().instant().seconds() ||
         response.duration().seconds() != session.duration().seconds();
}

absl::StatusOr<InvitationResponse> RecordResponse(const v1::Session& session,
                                                  const std::string& person, const Given& given,
                                                  Transaction& tx) {
  if (!TakesAnswers(session, tx.now())) {
    return WrongState(session, "a confirmed session that is not over takes answers");
  }
  if (!IsCalled(session, person)) return NotInvited(session.name(), person);
  ASSIGN_OR_RETURN(const v1::Person answering, tx.Get<v1::Person>(person));
  InvitationResponse response;
  response.set_name(ResponseName(session.name(), person));
  response.set_session(session.name());
  response.set_person(person);
  response.set_city(answering.city());
  response.set_host(session.host());
  response.set_answer(given.answer);
  response.set_comment(given.comment);
  response.set_sequence(given.sequence);
  response.mutable_response_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  response.mutable_stamp_time()->set_seconds(absl::ToUnixSeconds(given.stamped));
  response.set_given_by(given.by);
  if (given.for_the_time_now) {
    *response.mutable_start_time() = session.start_time();
    *response.mutable_duration() = session.duration();
  }
  response.set_outdated(IsOutdated(response, session));
  return tx.Put(std::move(response));
}

absl::StatusOr<InvitationResponse> RespondToInvitation(
    const Caller& caller, const v1::RespondToInvitationRequest& request, Transaction& tx) {
  RETURN_IF_ERROR(CheckMayAnswer(caller, request.person(), tx));
  ASSIGN_OR_RETURN(const v1::Session session, tx.Get<v1::Session>(request.name()));
  const auto told = tx.Get<v1::Told>(ToldName(session.name(), request.person()));
  if (!told.ok() && !absl::IsNotFound(told.status())) return told.status();
  return RecordResponse(session, request.person(),
                        {.answer = request.answer(),
                         .comment = request.comment(),
                         .sequence = told.ok() ? told->sequence() : 0,
                         .stamped = tx.now(),
                         .for_the_time_now = true,
                         .by = caller.principal},
                        tx);
}

absl::StatusOr<v1::ListInvitationResponsesResponse> ListInvitationResponses(
    const Caller& caller, const v1::ListInvitationResponsesRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(const v1::Session session, tx.Get<v1::Session>(request.parent()));
  ListQuery query{.kind = "InvitationResponse", .parent = session.name(), .list = {}, .after = ""};
  ASSIGN_OR_RETURN(auto page, ListPage<InvitationResponse>(query, request.page_size(),
                                                           request.page_token(), tx));
  v1::ListInvitationResponsesResponse response;
  for (InvitationResponse& each : page.first) {
    each.set_outdated(IsOutdated(each, session));
    *response.add_responses() = std::move(each);
  }
  response.set_next_page_token(page.second);
  if (request.page_token().empty()) {
    ASSIGN_OR_RETURN(*response.mutable_cities(), CitiesOf(caller, session, tx));
  }
  return response;
}

}  // namespace neshast
