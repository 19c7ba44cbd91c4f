// The expert session of Isfahan and St Petersburg, and calls of the AgendaService on it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "agenda/agenda.h"
#include "changes/changes.h"
#include "invitations/invitations.h"
#include "neshast/v1/agenda_service.pb.h"
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

using v1::AgendaAnswer;
using v1::AgendaItem;
using v1::AgendaRun;
using v1::Paper;
using v1::Session;

inline Caller CallerOf(v1::Role role, const std::string& city, const std::string& person = "") {
  return {"principals/" + city,
          role,
          "cities/" + city,
          person.empty() ? "" : "people/" + person,
          {},
          "c-1"};
}

// Two hours on 1 December 2026 from 11:30 in Isfahan (08:00 UTC), fa-ru, confirmed; of each city
// two experts. The clock stands at 2026-11-24.
class Agendas : public testing::Test {
 protected:
  Agendas() {
    for (const auto& methods : {InvitationMethods(), SessionMethods([this] { return zones_; }),
                                ChangeMethods(store_.store().epoch())}) {
      methods_.insert(methods_.end(), methods.begin(), methods.end());
    }
    for (const auto& [city, counterpart] :
         {std::pair("isfahan", "crisis"), std::pair("st-petersburg", "epidemiology"),
          std::pair("xian", "nobody")}) {
      v1::City town;
      town.set_name(absl::StrCat("cities/", city));
      town.set_time_zone("Asia/Tehran");
      store_.Put(Verified(town, absl::StrCat("people/", counterpart)));
    }
    for (const auto& [id, city] :
         {std::pair("crisis", "isfahan"), std::pair("foreign", "isfahan"),
          std::pair("epidemiology", "st-petersburg"), std::pair("surgery", "st-petersburg"),
          std::pair("virology", "st-petersburg"), std::pair("interpreter", "isfahan")}) {
      v1::Person person;
      person.set_name(absl::StrCat("people/", id));
      person.set_city(absl::StrCat("cities/", city));
      store_.Put(person);
    }
    Book();
  }

  void Book() {
    v1::CreateSessionRequest create;
    create.set_session_id("expert-session");
    Session& draft = *create.mutable_session();
    draft.set_kind(Session::KIND_EXPERT_SESSION);
    draft.set_host("cities/isfahan");
    draft.mutable_start_time()->set_local_time("2026-12-01T11:30");
    draft.mutable_start_time()->set_time_zone("Asia/Tehran");
    draft.mutable_duration()->set_seconds(7200);
    draft.add_interpreters("people/interpreter");
    for (const auto& [city, people] :
         {std::pair("isfahan", std::vector{"crisis", "foreign"}),
          std::pair("st-petersburg", std::vector{"epidemiology", "surgery"})}) {
      v1::Delegation& delegation = *draft.add_delegations();
      delegation.set_city(absl::StrCat("cities/", city));
      for (const char* person : people) {
        delegation.add_required_people(absl::StrCat("people/", person));
      }
    }
    ASSERT_TRUE(Call<Session>(officer_, "SessionService.CreateSession", create).ok());
    v1::ConfirmSessionRequest confirm;
    confirm.set_name(kSession);
    ASSERT_TRUE(Call<Session>(officer_, "SessionService.ConfirmSession", confirm).ok());
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const Caller& caller, const std::string& method,
                                const Request& request) {
    return store_.Call<Response>(methods_, "neshast.v1." + method, caller, request);
  }

  // A method of the AgendaService on the session, the rest of the request set by `set`.
  template <class Response, class Request, class Set>
  absl::StatusOr<Response> On(const Caller& caller, const std::string& method, Set set) {
    Request request;
    request.set_name(kSession);
    set(request);
    return Call<Response>(caller, "AgendaService." + method, request);
  }

  template <class Request>
  absl::StatusOr<AgendaAnswer> Do(const std::string& method) {
    return On<AgendaAnswer, Request>(officer_, method, [](Request&) {});
  }

  static AgendaItem ItemOf(const std::string& title, int minutes,
                           const std::vector<std::string>& speakers = {}) {
    AgendaItem item;
    item.set_kind(AgendaItem::KIND_PRESENTATION);
    (*item.mutable_title()->mutable_texts())["en"] = title;
    item.mutable_length()->set_seconds(60 * minutes);
    item.set_openness(AgendaItem::OPENNESS_OPEN);
    for (const std::string& speaker : speakers) {
      item.add_speakers()->set_person("people/" + speaker);
    }
    return item;
  }

  absl::StatusOr<AgendaItem> Create(const std::string& id, int minutes,
                                    const std::vector<std::string>& speakers = {},
                                    const std::string& parent = "") {
    return On<AgendaItem, v1::CreateAgendaItemRequest>(
        officer_, "CreateAgendaItem", [&](v1::CreateAgendaItemRequest& request) {
          *request.mutable_item() = ItemOf(id, minutes, speakers);
          request.set_item_id(id);
          request.set_parent_id(parent);
        });
  }

  absl::StatusOr<AgendaItem> Update(const AgendaItem& item) {
    return On<AgendaItem, v1::UpdateAgendaItemRequest>(
        officer_, "UpdateAgendaItem",
        [&](v1::UpdateAgendaItemRequest& request) { *request.mutable_item() = item; });
  }

  AgendaAnswer Seen(const Caller& caller) {
    const auto answer =
        On<AgendaAnswer, v1::GetAgendaRequest>(caller, "GetAgenda", [](v1::GetAgendaRequest&) {});
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.value_or(AgendaAnswer());
  }

  AgendaAnswer Seen() { return Seen(officer_); }

  AgendaItem Item(const std::string& id) {
    const AgendaAnswer answer = Seen();
    for (const AgendaItem& item : answer.agenda().items()) {
      if (item.name() == NameOf(id)) return item;
    }
    return {};
  }

  static std::string NameOf(const std::string& id) {
    return absl::StrCat(kSession, "/agendaItems/", id);
  }

  static std::vector<std::string> Ids(const v1::Agenda& agenda) {
    std::vector<std::string> ids;
    for (const AgendaItem& item : agenda.items()) ids.push_back(IdOf(item.name()));
    return ids;
  }

  static std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

  static std::string ReasonOf(const absl::Status& status) { return DetailOf(status).reason; }

  absl::StatusOr<AgendaAnswer> Agree(const Caller& caller, const std::string& city) {
    const std::string etag = Seen().agenda().etag();
    return On<AgendaAnswer, v1::AgreeAgendaRequest>(caller, "AgreeAgenda",
                                                    [&](v1::AgreeAgendaRequest& request) {
                                                      request.set_city("cities/" + city);
                                                      request.set_agenda_etag(etag);
                                                    });
  }

  // On 1 December, so many seconds after 08:00 UTC.
  void SetClock(int seconds) {
    store_.now = absl::FromCivil(absl::CivilHour(2026, 12, 1, 8), absl::UTCTimeZone()) +
                 absl::Seconds(seconds);
  }

  static constexpr char kSession[] = "sessions/expert-session";
  TemporaryStore store_;
  std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  std::vector<Method> methods_ = AgendaMethods();
  const Caller officer_ = CallerOf(v1::ROLE_PROTOCOL_OFFICER, "isfahan");
  const Caller secretary_ = CallerOf(v1::ROLE_DELEGATION_SECRETARY, "st-petersburg");
  const Caller delegate_ = CallerOf(v1::ROLE_DELEGATE, "st-petersburg", "epidemiology");
  const Caller expert_ = CallerOf(v1::ROLE_EXPERT, "st-petersburg", "surgery");
  const Caller interpreter_ = CallerOf(v1::ROLE_INTERPRETER, "isfahan", "interpreter");
  const Caller observer_ = CallerOf(v1::ROLE_OBSERVER, "st-petersburg", "surgery");
};

}  // namespace neshast
