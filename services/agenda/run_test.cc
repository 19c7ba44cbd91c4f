#include "agenda/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "agenda/clock.h"
#include "errors.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using v1::Agenda;
using v1::AgendaRun;

// A welcome of 10 minutes, then papers of 60: the first of 20, the second of 40.
Agenda ExpertSession() {
  Agenda agenda;
  for (const auto& [name, parent, minutes] :
       {std::tuple("welcome", "", 10), std::tuple("papers", "", 60),
        std::tuple("first", "papers", 20), std::tuple("second", "papers", 40)}) {
    v1::AgendaItem& item = *agenda.add_items();
    item.set_name(name);
    item.set_parent_item(parent);
    item.set_state(v1::AgendaItem::STATE_ACCEPTED);
    item.mutable_length()->set_seconds(60 * minutes);
  }
  return agenda;
}

absl::Time At(int seconds) {
  return absl::FromUnixSeconds(1796112000 + seconds);
}

v1::AgendaSpeaker Speaker(const std::string& person, const std::string& city) {
  v1::AgendaSpeaker speaker;
  speaker.set_person(person);
  speaker.set_city(city);
  return speaker;
}

// "first 90/1200 none": what it took, what it may take, how close that is.
std::vector<std::string> Words(const google::protobuf::RepeatedPtrField<v1::Countdown>& all) {
  std::vector<std::string> words;
  for (const v1::Countdown& each : all) {
    EXPECT_EQ(each.has_length(), each.has_remaining());
    if (each.has_length()) {
      EXPECT_EQ(each.remaining().seconds(), each.length().seconds() - each.elapsed().seconds());
    }
    words.push_back(absl::StrCat(each.of(), " ", each.elapsed().seconds(), "/",
                                 each.length().seconds(), " ", v1::Overrun_Name(each.overrun())));
  }
  return words;
}

std::vector<std::string> List(const AgendaRun& run) {
  std::vector<std::string> people;
  for (const v1::FloorRequest& request : run.requests()) people.push_back(request.person());
  return people;
}

struct OverrunCase {
  int64_t elapsed;
  int64_t length;
  v1::Overrun expected;
};

TEST(OverrunOf, IsNearFromFourFifthsOnAndOverFromTheWholeOn) {
  const OverrunCase kCases[] = {
      {0, 600, v1::OVERRUN_NONE},   {479, 600, v1::OVERRUN_NONE}, {480, 600, v1::OVERRUN_NEAR},
      {599, 600, v1::OVERRUN_NEAR}, {600, 600, v1::OVERRUN_OVER}, {9000, 600, v1::OVERRUN_OVER},
      {47, 60, v1::OVERRUN_NONE},   {48, 60, v1::OVERRUN_NEAR},   {60, 60, v1::OVERRUN_OVER},
  };
  for (const OverrunCase& each : kCases) {
    EXPECT_EQ(OverrunOf(each.elapsed, each.length), each.expected)
        << each.elapsed << " of " << each.length;
  }
}

TEST(Clock, CountsAnItemOverEachTimeItIsCalledAndAParentWithWhatStandsUnderIt) {
  Agenda agenda = ExpertSession();
  CallItem("welcome", At(0), agenda);
  CallItem("first", At(300), agenda);
  CallItem("welcome", At(900), agenda);
  CallItem("second", At(960), agenda);
  EXPECT_THAT(Words(ClockOf(agenda, At(1000)).items()),
              ElementsAre("welcome 360/600 OVERRUN_NONE", "first 600/1200 OVERRUN_NONE",
                          "papers 640/3600 OVERRUN_NONE", "second 40/2400 OVERRUN_NONE"));
  EXPECT_EQ(agenda.run().items(0).start_time().seconds(), absl::ToUnixSeconds(At(0)));
}

TEST(Clock, StandsWhilePausedAndAfterTheEnd) {
  Agenda agenda = ExpertSession();
  CallItem("welcome", At(0), agenda);
  GiveFloor(Speaker("people/a", "cities/xian"), At(60), *agenda.mutable_run());
  Pause(At(100), *agenda.mutable_run());
  EXPECT_EQ(Words(ClockOf(agenda, At(900)).items())[0], "welcome 100/600 OVERRUN_NONE");
  EXPECT_EQ(ClockOf(agenda, At(900)).turn_elapsed().seconds(), 40);
  Resume(At(1000), *agenda.mutable_run());
  EXPECT_EQ(Words(ClockOf(agenda, At(1400)).items())[0], "welcome 500/600 OVERRUN_NEAR");
  EXPECT_EQ(ClockOf(agenda, At(1400)).turn_elapsed().seconds(), 440);
  EndRun(At(1500), agenda);
  EXPECT_EQ(Words(ClockOf(agenda, At(9000)).items())[0], "welcome 600/600 OVERRUN_OVER");
  EXPECT_THAT(Words(ClockOf(agenda, At(9000)).delegations()),
              ElementsAre("cities/xian 540/0 OVERRUN_NONE"));
  EXPECT_EQ(agenda.run().state(), AgendaRun::STATE_ENDED);
  EXPECT_FALSE(agenda.run().has_turn() || agenda.run().requests_size() > 0);
}

TEST(Clock, AnItemCalledWhilePausedDoesNotRunYet) {
  Agenda agenda = ExpertSession();
  CallItem("welcome", At(0), agenda);
  Pause(At(10), *agenda.mutable_run());
  CallItem("first", At(20), agenda);
  GiveFloor(Speaker("people/a", "cities/xian"), At(30), *agenda.mutable_run());
  EXPECT_EQ(ClockOf(agenda, At(100)).items(1).elapsed().seconds(), 0);
  Resume(At(100), *agenda.mutable_run());
  EXPECT_EQ(ClockOf(agenda, At(130)).items(1).elapsed().seconds(), 30);
  EXPECT_EQ(ClockOf(agenda, At(130)).turn_elapsed().seconds(), 30);
}

TEST(Clock, NeverCountsBackwardsWhenTheMachinesClockIsSetBack) {
  Agenda agenda = ExpertSession();
  CallItem("welcome", At(1000), agenda);
  EXPECT_EQ(ClockOf(agenda, At(0)).items(0).elapsed().seconds(), 0);
  Pause(At(0), *agenda.mutable_run());
  EXPECT_EQ(agenda.run().items(0).elapsed().seconds(), 0);
}

TEST(SpeakingTime, IsCountedForEachDelegationOverTurnsAndItems) {
  Agenda agenda = ExpertSession();
  v1::SpeakingBudget& budget = *agenda.add_budgets();
  budget.set_city("cities/isfahan");
  budget.mutable_length()->set_seconds(100);
  CallItem("welcome", At(0), agenda);
  AgendaRun& run = *agenda.mutable_run();
  GiveFloor(Speaker("people/a", "cities/isfahan"), At(0), run);
  GiveFloor(Speaker("people/b", "cities/st-petersburg"), At(30), run);
  EndTurn(At(70), run);
  GiveFloor(Speaker("people/c", "cities/isfahan"), At(80), run);
  CallItem("first", At(120), agenda);
  GiveFloor(Speaker("people/a", "cities/isfahan"), At(130), run);
  EXPECT_THAT(
      Words(ClockOf(agenda, At(140)).delegations()),
      ElementsAre("cities/isfahan 80/100 OVERRUN_NEAR", "cities/st-petersburg 40/0 OVERRUN_NONE"));
  EXPECT_EQ(run.speaking(0).turns(), 3);
}

TEST(Floor, IsGivenInTheOrderOfTheListWhichTheOfficerMayChange) {
  Agenda agenda = ExpertSession();
  CallItem("welcome", At(0), agenda);
  AgendaRun& run = *agenda.mutable_run();
  for (const char* person : {"a", "b", "c", "a", "d"}) {
    ASSERT_TRUE(RequestTurn(Speaker(person, "cities/xian"), At(1), run).ok());
  }
  EXPECT_THAT(List(run), ElementsAre("a", "b", "c", "d"));
  ASSERT_TRUE(MoveInList("d", 2, run).ok());
  EXPECT_THAT(List(run), ElementsAre("a", "d", "b", "c"));
  ASSERT_TRUE(MoveInList("a", 50, run).ok());
  EXPECT_THAT(List(run), ElementsAre("d", "b", "c", "a"));
  EXPECT_EQ(DetailOf(MoveInList("e", 1, run)).reason, "INVALID_FIELD");
  GiveFloor(Speaker("b", "cities/xian"), At(2), run);
  Withdraw("a", run);
  EXPECT_THAT(List(run), ElementsAre("d", "c"));
  CallItem("first", At(3), agenda);
  EXPECT_THAT(List(run), ElementsAre());
  EXPECT_FALSE(run.has_turn());
}

TEST(Floor, IsAskedForByFiftyAtMost) {
  AgendaRun run;
  for (int i = 0; i < kMostFloorRequests; ++i) {
    ASSERT_TRUE(RequestTurn(Speaker(absl::StrCat(i), "cities/xian"), At(0), run).ok());
  }
  const absl::Status full = RequestTurn(Speaker("one-more", "cities/xian"), At(0), run);
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(DetailOf(full).metadata.at("most"), "50");
}

TEST(Warn, NotesEachWarningOnceForTheItemAndThoseAboveIt) {
  Agenda agenda = ExpertSession();
  CallItem("second", At(0), agenda);
  EXPECT_FALSE(Warn(At(1919), agenda));
  EXPECT_TRUE(Warn(At(1920), agenda)) << "80 % of 40 minutes";
  EXPECT_EQ(agenda.run().items(0).warned(), v1::OVERRUN_NEAR);
  EXPECT_FALSE(Warn(At(2399), agenda));
  EXPECT_TRUE(Warn(At(2400), agenda));
  EXPECT_EQ(agenda.run().items(0).warned(), v1::OVERRUN_OVER);
  EXPECT_EQ(agenda.run().items(1).warned(), v1::OVERRUN_UNSPECIFIED);
  EXPECT_TRUE(Warn(At(2880), agenda)) << "80 % of the 60 minutes of all papers";
  EXPECT_EQ(agenda.run().items(1).warned(), v1::OVERRUN_NEAR);
  EXPECT_FALSE(Warn(At(2881), agenda));
}

TEST(Warn, IsTakenBackWhenTheItemIsLengthened) {
  Agenda agenda = ExpertSession();
  CallItem("welcome", At(0), agenda);
  ASSERT_TRUE(Warn(At(600), agenda));
  agenda.mutable_items(0)->mutable_length()->set_seconds(1200);
  EXPECT_TRUE(Warn(At(601), agenda));
  EXPECT_EQ(agenda.run().items(0).warned(), v1::OVERRUN_UNSPECIFIED);
}

}  // namespace
}  // namespace neshast
