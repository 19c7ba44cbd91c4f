// A summit of the ECO's ten members, and calls of the PrecedenceService on it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "invitations/invitations.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/invitation_service.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/precedence_service.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "orders/orders.h"
#include "rpc/policy.h"
#include "sessions/sessions.h"
#include "temporary_store.h"

namespace neshast {

using v1::Order;
using v1::OrderAnswer;
using v1::OrderChange;
using v1::OrderReason;
using v1::PrecedenceRule;
using v1::Seat;
using v1::Session;
using Rules = std::vector<PrecedenceRule>;

inline PrecedenceRule By(PrecedenceRule::Criterion criterion, const std::string& language = "") {
  PrecedenceRule rule;
  rule.set_criterion(criterion);
  rule.set_language(language);
  return rule;
}

inline PrecedenceRule Alphabet(const std::string& language) {
  return By(PrecedenceRule::CRITERION_ALPHABET, language);
}

// "ir" of "cities/ir", in the order of the places.
inline std::vector<std::string> Cities(const OrderAnswer& answer) {
  std::vector<std::string> cities;
  for (const v1::OrderPlace& place : answer.order().places()) {
    cities.push_back(place.city().substr(7));
  }
  return cities;
}

inline std::vector<std::string> Fields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailOf(status).violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

// A summit of the ten members of the ECO, each a delegation by its ISO 3166 code, Iran the host.
// Heads are required and not named yet; the session's first language is Persian.
class Orders : public testing::Test {
 protected:
  Orders() {
    const auto add = [this](auto methods) {
      methods_.insert(methods_.end(), methods.begin(), methods.end());
    };
    add(InvitationMethods());
    add(SessionMethods([this] { return zones_; }));
    for (const auto& [id, names] : std::map<std::string, std::vector<std::string>>{
             {"uz", {"Uzbekistan", "ازبکستان", "Узбекистан"}},
             {"tm", {"Turkmenistan", "ترکمنستان", "Туркменистан"}},
             {"ir", {"Iran", "ایران", "Иран"}},
             {"af", {"Afghanistan", "افغانستان", "Афганистан"}},
             {"tr", {"Türkiye", "ترکیه", "Турция"}},
             {"kz", {"Kazakhstan", "قزاقستان", "Казахстан"}},
             {"az", {"Azerbaijan", "آذربایجان", "Азербайджан"}},
             {"pk", {"Pakistan", "پاکستان", "Пакистан"}},
             {"kg", {"Kyrgyzstan", "قرقیزستان", "Кыргызстан"}},
             {"tj", {"Tajikistan", "تاجیکستان", "Таджикистан"}}}) {
      AddMember(id, names);
    }
    session_ = Booked({"uz", "tm", "ir", "af", "tr", "kz", "az", "pk", "kg", "tj"});
  }

  void AddMember(const std::string& id, const std::vector<std::string>& names) {
    v1::City city;
    city.set_name("cities/" + id);
    city.set_time_zone("Asia/Tehran");
    auto& texts = *city.mutable_display_name()->mutable_texts();
    texts["en"] = names[0];
    texts["fa"] = names[1];
    texts["ru"] = names[2];
    store_.Put(city);
    for (const char* office : {"head-of-", "deputy-of-", "interpreter-of-"}) {
      v1::Person person;
      person.set_name(absl::StrCat("people/", office, id));
      person.set_city(city.name());
      store_.Put(person);
    }
  }

  Session Booked(const std::vector<std::string>& members) {
    v1::CreateSessionRequest create;
    Session& draft = *create.mutable_session();
    draft.set_kind(Session::KIND_SUMMIT);
    draft.set_host("cities/ir");
    draft.add_languages("fa");
    draft.mutable_start_time()->set_local_time("2026-12-01T11:30");
    draft.mutable_start_time()->set_time_zone("Asia/Tehran");
    draft.mutable_duration()->set_seconds(3600);
    for (const std::string& member : members) {
      draft.add_delegations()->set_city("cities/" + member);
    }
    const auto created = Call<Session>("SessionService.CreateSession", create);
    EXPECT_TRUE(created.ok()) << created.status();
    return *created;
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const std::string& method, const Request& request) {
    return CallAs<Response>(officer_, method, request);
  }

  template <class Response, class Request>
  absl::StatusOr<Response> CallAs(const Caller& caller, const std::string& method,
                                  const Request& request) {
    return store_.Call<Response>(methods_, "neshast.v1." + method, caller, request);
  }

  absl::StatusOr<OrderAnswer> Arrange(Order::Kind kind, const Rules& rules) {
    v1::ArrangeOrderRequest request;
    request.set_name(session_.name());
    request.set_kind(kind);
    for (const PrecedenceRule& rule : rules) *request.add_criteria() = rule;
    return Call<OrderAnswer>("PrecedenceService.ArrangeOrder", request);
  }

  absl::StatusOr<OrderAnswer> Lock(Order::Kind kind, bool locked) {
    v1::LockOrderRequest request;
    request.set_name(session_.name());
    request.set_kind(kind);
    request.set_locked(locked);
    return Call<OrderAnswer>("PrecedenceService.LockOrder", request);
  }

  absl::StatusOr<OrderAnswer> GetAs(const Caller& caller, Order::Kind kind) {
    v1::GetOrderRequest request;
    request.set_name(session_.name());
    request.set_kind(kind);
    return CallAs<OrderAnswer>(caller, "PrecedenceService.GetOrder", request);
  }

  OrderAnswer Get(Order::Kind kind) {
    const auto answer = GetAs(officer_, kind);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : OrderAnswer();
  }

  Session Stored() {
    v1::GetSessionRequest request;
    request.set_name(session_.name());
    return *Call<Session>("SessionService.GetSession", request);
  }

  // Names these people of `member`, each "role person-id"; gives the delegation as it is then.
  v1::Delegation Name(const std::string& member,
                      const std::vector<std::pair<Seat::Role, std::string>>& people) {
    v1::NameDelegationRequest request;
    request.set_name(session_.name());
    request.set_city("cities/" + member);
    for (const auto& [role, person] : people) {
      Seat& seat = *request.add_seats();
      seat.set_role(role);
      seat.set_person("people/" + person);
    }
    return DelegationOf(member, Call<Session>("InvitationService.NameDelegation", request));
  }

  v1::Delegation Substitute(const std::string& member, const std::string& seat,
                            const std::string& person) {
    v1::SubstituteDelegateRequest request;
    request.set_name(session_.name());
    request.set_city("cities/" + member);
    request.mutable_seat()->set_id(seat);
    request.mutable_seat()->set_person("people/" + person);
    return DelegationOf(member, Call<Session>("InvitationService.SubstituteDelegate", request));
  }

  v1::Delegation DelegationOf(const std::string& member, const absl::StatusOr<Session>& session) {
    EXPECT_TRUE(session.ok()) << session.status();
    for (const v1::Delegation& delegation : session->delegations()) {
      if (delegation.city() == "cities/" + member) return delegation;
    }
    return {};
  }

  // The officer writes rank and notification into the delegations.
  absl::StatusOr<Session> Rank(const std::map<std::string, int>& ranks,
                               const std::map<std::string, std::string>& notify_dates) {
    v1::UpdateSessionRequest request;
    *request.mutable_session() = Stored();
    for (v1::Delegation& delegation : *request.mutable_session()->mutable_delegations()) {
      const std::string id = delegation.city().substr(7);
      if (ranks.count(id) > 0) delegation.set_rank(ranks.at(id));
      if (notify_dates.count(id) > 0) delegation.set_notify_date(notify_dates.at(id));
    }
    request.mutable_update_mask()->add_paths("delegations");
    return Call<Session>("SessionService.UpdateSession", request);
  }

  TemporaryStore store_;
  const std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  std::vector<Method> methods_ = OrderMethods();
  const Caller officer_{"principals/officer", v1::ROLE_PROTOCOL_OFFICER, "cities/ir", "", {}, "c"};
  const Caller auditor_{"principals/auditor", v1::ROLE_AUDITOR, "cities/ir", "", {}, "c"};
  const Caller secretary_{"principals/s", v1::ROLE_DELEGATION_SECRETARY, "cities/az", "", {}, "c"};
  Session session_;
};

}  // namespace neshast
