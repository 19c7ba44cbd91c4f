#include "agenda/agenda_clock.h"
#include "agenda/agenda_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A welcome of 10 minutes, two papers of 20 and 40, questions.
class LiveAgendas : public Agendas {
 protected:
  LiveAgendas() {
    EXPECT_TRUE(Create("welcome", 10, {"crisis"}).ok());
    EXPECT_TRUE(Create("papers", 60).ok());
    EXPECT_TRUE(Create("first", 20, {"crisis"}, "papers").ok());
    EXPECT_TRUE(Create("second", 40, {"epidemiology"}, "papers").ok());
    EXPECT_TRUE(Create("questions", 50).ok());
  }

  absl::StatusOr<AgendaAnswer> Start() { return Do<v1::StartAgendaRequest>("StartAgenda"); }
  absl::StatusOr<AgendaAnswer> Next() { return Do<v1::NextItemRequest>("NextItem"); }

  template <class Request>
  absl::StatusOr<AgendaAnswer> For(const Caller& caller, const std::string& method,
                                   const std::string& person) {
    return On<AgendaAnswer, Request>(
        caller, method, [&](Request& request) { request.set_person("people/" + person); });
  }

  absl::StatusOr<AgendaAnswer> Ask(const Caller& caller, const std::string& person) {
    return For<v1::RequestFloorRequest>(caller, "RequestFloor", person);
  }

  static std::string Stage(const absl::StatusOr<AgendaAnswer>& answer) {
    if (!answer.ok()) return ReasonOf(answer.status());
    return IdOf(answer->agenda().run().current_item());
  }

  // How many changes of the session a follower has been told since the last time it asked.
  int Told() {
    v1::SyncChangesRequest sync;
    sync.set_sync_token(position_);
    const auto changes = Call<v1::SyncChangesResponse>(officer_, "ChangeService.SyncChanges", sync);
    position_ = changes->next_sync_token();
    return changes->changes_size();
  }

  std::string position_;
};

TEST_F(LiveAgendas, RunFromItemToItemToTheEnd) {
  SetClock(-901);
  EXPECT_EQ(Stage(Start()), "TOO_EARLY");
  EXPECT_EQ(DetailOf(Start().status()).metadata.at("from"), "2026-12-01T07:45:00Z");
  EXPECT_EQ(Stage(Next()), "WRONG_STATE");
  SetClock(-900);
  EXPECT_EQ(Stage(Start()), "welcome");
  EXPECT_EQ(Stage(Start()), "WRONG_STATE");
  SetClock(-600);
  EXPECT_EQ(Stage(Next()), "first");
  EXPECT_EQ(Stage(Next()), "second");
  EXPECT_EQ(Stage(Next()), "questions");
  EXPECT_EQ(Stage(Next()), "WRONG_STATE");
  const auto start_item = [this](const std::string& id) {
    return On<AgendaAnswer, v1::StartItemRequest>(
        officer_, "StartItem", [&](v1::StartItemRequest& request) { request.set_item_id(id); });
  };
  EXPECT_EQ(Stage(start_item("papers")), "INVALID_FIELD") << "others stand under it";
  EXPECT_EQ(Stage(start_item("dinner")), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Stage(start_item("first")), "first");
  const auto ended = Do<v1::EndAgendaRequest>("EndAgenda");
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_EQ(ended->agenda().run().state(), AgendaRun::STATE_ENDED);
  EXPECT_EQ(ended->clock().items(0).elapsed().seconds(), 300);
  EXPECT_EQ(Stage(Next()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Create("dinner", 10).status()), "WRONG_STATE");
}

TEST_F(LiveAgendas, KeepWhatWasCalledAndDoNotLetTheSessionMove) {
  SetClock(0);
  ASSERT_TRUE(Start().ok());
  const auto remove = [this](const std::string& id) {
    return On<AgendaAnswer, v1::DeleteAgendaItemRequest>(
        officer_, "DeleteAgendaItem",
        [&](v1::DeleteAgendaItemRequest& request) { request.set_item_id(id); });
  };
  EXPECT_EQ(Stage(remove("welcome")), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Create("words", 5, {}, "welcome").status()), "INVALID_FIELD");
  const auto removed = remove("papers");
  ASSERT_TRUE(removed.ok()) << removed.status();
  EXPECT_THAT(Ids(removed->agenda()), ElementsAre("welcome", "questions"));
  v1::RescheduleSessionRequest move;
  move.set_name(kSession);
  move.mutable_start_time()->set_local_time("2026-12-02T11:30");
  move.mutable_start_time()->set_time_zone("Asia/Tehran");
  EXPECT_EQ(ReasonOf(Call<Session>(officer_, "SessionService.RescheduleSession", move).status()),
            "WRONG_STATE");
}

TEST_F(LiveAgendas, EndWithTheirSession) {
  SetClock(0);
  ASSERT_TRUE(Start().ok());
  SetClock(60);
  v1::CloseSessionRequest close;
  close.set_name(kSession);
  ASSERT_TRUE(Call<Session>(officer_, "SessionService.CloseSession", close).ok());
  const AgendaAnswer answer = Seen();
  EXPECT_EQ(answer.agenda().run().state(), AgendaRun::STATE_ENDED);
  EXPECT_EQ(answer.clock().items(0).elapsed().seconds(), 60);
  EXPECT_EQ(Stage(Next()), "WRONG_STATE");
}

TEST_F(LiveAgendas, TheFloorIsAskedForByOneselfByTheOwnSecretaryAndByTheHost) {
  SetClock(0);
  EXPECT_EQ(Stage(Ask(officer_, "crisis")), "WRONG_STATE");
  ASSERT_TRUE(Start().ok());
  EXPECT_TRUE(Ask(delegate_, "epidemiology").ok());
  EXPECT_EQ(Stage(Ask(delegate_, "surgery")), "ACTION_FORBIDDEN");
  EXPECT_TRUE(Ask(secretary_, "surgery").ok());
  EXPECT_EQ(Stage(Ask(secretary_, "crisis")), "ACTION_FORBIDDEN");
  EXPECT_TRUE(Ask(officer_, "crisis").ok());
  EXPECT_EQ(Stage(Ask(officer_, "interpreter")), "INVALID_FIELD");
  const auto list = Ask(delegate_, "epidemiology");
  ASSERT_EQ(list->agenda().run().requests_size(), 3) << "asking again changes nothing";
  EXPECT_EQ(list->agenda().run().requests(0).person(), "people/epidemiology");
  const auto left = For<v1::WithdrawFloorRequest>(delegate_, "WithdrawFloor", "epidemiology");
  EXPECT_EQ(left->agenda().run().requests(0).person(), "people/surgery");
}

TEST_F(LiveAgendas, SpeakingTimeIsHeldAgainstTheDelegationsBudget) {
  const auto budgeted = On<AgendaAnswer, v1::SetSpeakingBudgetsRequest>(
      officer_, "SetSpeakingBudgets", [](v1::SetSpeakingBudgetsRequest& request) {
        v1::SpeakingBudget& budget = *request.add_budgets();
        budget.set_city("cities/st-petersburg");
        budget.mutable_length()->set_seconds(300);
      });
  ASSERT_TRUE(budgeted.ok()) << budgeted.status();
  SetClock(0);
  ASSERT_TRUE(Start().ok());
  ASSERT_TRUE(For<v1::GiveFloorRequest>(officer_, "GiveFloor", "epidemiology").ok());
  Told();
  SetClock(239);
  EXPECT_EQ(*WriteDueWarnings(store_.store()), 0);
  SetClock(240);
  EXPECT_EQ(*WriteDueWarnings(store_.store()), 1);
  EXPECT_EQ(Told(), 1);
  EXPECT_EQ(Seen().agenda().run().speaking(0).warned(), v1::OVERRUN_NEAR);
  EXPECT_EQ(Seen().clock().turn_elapsed().seconds(), 240);
  const auto ended = Do<v1::EndTurnRequest>("EndTurn");
  EXPECT_EQ(ended->clock().delegations(0).remaining().seconds(), 60);
  EXPECT_EQ(Stage(Do<v1::EndTurnRequest>("EndTurn")), "WRONG_STATE");
}

TEST_F(LiveAgendas, AWarningReachesWhoeverFollowsTheSessionOnce) {
  SetClock(0);
  ASSERT_TRUE(Start().ok());
  Told();
  struct Step {
    int second;
    int warned;  // sessions
    v1::Overrun stands;
  };
  for (const Step& step : {Step{479, 0, v1::OVERRUN_UNSPECIFIED}, Step{480, 1, v1::OVERRUN_NEAR},
                           Step{480, 0, v1::OVERRUN_NEAR}, Step{599, 0, v1::OVERRUN_NEAR},
                           Step{600, 1, v1::OVERRUN_OVER}, Step{6000, 0, v1::OVERRUN_OVER}}) {
    SetClock(step.second);
    EXPECT_EQ(*WriteDueWarnings(store_.store()), step.warned) << step.second;
    EXPECT_EQ(Told(), step.warned) << step.second;
    EXPECT_EQ(Seen().agenda().run().items(0).warned(), step.stands) << step.second;
  }
}

TEST_F(LiveAgendas, AWarningThatFellDueWhileTheServerWasDownIsWrittenAtOnce) {
  SetClock(0);
  ASSERT_TRUE(Start().ok());
  SetClock(700);
  Told();
  { const AgendaClock clock(store_.store(), absl::Hours(1)); }  // begins with a look
  EXPECT_EQ(Told(), 1);
  EXPECT_EQ(Seen().agenda().run().items(0).warned(), v1::OVERRUN_OVER);
}

TEST_F(LiveAgendas, NobodyIsWarnedWhileTheClockStands) {
  SetClock(0);
  ASSERT_TRUE(Start().ok());
  SetClock(60);
  ASSERT_TRUE(Do<v1::PauseAgendaRequest>("PauseAgenda").ok());
  EXPECT_EQ(Stage(Do<v1::PauseAgendaRequest>("PauseAgenda")), "WRONG_STATE");
  SetClock(3600);
  EXPECT_EQ(*WriteDueWarnings(store_.store()), 0);
  ASSERT_TRUE(Do<v1::ResumeAgendaRequest>("ResumeAgenda").ok());
  EXPECT_EQ(Stage(Do<v1::ResumeAgendaRequest>("ResumeAgenda")), "WRONG_STATE");
  SetClock(3600 + 420);
  EXPECT_EQ(*WriteDueWarnings(store_.store()), 1);
}

TEST_F(LiveAgendas, WhoLeavesTheSessionLosesTheFloorAndThePlaceOnTheList) {
  SetClock(0);
  ASSERT_TRUE(Start().ok());
  ASSERT_TRUE(For<v1::GiveFloorRequest>(officer_, "GiveFloor", "surgery").ok());
  ASSERT_TRUE(Ask(secretary_, "surgery").ok());
  SetClock(30);
  v1::NameDelegationRequest name;
  name.set_name(kSession);
  name.set_city("cities/st-petersburg");
  v1::Seat& seat = *name.add_seats();
  seat.set_role(v1::Seat::ROLE_ADVISER);
  seat.set_person("people/surgery");
  ASSERT_TRUE(Call<Session>(secretary_, "InvitationService.NameDelegation", name).ok());
  const AgendaAnswer answer = Seen();
  EXPECT_FALSE(answer.agenda().run().has_turn());
  EXPECT_THAT(answer.agenda().run().requests(), IsEmpty());
  EXPECT_EQ(answer.clock().delegations(0).elapsed().seconds(), 30);
}

}  // namespace
}  // namespace neshast
