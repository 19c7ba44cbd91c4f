#include "agenda/agenda_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(Agendas, MustFitTheSessionAndSayBothLengthsWhereTheyDoNot) {
  ASSERT_TRUE(Create("welcome", 20).ok());
  ASSERT_TRUE(Create("papers", 100).ok());
  const auto refused = Create("farewell", 1);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(refused.status()), "AGENDA_TOO_LONG");
  EXPECT_EQ(DetailOf(refused.status()).metadata.at("agenda_seconds"), "7260");
  EXPECT_EQ(DetailOf(refused.status()).metadata.at("session_seconds"), "7200");
  EXPECT_TRUE(Create("first", 60, {}, "papers").ok());
  EXPECT_EQ(ReasonOf(Create("second", 41, {}, "papers").status()), "AGENDA_TOO_LONG");
  EXPECT_THAT(Ids(Seen().agenda()), ElementsAre("welcome", "papers", "first"));
}

TEST_F(Agendas, KeepASessionFromBeingMadeShorterThanTheyAre) {
  ASSERT_TRUE(Create("papers", 100).ok());
  v1::RescheduleSessionRequest move;
  move.set_name(kSession);
  move.mutable_start_time()->set_local_time("2026-12-02T11:30");
  move.mutable_start_time()->set_time_zone("Asia/Tehran");
  move.mutable_duration()->set_seconds(5400);
  EXPECT_EQ(ReasonOf(Call<Session>(officer_, "SessionService.RescheduleSession", move).status()),
            "AGENDA_TOO_LONG");
  move.mutable_duration()->set_seconds(6000);
  EXPECT_TRUE(Call<Session>(officer_, "SessionService.RescheduleSession", move).ok());
}

TEST_F(Agendas, AreLedByPeopleOfTheDelegationsNeverByInterpreters) {
  EXPECT_TRUE(Create("papers", 20, {"crisis", "epidemiology"}).ok());
  EXPECT_EQ(Item("papers").speakers(1).city(), "cities/st-petersburg");
  const auto refused = Create("words", 20, {"crisis", "interpreter", "virology", "crisis"});
  EXPECT_EQ(ReasonOf(refused.status()), "INVALID_FIELD");
  std::vector<std::string> fields;
  for (const FieldViolation& each : DetailOf(refused.status()).violations) {
    fields.push_back(each.field);
  }
  EXPECT_THAT(fields, ElementsAre("item.speakers[1].person", "item.speakers[2].person",
                                  "item.speakers[3].person"));
}

TEST_F(Agendas, TwoOfficersWhoChangeDifferentItemsDoNotRefuseEachOther) {
  ASSERT_TRUE(Create("welcome", 10).ok());
  ASSERT_TRUE(Create("papers", 60).ok());
  AgendaItem one = Item("welcome");
  AgendaItem other = Item("papers");
  one.mutable_length()->set_seconds(900);
  other.mutable_length()->set_seconds(3000);
  EXPECT_TRUE(Update(one).ok());
  EXPECT_TRUE(Update(other).ok());
  EXPECT_EQ(Item("welcome").length().seconds(), 900);
}

TEST_F(Agendas, TheSecondWhoChangesTheSameItemIsToldWhatTheFirstChanged) {
  const AgendaItem read = *Create("papers", 60, {"crisis"});
  AgendaItem first = read;
  first.mutable_length()->set_seconds(3000);
  first.clear_speakers();
  first.add_speakers()->set_person("people/surgery");
  ASSERT_TRUE(Update(first).ok());
  AgendaItem second = read;
  (*second.mutable_title()->mutable_texts())["fa"] = "مقالات";
  const auto refused = Update(second);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(refused.status()), "ETAG_MISMATCH");
  EXPECT_EQ(DetailOf(refused.status()).metadata.at("fields"), "length,speakers");
  second.set_etag(DetailOf(refused.status()).metadata.at("etag"));
  second.clear_length();
  second.clear_speakers();
  EXPECT_TRUE(Update(second).ok());
  EXPECT_EQ(Item("papers").length().seconds(), 3000);
}

TEST_F(Agendas, AProposalTakesNoTimeAndIsNobodyElsesUntilTheHostAcceptsIt) {
  ASSERT_TRUE(Create("papers", 100).ok());
  const auto propose = [this](const Caller& caller, const std::string& city, int minutes) {
    return On<AgendaItem, v1::ProposeAgendaItemRequest>(
        caller, "ProposeAgendaItem", [&](v1::ProposeAgendaItemRequest& request) {
          request.set_city("cities/" + city);
          *request.mutable_item() = ItemOf("Oxygen supply", minutes, {"surgery"});
        });
  };
  const auto decide = [this](const std::string& name, bool accept, const std::string& remark) {
    return On<AgendaItem, v1::DecideAgendaItemRequest>(officer_, "DecideAgendaItem",
                                                       [&](v1::DecideAgendaItemRequest& request) {
                                                         request.set_item_id(IdOf(name));
                                                         request.set_accept(accept);
                                                         request.set_remark(remark);
                                                       });
  };
  EXPECT_EQ(ReasonOf(propose(secretary_, "isfahan", 20).status()), "ACTION_FORBIDDEN");
  const auto proposed = propose(secretary_, "st-petersburg", 30);
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  EXPECT_EQ(proposed->state(), AgendaItem::STATE_PROPOSED);
  EXPECT_EQ(Seen(secretary_).agenda().items_size(), 2);
  EXPECT_EQ(Seen(delegate_).agenda().items_size(), 1);
  EXPECT_EQ(ReasonOf(decide(proposed->name(), true, "").status()), "AGENDA_TOO_LONG");
  EXPECT_EQ(ReasonOf(decide(proposed->name(), false, "").status()), "INVALID_FIELD");
  ASSERT_TRUE(decide(proposed->name(), false, "No time is left.").ok());
  EXPECT_EQ(Seen(secretary_).agenda().items(1).remark(), "No time is left.");
  EXPECT_EQ(ReasonOf(decide(proposed->name(), true, "").status()), "WRONG_STATE");
  const auto shorter = propose(secretary_, "st-petersburg", 20);
  ASSERT_TRUE(decide(shorter->name(), true, "").ok());
  EXPECT_EQ(Seen(delegate_).agenda().items_size(), 2);
}

TEST_F(Agendas, ACityHasTenUndecidedProposalsAtMost) {
  for (int i = 0; i <= 10; ++i) {
    const auto proposed = On<AgendaItem, v1::ProposeAgendaItemRequest>(
        secretary_, "ProposeAgendaItem", [](v1::ProposeAgendaItemRequest& request) {
          request.set_city("cities/st-petersburg");
          *request.mutable_item() = ItemOf("Oxygen supply", 5);
        });
    EXPECT_EQ(ReasonOf(proposed.status()), i < 10 ? "" : "AGENDA_FULL");
  }
}

TEST_F(Agendas, AreAgreedToByEachSideForItselfUntilAnItemChanges) {
  ASSERT_TRUE(Create("papers", 60).ok());
  EXPECT_THAT(Seen().awaited_cities(), ElementsAre("cities/isfahan", "cities/st-petersburg"));
  EXPECT_EQ(ReasonOf(Agree(officer_, "st-petersburg").status()), "ACTION_FORBIDDEN");
  EXPECT_EQ(ReasonOf(Agree(secretary_, "isfahan").status()), "ACTION_FORBIDDEN");
  EXPECT_TRUE(Agree(officer_, "isfahan").ok());
  const auto agreed = Agree(secretary_, "st-petersburg");
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  EXPECT_THAT(agreed->awaited_cities(), IsEmpty());
  EXPECT_EQ(agreed->agenda().agreements(1).agreed_by(), "principals/st-petersburg");
  ASSERT_TRUE(Create("farewell", 10).ok());
  EXPECT_EQ(Seen().awaited_cities_size(), 2);
  const auto stale = On<AgendaAnswer, v1::AgreeAgendaRequest>(
      secretary_, "AgreeAgenda", [&](v1::AgreeAgendaRequest& request) {
        request.set_city("cities/st-petersburg");
        request.set_agenda_etag(agreed->agenda().etag());
      });
  EXPECT_EQ(ReasonOf(stale.status()), "ETAG_MISMATCH");
}

TEST_F(Agendas, AreReorderedInOneCallWithEveryItemOnce) {
  for (const char* id : {"welcome", "papers", "questions"}) ASSERT_TRUE(Create(id, 20).ok());
  const auto arrange = [this](const std::vector<std::pair<std::string, std::string>>& places) {
    return On<AgendaAnswer, v1::ArrangeAgendaRequest>(
        officer_, "ArrangeAgenda", [&](v1::ArrangeAgendaRequest& request) {
          for (const auto& [id, parent] : places) {
            v1::AgendaPlace& place = *request.add_places();
            place.set_item_id(id);
            place.set_parent_id(parent);
          }
        });
  };
  const auto arranged = arrange({{"papers", ""}, {"questions", "papers"}, {"welcome", ""}});
  ASSERT_TRUE(arranged.ok()) << arranged.status();
  EXPECT_THAT(Ids(arranged->agenda()), ElementsAre("papers", "questions", "welcome"));
  EXPECT_EQ(ReasonOf(arrange({{"papers", ""}, {"welcome", ""}}).status()), "INVALID_FIELD");
  EXPECT_EQ(
      ReasonOf(arrange({{"papers", "welcome"}, {"questions", "papers"}, {"welcome", ""}}).status()),
      "")
      << "20 minutes into 20";
}

TEST_F(Agendas, ASubstituteTakesOverTheItemsOfTheSeatAndTheAgreementStands) {
  v1::NameDelegationRequest name;
  name.set_name(kSession);
  name.set_city("cities/st-petersburg");
  for (const char* person : {"epidemiology", "surgery"}) {
    v1::Seat& seat = *name.add_seats();
    seat.set_role(v1::Seat::ROLE_MEMBER);
    seat.set_person(absl::StrCat("people/", person));
  }
  const auto named = Call<Session>(secretary_, "InvitationService.NameDelegation", name);
  ASSERT_TRUE(named.ok()) << named.status();
  ASSERT_TRUE(Create("papers", 60, {"surgery"}).ok());
  ASSERT_TRUE(Agree(secretary_, "st-petersburg").ok());
  v1::SubstituteDelegateRequest substitute;
  substitute.set_name(kSession);
  substitute.set_city("cities/st-petersburg");
  substitute.mutable_seat()->set_id(named->delegations(1).seats(1).id());
  substitute.mutable_seat()->set_person("people/virology");
  ASSERT_TRUE(Call<Session>(secretary_, "InvitationService.SubstituteDelegate", substitute).ok());
  EXPECT_EQ(Item("papers").speakers(0).person(), "people/virology");
  EXPECT_THAT(Item("papers").vacancies(), IsEmpty());
  EXPECT_THAT(Seen().awaited_cities(), ElementsAre("cities/isfahan"));
}

TEST_F(Agendas, AnItemWhoseSpeakerLeavesTheSessionIsShownToBeWithoutOne) {
  ASSERT_TRUE(Create("papers", 60, {"surgery"}).ok());
  ASSERT_TRUE(Agree(secretary_, "st-petersburg").ok());
  v1::UpdateSessionRequest update;
  update.mutable_session()->set_name(kSession);
  v1::GetSessionRequest get;
  get.set_name(kSession);
  *update.mutable_session()->mutable_delegations() =
      Call<Session>(officer_, "SessionService.GetSession", get)->delegations();
  update.mutable_session()->mutable_delegations(1)->mutable_required_people()->RemoveLast();
  update.mutable_update_mask()->add_paths("delegations");
  const auto updated = Call<Session>(officer_, "SessionService.UpdateSession", update);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_THAT(Item("papers").speakers(), IsEmpty());
  ASSERT_EQ(Item("papers").vacancies_size(), 1);
  EXPECT_EQ(Item("papers").vacancies(0).person(), "people/surgery");
  EXPECT_EQ(Seen(secretary_).agenda().items(0).vacancies_size(), 1);
  EXPECT_EQ(Seen(delegate_).agenda().items(0).vacancies_size(), 0);
  EXPECT_EQ(Seen().awaited_cities_size(), 2);
  AgendaItem item = Item("papers");
  item.clear_vacancies();
  item.add_speakers()->set_person("people/epidemiology");
  EXPECT_THAT(Update(item)->vacancies(), IsEmpty());
}

TEST_F(Agendas, OfACancelledSessionDoNotChange) {
  ASSERT_TRUE(Create("papers", 60).ok());
  v1::CancelSessionRequest cancel;
  cancel.set_name(kSession);
  cancel.set_reason("The borders are open again.");
  ASSERT_TRUE(Call<Session>(officer_, "SessionService.CancelSession", cancel).ok());
  const auto refused = Create("welcome", 10);
  EXPECT_EQ(ReasonOf(refused.status()), "WRONG_STATE");
  EXPECT_EQ(DetailOf(refused.status()).metadata.at("state"), "STATE_CANCELLED");
  EXPECT_EQ(ReasonOf(Agree(secretary_, "st-petersburg").status()), "WRONG_STATE");
}

}  // namespace
}  // namespace neshast
