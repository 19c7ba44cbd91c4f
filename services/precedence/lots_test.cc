// Lots: the same for ever, and fair.

#include "precedence/lots.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "precedence/delegations.h"

namespace neshast::precedence {
namespace {

TEST(Lots, AreThoseOfSha256sum) {
  // printf '%s\n%s' 'Isfahan 1399-06-12' cities/xian | sha256sum
  EXPECT_EQ(LotOf("Isfahan 1399-06-12", "cities/xian"),
            "26e3d1c15042e404fc7d9892f2d70bc92664160ede92bb699aae182b2a0ed022");
}

TEST(Lots, OfASeedNeverChange) {
  // By the same command for each code, sorted.
  const Order order = Arranged(OrderKind::kSpeaking, EcoMembers(), {ByLots{"Isfahan 1399-06-12"}});
  EXPECT_EQ(PartiesIn(order.places),
            (std::vector<std::string>{"IR", "KZ", "TM", "UZ", "PK", "TR", "KG", "AF", "TJ", "AZ"}));
  EXPECT_EQ(order.places[0].before_next->ground, Ground::kLots);
  EXPECT_EQ(order.places[0].before_next->first,
            Value(LotOf("Isfahan 1399-06-12", order.places[0].party)));
}

TEST(Lots, OfThoseWhoStayDoNotChangeWhenOneLeaves) {
  std::vector<Party> members = EcoMembers();
  auto all = PartiesIn(Arranged(OrderKind::kSpeaking, members, {ByLots{"seed"}}).places);
  std::erase_if(members, [](const Party& party) { return party.id == "PK"; });
  std::erase(all, "PK");
  EXPECT_EQ(PartiesIn(Arranged(OrderKind::kSpeaking, members, {ByLots{"seed"}}).places), all);
}

// Five parties in 10,000 drawings: each in each place 2,000 times but for chance. Each drawing
// fills every place, hence the factor (Anderson 1959, "Use of contingency tables in the analysis of
// consumer preference studies"); of 16 degrees of freedom, one in a thousand is beyond 39.25.
TEST(Lots, GiveEveryPartyEveryPlaceAlike) {
  constexpr int kDrawings = 10'000;
  constexpr int kParties = 5;
  const std::array<std::string, kParties> ids = {"AF", "AZ", "IR", "KG", "KZ"};
  int count[kParties][kParties] = {};
  for (int drawing = 0; drawing < kDrawings; ++drawing) {
    std::array<std::string, kParties> lots;
    for (int i = 0; i < kParties; ++i) lots[i] = LotOf(absl::StrCat("drawing ", drawing), ids[i]);
    for (int i = 0; i < kParties; ++i) {
      int place = 0;
      for (const std::string& other : lots) place += other < lots[i] ? 1 : 0;
      ++count[i][place];
    }
  }
  constexpr double kExpected = static_cast<double>(kDrawings) / kParties;
  double chi_square = 0;
  for (const auto& row : count) {
    for (const int times : row) {
      chi_square += (times - kExpected) * (times - kExpected) / kExpected;
    }
  }
  EXPECT_LT(chi_square * (kParties - 1) / kParties, 39.25);
}

}  // namespace
}  // namespace neshast::precedence
