// What becomes of an order when delegations change.

#include "precedence/recalculate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "precedence/delegations.h"

namespace neshast::precedence {
namespace {

using Names = std::vector<std::string>;

Order Lock(Order order) {
  order.locked = true;
  return order;
}

Recalculation Recalculated(const Order& order, const std::vector<Party>& parties) {
  auto recalculation = Recalculate(order, parties);
  EXPECT_TRUE(recalculation.ok()) << recalculation.status();
  return recalculation.ok() ? *std::move(recalculation) : Recalculation{};
}

// Ranks 1 to 4 in the order of the alphabet: Dakar, Florence, Havana, Lahore.
std::vector<Party> RankedCities() {
  std::vector<Party> cities = Named("en", {"Dakar", "Florence", "Havana", "Lahore"});
  for (size_t i = 0; i < cities.size(); ++i) cities[i].rank = static_cast<int>(i + 1);
  return cities;
}

const RuleSet kByRank = {ByRank{}, ByAlphabet{"en"}};

// The evening before, the vice-mayor of Dakar replaces its mayor.
std::vector<Party> WithTheViceMayorOfDakar() {
  std::vector<Party> cities = RankedCities();
  PartyIn(cities, "Dakar").rank = 3;
  PartyIn(cities, "Dakar").seats[0].person = "vice-mayor of Dakar";
  PartyIn(cities, "Havana").rank = 2;
  return cities;
}

TEST(Recalculate, ASubstituteInALockedOrderHasTheSeatAndThePlaceOfThePersonReplaced) {
  for (const OrderKind kind : {OrderKind::kSpeaking, OrderKind::kScreen, OrderKind::kSignature}) {
    const Order before = Lock(Arranged(kind, RankedCities(), kByRank));
    const Recalculation now = Recalculated(before, WithTheViceMayorOfDakar());
    EXPECT_TRUE(now.order.locked);
    EXPECT_EQ(SeatsIn(now.order.places), SeatsIn(before.places));
    EXPECT_EQ(now.order.places[0].person, "vice-mayor of Dakar");
    // Florence has rank 2 and would now go first.
    const Reason kept{Ground::kRank, int64_t{3}, int64_t{2}, true};
    EXPECT_EQ(now.order.places[0].before_next, kept);
    ASSERT_EQ(now.changes.size(), 1u);
    EXPECT_EQ(now.changes[0], (Change{ChangeKind::kSubstituted, "Dakar", "head", 1, 1,
                                      "person of Dakar", "vice-mayor of Dakar", 2, kept}));
  }
}

TEST(Recalculate, ASubstituteOfEqualStandingNeedsNoLock) {
  std::vector<Party> cities = RankedCities();
  const Order before = Arranged(OrderKind::kSpeaking, cities, kByRank);
  PartyIn(cities, "Havana").seats[0].person = "deputy";
  const Recalculation now = Recalculated(before, cities);
  EXPECT_EQ(SeatsIn(now.order.places), SeatsIn(before.places));
  EXPECT_EQ(now.changes, (std::vector<Change>{{ChangeKind::kSubstituted, "Havana", "head", 3, 3,
                                               "person of Havana", "deputy", 0, std::nullopt}}));
}

TEST(Recalculate, WithoutALockALowerSubstituteMovesDownAndTheReasonIsToldOnce) {
  const Order before = Arranged(OrderKind::kSpeaking, RankedCities(), kByRank);
  const Recalculation now = Recalculated(before, WithTheViceMayorOfDakar());
  EXPECT_EQ(PartiesIn(now.order.places), (Names{"Florence", "Havana", "Dakar", "Lahore"}));
  const std::string mayor = "person of Dakar";
  const std::string deputy = "vice-mayor of Dakar";
  EXPECT_EQ(now.changes,
            (std::vector<Change>{
                {ChangeKind::kMoved, "Florence", "head", 2, 1, "person of Florence",
                 "person of Florence", 0, std::nullopt},
                {ChangeKind::kMoved, "Havana", "head", 3, 2, "person of Havana", "person of Havana",
                 0, std::nullopt},
                {ChangeKind::kSubstituted, "Dakar", "head", 1, 3, mayor, deputy, 0, std::nullopt},
                {ChangeKind::kMoved, "Dakar", "head", 1, 3, mayor, deputy, 2,
                 Reason{Ground::kRank, int64_t{2}, int64_t{3}}}}));
}

TEST(Recalculate, WhoComesIsPutByTheRulesAndWhoGoesLeavesNoGap) {
  for (const bool locked : {false, true}) {
    std::vector<Party> cities = RankedCities();
    Order before = Arranged(OrderKind::kSpeaking, cities, StandardRules("en"));
    before.locked = locked;
    std::erase_if(cities, [](const Party& party) { return party.id == "Florence"; });
    cities.push_back(PartyOf("Kuwait", {{"en", "Kuwait City"}}));
    const Recalculation now = Recalculated(before, cities);
    EXPECT_EQ(PartiesIn(now.order.places), (Names{"Dakar", "Havana", "Kuwait", "Lahore"}));
    ASSERT_EQ(now.changes.size(), 3u);
    EXPECT_EQ(now.changes[0], (Change{ChangeKind::kWent, "Florence", "head", 2, 0,
                                      "person of Florence", "", 0, std::nullopt}));
    // Only because Florence went.
    EXPECT_EQ(now.changes[1], (Change{ChangeKind::kMoved, "Havana", "head", 3, 2,
                                      "person of Havana", "person of Havana", 0, std::nullopt}));
    EXPECT_EQ(now.changes[2],
              (Change{ChangeKind::kCame, "Kuwait", "head", 0, 3, "", "person of Kuwait", 4,
                      Reason{Ground::kAlphabet, NameInAlphabet{"en", "Kuwait City", "en"},
                             NameInAlphabet{"en", "Lahore", "en"}}}));
  }
}

TEST(Recalculate, ALockedOrderStaysAsTheHostMadeItKnown) {
  Order order = Lock(Arranged(OrderKind::kSpeaking, RankedCities(), {ByLots{"drawn"}}));
  order.rules = StandardRules("en");
  const Recalculation now = Recalculated(order, RankedCities());
  EXPECT_EQ(PartiesIn(now.order.places), PartiesIn(order.places));
  EXPECT_TRUE(now.changes.empty());
  EXPECT_TRUE(std::any_of(now.order.places.begin(), now.order.places.end(), [](const Place& each) {
    return each.before_next && each.before_next->kept_by_lock;
  }));
}

TEST(Recalculate, OnTheScreenAnotherSeatThatStandsForThePartyIsASubstitution) {
  std::vector<Party> cities = RankedCities();
  const Order before = Arranged(OrderKind::kScreen, cities, kByRank);
  PartyIn(cities, "Lahore").seats = {{"deputy", Role::kHead, "deputy mayor"}};
  EXPECT_EQ(Recalculated(before, cities).changes,
            (std::vector<Change>{{ChangeKind::kSubstituted, "Lahore", "deputy", 4, 4,
                                  "person of Lahore", "deputy mayor", 0, std::nullopt}}));
}

TEST(Recalculate, NothingChangesWhereNothingChanged) {
  for (const OrderKind kind : {OrderKind::kSpeaking, OrderKind::kScreen, OrderKind::kSignature}) {
    Order order = Arranged(kind, EcoMembers(), {ByRotation{4}, ByAlphabet{"ru"}});
    for (const bool locked : {false, true}) {
      order.locked = locked;
      const Recalculation now = Recalculated(order, EcoMembers());
      EXPECT_EQ(now.order.places, order.places);
      EXPECT_TRUE(now.changes.empty());
    }
  }
}

TEST(Recalculate, APlaceThatStandsTwiceIsRefused) {
  Order order = Arranged(OrderKind::kSpeaking, RankedCities(), kByRank);
  order.places.push_back(order.places[1]);
  const ErrorDetail detail = DetailOf(Recalculate(order, RankedCities()).status());
  EXPECT_EQ(detail.reason, "OUT_OF_BOUNDS");
  ASSERT_EQ(detail.violations.size(), 1u);
  EXPECT_EQ(detail.violations[0].field, "order.places[4]");
}

// Delegations that change at random, from one seed: some go, some come, ranks and people change.
std::vector<Party> Changed(std::vector<Party> parties, std::mt19937& random) {
  std::erase_if(parties, [&](const Party&) { return random() % 5 == 0; });
  for (Party& party : parties) {
    if (random() % 4 == 0) party.rank = static_cast<int>(random() % 6 + 1);
    if (random() % 4 == 0) party.seats[0].person = absl::StrCat("deputy of ", party.id);
  }
  for (int i = 0; i < 3; ++i) {
    const std::string id = absl::StrCat("newcomer ", i);
    parties.push_back(PartyOf(id, {{"en", absl::StrCat(random() % 100)}}));
  }
  return parties;
}

// The places as the changes tell them must be the places as they are.
TEST(Recalculate, TheChangesTellAllThatChangedAndALockMovesNobody) {
  std::mt19937 random(20200822);
  for (int round = 0; round < 300; ++round) {
    Order before = Arranged(OrderKind::kSpeaking, EcoMembers(), kByRank);
    before.locked = round % 2 == 0;
    const Recalculation now = Recalculated(before, Changed(EcoMembers(), random));
    std::vector<std::string> told = PartiesIn(before.places);
    std::set<std::string> settled;
    for (const Change& change : now.changes) {
      if (change.kind == ChangeKind::kWent) std::erase(told, change.party);
      if (change.kind == ChangeKind::kMoved && change.reason) {
        EXPECT_FALSE(before.locked);
        std::erase(told, change.party);
      }
    }
    for (const Change& change : now.changes) {
      const bool is_put =
          change.kind == ChangeKind::kCame || (change.kind == ChangeKind::kMoved && change.reason);
      if (!is_put) continue;
      told.insert(told.begin() + change.to - 1, change.party);
      EXPECT_TRUE(settled.insert(change.party).second);
    }
    EXPECT_EQ(told, PartiesIn(now.order.places));
  }
}

}  // namespace
}  // namespace neshast::precedence
