#include "orders/orders_fixture.h"

namespace neshast {
namespace {

using testing::IsEmpty;

TEST_F(Orders, AreKeptInTheSessionOneOfEachKindWhateverElseIsUpdated) {
  ASSERT_TRUE(Arrange(Order::KIND_SPEAKING, {Alphabet("en")}).ok());
  ASSERT_TRUE(Arrange(Order::KIND_SCREEN, {Alphabet("ru")}).ok());
  ASSERT_TRUE(Arrange(Order::KIND_SPEAKING, {Alphabet("ru")}).ok());
  v1::UpdateSessionRequest update;
  update.mutable_session()->set_name(session_.name());
  update.mutable_session()->add_languages("ru");
  update.mutable_session()->add_orders()->set_kind(Order::KIND_SIGNATURE);
  update.mutable_update_mask()->add_paths("languages");
  update.mutable_update_mask()->add_paths("orders");
  const auto updated = Call<Session>("SessionService.UpdateSession", update);
  ASSERT_TRUE(updated.ok()) << updated.status();
  ASSERT_EQ(updated->orders_size(), 2);
  EXPECT_EQ(updated->orders(0).kind(), Order::KIND_SPEAKING);
  EXPECT_EQ(updated->orders(0).criteria(0).language(), "ru");
  EXPECT_EQ(updated->orders(1).places(0).city(), "cities/ir");
  const auto again = Arrange(Order::KIND_SPEAKING, {});
  EXPECT_EQ(again->order().criteria(0).language(), "ru") << "by the rules of the order there is";
}

TEST_F(Orders, ASubstituteHasThePlaceAndThatIsToldToThoseWhomItConcerns) {
  const v1::Delegation kz = Name("kz", {{Seat::ROLE_HEAD, "head-of-kz"}});
  ASSERT_TRUE(Arrange(Order::KIND_SPEAKING, {Alphabet("en")}).ok());
  EXPECT_THAT(Get(Order::KIND_SPEAKING).changes(), IsEmpty());
  Substitute("kz", kz.seats(0).id(), "deputy-of-kz");
  const OrderAnswer now = Get(Order::KIND_SPEAKING);
  EXPECT_EQ(now.order().places(3).person(), "people/deputy-of-kz");
  ASSERT_EQ(now.changes_size(), 1);
  EXPECT_EQ(now.changes(0).kind(), OrderChange::KIND_SUBSTITUTED);
  EXPECT_EQ(now.changes(0).seat(), kz.seats(0).id());
  EXPECT_EQ(now.changes(0).person_before(), "people/head-of-kz");
  EXPECT_EQ(now.changes(0).to_place(), 4);
  const auto other = GetAs(secretary_, Order::KIND_SPEAKING);
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_EQ(other->changes(0).person_before(), "");
  EXPECT_EQ(other->changes(0).person_now(), "people/deputy-of-kz");
  Session kept = Stored();
  kept.set_state(Session::STATE_CONFIRMED);
  EXPECT_EQ(kept.orders(0).places(3).person(), "people/head-of-kz");
  Redact(secretary_, kept);
  EXPECT_EQ(kept.orders(0).places(3).person(), "") << "nor by the session";
}

TEST_F(Orders, WhoeverIsNamedHeadHasThePlaceThatWasLockedForTheDelegation) {
  ASSERT_TRUE(
      Arrange(Order::KIND_SPEAKING, {By(PrecedenceRule::CRITERION_SENIORITY), Alphabet("en")})
          .ok());
  ASSERT_TRUE(Lock(Order::KIND_SPEAKING, true).ok());
  v1::Person veteran;
  veteran.set_name("people/head-of-uz");
  veteran.set_city("cities/uz");
  veteran.set_in_office_since_date("1999-01-01");
  store_.Put(veteran);
  const v1::Delegation uz = Name("uz", {{Seat::ROLE_HEAD, "head-of-uz"}});
  const OrderAnswer now = Get(Order::KIND_SPEAKING);
  EXPECT_EQ(now.order().places(9).person(), "people/head-of-uz");
  EXPECT_EQ(now.order().places(9).seat(), uz.seats(0).id());
  EXPECT_TRUE(now.order().places(8).before_next().kept_by_lock());
  ASSERT_EQ(now.changes_size(), 1);
  EXPECT_EQ(now.changes(0).kind(), OrderChange::KIND_SUBSTITUTED);
  EXPECT_EQ(now.changes(0).reason().ground(), OrderReason::GROUND_SENIORITY);
}

TEST_F(Orders, ALockedOrderStandsUntilItIsUnlockedAndThenItsRulesDecideAgain) {
  ASSERT_TRUE(
      Arrange(Order::KIND_SCREEN, {By(PrecedenceRule::CRITERION_RANK), Alphabet("en")}).ok());
  const auto locked = Lock(Order::KIND_SCREEN, true);
  ASSERT_TRUE(locked.ok() && locked->order().locked()) << locked.status();
  EXPECT_EQ(locked->screen_row_size(), 10);
  const auto refused = Arrange(Order::KIND_SCREEN, {Alphabet("ru")});
  EXPECT_EQ(DetailOf(refused.status()).reason, "ORDER_LOCKED");
  EXPECT_EQ(DetailOf(refused.status()).metadata.at("kind"), "KIND_SCREEN");
  EXPECT_TRUE(Arrange(Order::KIND_SPEAKING, {}).ok()) << "another order is not";
  ASSERT_TRUE(Rank({{"uz", 1}}, {}).ok());
  EXPECT_EQ(Cities(Get(Order::KIND_SCREEN)).back(), "uz");
  const auto unlocked = Lock(Order::KIND_SCREEN, false);
  ASSERT_TRUE(unlocked.ok()) << unlocked.status();
  EXPECT_EQ(Cities(*unlocked)[1], "uz");
  EXPECT_FALSE(unlocked->order().locked());
  EXPECT_EQ(unlocked->changes(0).kind(), OrderChange::KIND_MOVED);
  EXPECT_EQ(unlocked->changes(0).reason().ground(), OrderReason::GROUND_RANK);
  EXPECT_THAT(Get(Order::KIND_SCREEN).changes(), IsEmpty());
  EXPECT_TRUE(Arrange(Order::KIND_SCREEN, {Alphabet("ru")}).ok());
}

TEST_F(Orders, WhatIsLockedIsWhatWasShown) {
  ASSERT_TRUE(
      Arrange(Order::KIND_SPEAKING, {By(PrecedenceRule::CRITERION_RANK), Alphabet("en")}).ok());
  ASSERT_TRUE(Rank({{"uz", 1}}, {}).ok());
  const OrderAnswer shown = Get(Order::KIND_SPEAKING);
  EXPECT_EQ(Cities(shown)[0], "uz");
  EXPECT_EQ(Cities(*Lock(Order::KIND_SPEAKING, true)), Cities(shown));
  EXPECT_EQ(Cities(Get(Order::KIND_SPEAKING)), Cities(shown));
}

TEST_F(Orders, AreNotKeptWhenOnlyShown) {
  v1::ArrangeOrderRequest request;
  request.set_name(session_.name());
  request.set_kind(Order::KIND_SCREEN);
  request.set_validate_only(true);
  const auto shown = Call<OrderAnswer>("PrecedenceService.ArrangeOrder", request);
  ASSERT_TRUE(shown.ok()) << shown.status();
  EXPECT_EQ(shown->order().places_size(), 10);
  EXPECT_EQ(DetailOf(GetAs(officer_, Order::KIND_SCREEN).status()).reason, "RESOURCE_NOT_FOUND");
  EXPECT_EQ(DetailOf(Lock(Order::KIND_SCREEN, true).status()).reason, "RESOURCE_NOT_FOUND");
}

TEST_F(Orders, AreNotShownOfAMaskedSession) {
  ASSERT_TRUE(Arrange(Order::KIND_SCREEN, {}).ok());
  EXPECT_EQ(DetailOf(GetAs(auditor_, Order::KIND_SCREEN).status()).reason, "RESOURCE_NOT_FOUND");
  EXPECT_TRUE(GetAs(officer_, Order::KIND_SCREEN).ok());
}

}  // namespace
}  // namespace neshast
