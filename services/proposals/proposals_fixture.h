// A proposal of Isfahan to Xi'an and Havana with three slots, and calls of the ProposalService on
// it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "changes/changes.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/proposal_service.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "proposals/proposals.h"
#include "rpc/policy.h"
#include "sessions/sessions.h"
#include "temporary_store.h"
#include "verified_counterpart.h"

namespace neshast {

using v1::Proposal;
using v1::Session;
using v1::SlotAnswer;

inline std::string ReasonOf(const absl::Status& status) {
  return DetailOf(status).reason;
}

inline std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailOf(status).violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

// The clock stands at 2026-11-24; answers are taken for five days.
class Proposals : public testing::Test {
 protected:
  Proposals() {
    const auto sessions = SessionMethods([this] { return zones_; });
    methods_.insert(methods_.end(), sessions.begin(), sessions.end());
    for (const auto& [city, zone] : {std::pair<std::string, std::string>{"isfahan", "Asia/Tehran"},
                                     {"xian", "Asia/Shanghai"},
                                     {"havana", "America/Havana"},
                                     {"dakar", "Africa/Dakar"}}) {
      v1::City town;
      town.set_name("cities/" + city);
      town.set_time_zone(zone);
      store_.Put(Verified(town, "people/mayor-of-" + city));
      for (const char* office : {"mayor", "aide"}) {
        v1::Person person;
        person.set_name(absl::StrCat("people/", office, "-of-", city));
        person.set_city(town.name());
        store_.Put(person);
      }
    }
  }

  static Caller Secretary(const std::string& city) {
    return {"principals/" + city, v1::ROLE_DELEGATION_SECRETARY, "cities/" + city, "", {}, "c-1"};
  }

  // Who holds a link of `person` to `proposal`.
  static Caller Invitee(const Proposal& proposal, const std::string& city,
                        const std::string& office = "mayor") {
    Caller caller{"links/abcdefghij", v1::ROLE_INVITEE, "cities/" + city, "", {}, "c-1"};
    caller.person = absl::StrCat("people/", office, "-of-", city);
    caller.target = proposal.name();
    return caller;
  }

  v1::CreateProposalRequest Request() const {
    v1::CreateProposalRequest request;
    Proposal& proposal = *request.mutable_proposal();
    proposal.set_kind(Session::KIND_MAYORS_DIALOGUE);
    (*proposal.mutable_title()->mutable_texts())["en"] = "Mayors' dialogue";
    proposal.set_host("cities/isfahan");
    proposal.mutable_duration()->set_seconds(3600);
    for (const char* city : {"isfahan", "xian", "havana"}) {
      v1::Delegation& delegation = *proposal.add_delegations();
      delegation.set_city(absl::StrCat("cities/", city));
      delegation.add_required_people(absl::StrCat("people/mayor-of-", city));
    }
    for (const char* time : {"2026-12-01T16:00", "2026-12-02T16:00", "2026-12-03T16:00"}) {
      v1::ZonedTime& start = *proposal.add_slots()->mutable_start_time();
      start.set_local_time(time);
      start.set_time_zone("Asia/Tehran");
    }
    proposal.mutable_reply_by_time()->set_seconds(absl::ToUnixSeconds(store_.now) + 5 * 86400);
    for (const char* person : {"mayor-of-xian", "aide-of-xian", "mayor-of-havana"}) {
      proposal.add_recipients()->set_person(absl::StrCat("people/", person));
    }
    return request;
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const Caller& caller, const std::string& method,
                                const Request& request) {
    return store_.Call<Response>(methods_, "neshast.v1." + method, caller, request);
  }

  absl::StatusOr<Proposal> Create(const v1::CreateProposalRequest& request) {
    return Call<Proposal>(officer_, "ProposalService.CreateProposal", request);
  }

  absl::StatusOr<Proposal> Send(const Proposal& proposal) {
    v1::SendProposalRequest request;
    request.set_name(proposal.name());
    return Call<Proposal>(officer_, "ProposalService.SendProposal", request);
  }

  Proposal Sent() {
    const auto draft = Create(Request());
    EXPECT_TRUE(draft.ok()) << draft.status();
    const auto sent = Send(*draft);
    EXPECT_TRUE(sent.ok()) << sent.status();
    return *sent;
  }

  // "s1" with a yes, unless said else.
  absl::StatusOr<Proposal> Answer(const Caller& caller, const Proposal& proposal,
                                  const std::string& person, const std::string& slot = "s1",
                                  SlotAnswer::Answer said = SlotAnswer::ANSWER_YES) {
    v1::AnswerProposalRequest request;
    request.set_name(proposal.name());
    request.set_person(person);
    v1::GivenAnswer& answer = *request.add_answers();
    answer.set_slot_id(slot);
    answer.set_answer(said);
    return Call<Proposal>(caller, "ProposalService.AnswerProposal", request);
  }

  absl::StatusOr<Proposal> Decide(const Proposal& proposal, const std::string& slot) {
    v1::DecideProposalRequest request;
    request.set_name(proposal.name());
    request.set_slot_id(slot);
    return Call<Proposal>(officer_, "ProposalService.DecideProposal", request);
  }

  absl::StatusOr<Proposal> Withdraw(const Proposal& proposal) {
    v1::WithdrawProposalRequest request;
    request.set_name(proposal.name());
    request.set_reason("The mayor is ill.");
    return Call<Proposal>(officer_, "ProposalService.WithdrawProposal", request);
  }

  // How many holds there are that have not lapsed.
  int Held() {
    const auto holds =
        Call<v1::ListHoldsResponse>(officer_, "SessionService.ListHolds", v1::ListHoldsRequest());
    EXPECT_TRUE(holds.ok()) << holds.status();
    return holds->holds_size();
  }

  // A working meeting of the mayor of Xi'an, confirmed where it can be.
  absl::StatusOr<Session> Book(const std::string& local_time) {
    v1::CreateSessionRequest create;
    Session& draft = *create.mutable_session();
    draft.set_kind(Session::KIND_WORKING_MEETING);
    draft.set_host("cities/xian");
    draft.mutable_start_time()->set_local_time(local_time);
    draft.mutable_start_time()->set_time_zone("Asia/Tehran");
    draft.mutable_duration()->set_seconds(3600);
    v1::Delegation& delegation = *draft.add_delegations();
    delegation.set_city("cities/xian");
    delegation.add_required_people("people/mayor-of-xian");
    ASSIGN_OR_RETURN(const Session session,
                     Call<Session>(officer_, "SessionService.CreateSession", create));
    return Confirm(session.name());
  }

  absl::StatusOr<Session> Confirm(const std::string& name) {
    v1::ConfirmSessionRequest confirm;
    confirm.set_name(name);
    return Call<Session>(officer_, "SessionService.ConfirmSession", confirm);
  }

  absl::StatusOr<Session> SessionNamed(const std::string& name) {
    v1::GetSessionRequest get;
    get.set_name(name);
    return Call<Session>(officer_, "SessionService.GetSession", get);
  }

  TemporaryStore store_;
  std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  const LinkKey key_{std::string(32, 'k')};
  std::vector<Method> methods_ = ProposalMethods([this] { return zones_; }, key_);
  const Caller officer_{
      "principals/officer", v1::ROLE_PROTOCOL_OFFICER, "cities/isfahan", "", {}, "c-1"};
};

}  // namespace neshast
