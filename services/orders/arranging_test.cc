#include "orders/orders_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(Orders, StandByTheAlphabetOfTheSessionsFirstLanguageUnlessRulesAreGiven) {
  const auto persian = Arrange(Order::KIND_SPEAKING, {});
  ASSERT_TRUE(persian.ok()) << persian.status();
  EXPECT_THAT(Cities(*persian),
              ElementsAre("az", "uz", "af", "ir", "pk", "tj", "tm", "tr", "kg", "kz"));
  EXPECT_EQ(persian->order().criteria(0).language(), "fa");
  EXPECT_THAT(Cities(*Arrange(Order::KIND_SPEAKING, {Alphabet("en")})),
              ElementsAre("af", "az", "ir", "kz", "kg", "pk", "tj", "tr", "tm", "uz"));
  const auto russian = Arrange(Order::KIND_SPEAKING, {Alphabet("ru")});
  EXPECT_THAT(Cities(*russian),
              ElementsAre("az", "af", "ir", "kz", "kg", "pk", "tj", "tm", "tr", "uz"));
  const OrderReason& reason = russian->order().places(0).before_next();
  EXPECT_EQ(reason.ground(), OrderReason::GROUND_ALPHABET);
  EXPECT_EQ(reason.first(), "Азербайджан");
  EXPECT_EQ(reason.second(), "Афганистан");
  EXPECT_EQ(reason.first_language(), "ru");
  EXPECT_FALSE(russian->order().places(9).has_before_next());
}

TEST_F(Orders, PutTheHostFirstWhereTheRulesSaySoAndOnTheScreenAlways) {
  const auto first =
      Arrange(Order::KIND_SPEAKING, {By(PrecedenceRule::CRITERION_HOST_FIRST), Alphabet("en")});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(Cities(*first)[0], "ir");
  EXPECT_EQ(first->order().places(0).before_next().ground(), OrderReason::GROUND_HOST);
  EXPECT_EQ(Cities(*Arrange(Order::KIND_SPEAKING,
                            {By(PrecedenceRule::CRITERION_HOST_LAST), Alphabet("en")}))[9],
            "ir");
  const auto screen = Arrange(Order::KIND_SCREEN, {Alphabet("en")});
  EXPECT_THAT(screen->screen_row(),
              ElementsAre("cities/uz", "cities/tr", "cities/pk", "cities/kz", "cities/af",
                          "cities/ir", "cities/az", "cities/kg", "cities/tj", "cities/tm"));
}

TEST_F(Orders, GoByRankNotificationAndTimeInOfficeAsTheOfficerWroteThem) {
  const auto ranked = Rank({{"uz", 1}, {"tm", 2}}, {{"tr", "2026-10-01"}, {"kz", "2026-09-01"}});
  ASSERT_TRUE(ranked.ok()) << ranked.status();
  v1::Person head;
  head.set_name("people/head-of-pk");
  head.set_city("cities/pk");
  head.set_in_office_since_date("2019-05-01");
  store_.Put(head);
  Name("pk", {{Seat::ROLE_HEAD, "head-of-pk"}});
  const auto order =
      Arrange(Order::KIND_SIGNATURE,
              {By(PrecedenceRule::CRITERION_RANK), By(PrecedenceRule::CRITERION_NOTIFICATION),
               By(PrecedenceRule::CRITERION_SENIORITY), Alphabet("en")});
  ASSERT_TRUE(order.ok()) << order.status();
  EXPECT_THAT(Cities(*order),
              ElementsAre("uz", "tm", "kz", "tr", "pk", "af", "az", "ir", "kg", "tj"));
  const auto reason = [&](int i) { return order->order().places(i).before_next(); };
  EXPECT_EQ(reason(0).first() + "<" + reason(0).second(), "1<2");
  EXPECT_EQ(reason(2).first() + "<" + reason(2).second(), "2026-09-01<2026-10-01");
  EXPECT_EQ(reason(4).first() + "<" + reason(4).second(), "2019-05-01<");
}

TEST_F(Orders, RefuseEveryRuleThatLacksWhatItGoesBy) {
  const auto incomplete =
      Arrange(Order::KIND_SPEAKING,
              {By(PrecedenceRule::CRITERION_ALPHABET), By(PrecedenceRule::CRITERION_RANK),
               By(PrecedenceRule::CRITERION_ROTATION), By(PrecedenceRule::CRITERION_LOTS)});
  EXPECT_EQ(DetailOf(incomplete.status()).reason, "INVALID_FIELD");
  EXPECT_THAT(
      Fields(incomplete.status()),
      ElementsAre("criteria[0].language", "criteria[2].session_number", "criteria[3].seed"));
  const auto unknown = Arrange(
      Order::KIND_SPEAKING,
      {Alphabet("qq"), By(PrecedenceRule::CRITERION_RANK), By(PrecedenceRule::CRITERION_RANK)});
  EXPECT_EQ(DetailOf(unknown.status()).reason, "OUT_OF_BOUNDS");
  EXPECT_THAT(Fields(unknown.status()),
              ElementsAre("criteria[0].language", "criteria[2].criterion"));
}

TEST_F(Orders, LetHeadsSpeakFirstAndGiveInterpretersNoPlace) {
  const v1::Delegation kz = Name("kz", {{Seat::ROLE_INTERPRETER, "interpreter-of-kz"},
                                        {Seat::ROLE_ADVISER, "deputy-of-kz"},
                                        {Seat::ROLE_HEAD, "head-of-kz"}});
  const auto order = Arrange(Order::KIND_SPEAKING, {Alphabet("en")});
  ASSERT_TRUE(order.ok()) << order.status();
  ASSERT_EQ(order->order().places_size(), 11);
  const v1::OrderPlace& head = order->order().places(3);
  EXPECT_EQ(head.person(), "people/head-of-kz");
  EXPECT_EQ(head.seat(), kz.seats(2).id());
  EXPECT_EQ(order->order().places(0).seat(), "") << "nobody is named";
  EXPECT_EQ(order->order().places(10).person(), "people/deputy-of-kz");
  const OrderReason& reason = order->order().places(9).before_next();
  EXPECT_EQ(reason.ground(), OrderReason::GROUND_ROLE);
  EXPECT_EQ(reason.second(), "ROLE_ADVISER");
}

TEST_F(Orders, EachOfTwoIsFirstInTheCopyThatItKeeps) {
  session_ = Booked({"ir", "kz"});
  const auto order = Arrange(Order::KIND_SIGNATURE, {});
  ASSERT_TRUE(order.ok()) << order.status();
  ASSERT_EQ(order->copies_size(), 2);
  EXPECT_EQ(order->copies(0).keeper(), "cities/ir");
  EXPECT_THAT(order->copies(0).cities(), ElementsAre("cities/ir", "cities/kz"));
  EXPECT_EQ(order->copies(1).keeper(), "cities/kz");
  EXPECT_THAT(order->copies(1).cities(), ElementsAre("cities/kz", "cities/ir"));
  EXPECT_THAT(order->screen_row(), IsEmpty());
}

TEST_F(Orders, AreArrangedOnlyWhileTheSessionStandsAndIsAsTheCallerReadIt) {
  v1::ArrangeOrderRequest stale;
  stale.set_name(session_.name());
  stale.set_kind(Order::KIND_SCREEN);
  stale.set_etag("r0");
  EXPECT_EQ(DetailOf(Call<OrderAnswer>("PrecedenceService.ArrangeOrder", stale).status()).reason,
            "ETAG_MISMATCH");
  v1::CancelSessionRequest cancel;
  cancel.set_name(session_.name());
  ASSERT_TRUE(Call<Session>("SessionService.CancelSession", cancel).ok());
  EXPECT_EQ(DetailOf(Arrange(Order::KIND_SCREEN, {}).status()).reason, "WRONG_STATE");
}

}  // namespace
}  // namespace neshast
