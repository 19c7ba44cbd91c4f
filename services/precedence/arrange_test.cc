// Who comes before whom, and the reason for each two neighbours.

#include "precedence/arrange.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "precedence/delegations.h"

namespace neshast::precedence {
namespace {

using Names = std::vector<std::string>;
using date::local_days;
using date::year;

local_days Day(int y, unsigned m, unsigned d) {
  return local_days(year(y) / date::month(m) / date::day(d));
}

// Dakar, Florence, Havana and the host, Isfahan.
std::vector<Party> FourCities() {
  std::vector<Party> cities = Named("en", {"Havana", "Isfahan", "Dakar", "Florence"});
  PartyIn(cities, "Isfahan").is_host = true;
  return cities;
}

Names Parties(const std::vector<Party>& parties, const RuleSet& rules) {
  return PartiesIn(Arranged(OrderKind::kSpeaking, parties, rules).places);
}

TEST(Arrange, HeadsSpeakBeforeExpertsAndDelegationsKeepTheirOwnLists) {
  std::vector<Party> cities = Named("en", {"Lahore", "Dakar"});
  PartyIn(cities, "Lahore").seats = {
      {"doctor", Role::kExpert, ""}, {"engineer", Role::kExpert, ""}, {"mayor", Role::kHead, ""}};
  PartyIn(cities, "Dakar").seats = {{"mayor", Role::kHead, ""}, {"jurist", Role::kExpert, ""}};
  const Order order = Arranged(OrderKind::kSpeaking, cities, StandardRules("en"));
  EXPECT_EQ(SeatsIn(order.places), (Names{"Dakar/mayor", "Lahore/mayor", "Dakar/jurist",
                                          "Lahore/doctor", "Lahore/engineer"}));
  EXPECT_EQ(order.places[0].before_next,
            (Reason{Ground::kAlphabet, NameInAlphabet{"en", "Dakar", "en"},
                    NameInAlphabet{"en", "Lahore", "en"}}));
  EXPECT_EQ(order.places[1].before_next, (Reason{Ground::kRole, Role::kHead, Role::kExpert}));
  EXPECT_EQ(order.places[3].before_next, (Reason{Ground::kDelegationList, int64_t{1}, int64_t{2}}));
  EXPECT_EQ(order.places[4].before_next, std::nullopt);
}

TEST(Arrange, TheFirstCriterionThatTellsThemApartDecides) {
  std::vector<Party> cities = FourCities();
  PartyIn(cities, "Dakar").rank = 2;
  PartyIn(cities, "Florence").rank = 1;
  PartyIn(cities, "Havana").rank = 2;
  PartyIn(cities, "Dakar").notified_on = Day(2026, 11, 3);
  PartyIn(cities, "Havana").notified_on = Day(2026, 11, 2);
  const Order order =
      Arranged(OrderKind::kSpeaking, cities, {ByRank{}, ByNotification{}, ByAlphabet{"en"}});
  EXPECT_EQ(PartiesIn(order.places), (Names{"Florence", "Havana", "Dakar", "Isfahan"}));
  EXPECT_EQ(order.places[0].before_next, (Reason{Ground::kRank, int64_t{1}, int64_t{2}}));
  EXPECT_EQ(order.places[1].before_next,
            (Reason{Ground::kNotification, Day(2026, 11, 2), Day(2026, 11, 3)}));
  // Without a rank, after all that have one.
  EXPECT_EQ(order.places[2].before_next, (Reason{Ground::kRank, int64_t{2}, Value()}));
}

TEST(Arrange, LongerInOfficeComesFirst) {
  std::vector<Party> cities = FourCities();
  PartyIn(cities, "Isfahan").in_office_since = Day(2017, 8, 28);
  PartyIn(cities, "Florence").in_office_since = Day(2019, 5, 27);
  const Order order = Arranged(OrderKind::kSpeaking, cities, {BySeniority{}, ByAlphabet{"en"}});
  EXPECT_EQ(PartiesIn(order.places), (Names{"Isfahan", "Florence", "Dakar", "Havana"}));
  EXPECT_EQ(order.places[0].before_next,
            (Reason{Ground::kSeniority, Day(2017, 8, 28), Day(2019, 5, 27)}));
}

TEST(Arrange, TheHostIsFirstOrLastAsTheRuleSays) {
  const Reason host_first{Ground::kHost, int64_t{1}, int64_t{0}};
  const Reason host_last{Ground::kHost, int64_t{0}, int64_t{1}};
  Order order = Arranged(OrderKind::kSpeaking, FourCities(), {ByHost{}, ByAlphabet{"en"}});
  EXPECT_EQ(PartiesIn(order.places), (Names{"Isfahan", "Dakar", "Florence", "Havana"}));
  EXPECT_EQ(order.places[0].before_next, host_first);
  order =
      Arranged(OrderKind::kSpeaking, FourCities(), {ByHost{ByHost::End::kLast}, ByAlphabet{"en"}});
  EXPECT_EQ(PartiesIn(order.places), (Names{"Dakar", "Florence", "Havana", "Isfahan"}));
  EXPECT_EQ(order.places[2].before_next, host_last);
}

TEST(Arrange, RotationBeginsOnePartyLaterInEachSession) {
  const std::vector<Names> sessions = {{"Dakar", "Florence", "Havana", "Isfahan"},
                                       {"Florence", "Havana", "Isfahan", "Dakar"},
                                       {"Havana", "Isfahan", "Dakar", "Florence"},
                                       {"Isfahan", "Dakar", "Florence", "Havana"},
                                       {"Dakar", "Florence", "Havana", "Isfahan"}};
  for (int session = 1; session <= 5; ++session) {
    EXPECT_EQ(Parties(FourCities(), {ByRotation{session}, ByAlphabet{"en"}}),
              sessions[session - 1]);
  }
  const Order third =
      Arranged(OrderKind::kSpeaking, FourCities(), {ByRotation{3}, ByAlphabet{"en"}});
  EXPECT_EQ(third.places[0].before_next->ground, Ground::kAlphabet);
  // Isfahan is the fourth of the alphabet, Dakar the first: here the circle closes.
  EXPECT_EQ(third.places[1].before_next, (Reason{Ground::kRotation, int64_t{4}, int64_t{1}}));
}

TEST(Arrange, TurnsAreTakenOnlyAmongThoseThatEarlierRulesLeaveEqual) {
  const RuleSet rules = {ByHost{}, ByRotation{2}, ByAlphabet{"en"}};
  EXPECT_EQ(Parties(FourCities(), rules), (Names{"Isfahan", "Florence", "Havana", "Dakar"}));
}

TEST(Arrange, WhoeverIsAlikeInEverythingComesById) {
  const std::vector<Party> cities = {PartyOf("b", {{"en", "Cordoba"}}),
                                     PartyOf("a", {{"en", "Cordoba"}})};
  const Order order = Arranged(OrderKind::kSpeaking, cities, StandardRules("en"));
  EXPECT_EQ(PartiesIn(order.places), (Names{"a", "b"}));
  EXPECT_EQ(order.places[0].before_next,
            (Reason{Ground::kPartyId, std::string("a"), std::string("b")}));
  EXPECT_EQ(Parties(cities, {}), (Names{"a", "b"}));
}

TEST(Arrange, AnotherAlphabetDecidesWhereTheFirstDoesNot) {
  const std::vector<Party> cities = {PartyOf("a", {{"en", "Cordoba"}, {"es", "Córdoba la Llana"}}),
                                     PartyOf("b", {{"en", "Cordoba"}, {"es", "Córdoba"}})};
  EXPECT_EQ(Parties(cities, {ByAlphabet{"en"}, ByAlphabet{"es"}}), (Names{"b", "a"}));
}

TEST(Arrange, DoesNotDependOnHowThePartiesComeIn) {
  const RuleSet rules = {ByHost{}, ByRotation{7}, ByAlphabet{"fa"}};
  std::vector<Party> members = EcoMembers();
  const Order order = Arranged(OrderKind::kSpeaking, members, rules);
  for (size_t turn = 1; turn < members.size(); ++turn) {
    std::rotate(members.begin(), members.begin() + 1, members.end());
    EXPECT_EQ(Arranged(OrderKind::kSpeaking, members, rules).places, order.places);
  }
}

TEST(Arrange, OnTheScreenAndUnderADocumentAPartyHasOnePlaceHeldByItsHead) {
  std::vector<Party> cities = FourCities();
  PartyIn(cities, "Dakar").seats = {{"jurist", Role::kExpert, ""}, {"mayor", Role::kHead, ""}};
  PartyIn(cities, "Havana").seats = {{"press", Role::kObserver, ""}, {"desk", Role::kAdviser, ""}};
  EXPECT_EQ(SeatsIn(Arranged(OrderKind::kSignature, cities, StandardRules("en")).places),
            (Names{"Dakar/mayor", "Florence/head", "Havana/press", "Isfahan/head"}));
}

TEST(Arrange, OnTheScreenTheHostIsFirstWhateverTheRulesSay) {
  for (const RuleSet& rules :
       {RuleSet{ByAlphabet{"en"}}, RuleSet{ByHost{ByHost::End::kLast}, ByAlphabet{"en"}}}) {
    const Order order = Arranged(OrderKind::kScreen, FourCities(), rules);
    EXPECT_EQ(PartiesIn(order.places), (Names{"Isfahan", "Dakar", "Florence", "Havana"}));
    EXPECT_EQ(order.places[0].before_next, (Reason{Ground::kHost, int64_t{1}, int64_t{0}}));
    EXPECT_EQ(order.rules, rules);
  }
}

TEST(Arrange, NobodyStandsNowhere) {
  EXPECT_TRUE(Arranged(OrderKind::kSpeaking, {}, StandardRules("fa")).places.empty());
}

}  // namespace
}  // namespace neshast::precedence
