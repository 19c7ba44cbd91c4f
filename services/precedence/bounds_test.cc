// What is refused, with every bad field at once.

#include "precedence/bounds.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "precedence/delegations.h"

namespace neshast::precedence {
namespace {

std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailOf(status).violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

using Fields = std::vector<std::string>;

TEST(Bounds, NameEveryBadFieldOfThePartiesAtOnce) {
  std::vector<Party> parties = Named("en", {"Dakar", "Dakar", "Havana", "Lahore", "Yerevan"});
  parties[0].is_host = parties[2].is_host = true;
  parties[2].names.clear();
  parties[2].rank = 0;
  parties[3].names["fa"] = "  ";
  parties[3].original_language = "ur";
  parties[3].seats = {{"mayor", Role::kHead, ""}, {"mayor", Role::kHead, ""}};
  parties[4].id.clear();
  parties[4].seats.clear();
  const auto order = Arrange(OrderKind::kSpeaking, parties, StandardRules("en"));
  EXPECT_EQ(order.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(DetailOf(order.status()).reason, "OUT_OF_BOUNDS");
  EXPECT_EQ(FieldsOf(order.status()),
            (Fields{"parties[1].id", "parties[2].rank", "parties[2].names", "parties[3].names",
                    "parties[3].original_language", "parties[3].seats", "parties[3].seats[1].id",
                    "parties[4].id", "parties[4].seats", "parties"}));
}

TEST(Bounds, NameEveryBadRuleAtOnce) {
  const RuleSet rules = {ByRotation{0},  ByLots{""},       ByAlphabet{"qq"}, ByRank{},
                         ByAlphabet{""}, ByAlphabet{"fa"}, ByRank{}};
  EXPECT_EQ(FieldsOf(Arrange(OrderKind::kSpeaking, EcoMembers(), rules).status()),
            (Fields{"rules[0].session_number", "rules[1].seed", "rules[2].language",
                    "rules[4].language", "rules[6].kind"}));
}

TEST(Bounds, AreTwoHundredPartiesAndTwoThousandSeats) {
  std::vector<std::string> ids;
  for (int i = 0; i < 200; ++i) ids.push_back(absl::StrCat("city ", i));
  std::vector<Party> parties = Named("en", ids);
  for (Party& party : parties) {
    for (int i = 1; i < 10; ++i) party.seats.push_back({absl::StrCat(i), Role::kExpert, ""});
  }
  EXPECT_EQ(Arranged(OrderKind::kSpeaking, parties, StandardRules("zh")).places.size(), 2000u);
  parties[0].seats.push_back({"one more", Role::kExpert, ""});
  EXPECT_EQ(FieldsOf(CheckBounds(parties, {})), Fields{"parties"});
  parties.push_back(PartyOf("one more", {{"en", "Zagreb"}}));
  EXPECT_EQ(FieldsOf(CheckBounds(parties, {})), Fields{"parties"});
  EXPECT_EQ(FieldsOf(CheckBounds({}, RuleSet(11, ByAlphabet{"en"}))), Fields{"rules"});
}

TEST(Bounds, KnowALanguageByItsTagWithAtMostACollationOfItsOwn) {
  for (const char* tag : {"fa", "fa-AF", "tg", "ur", "uz-Cyrl", "ckb", "zh-Hant-TW",
                          "zh-u-co-pinyin", "zh-u-co-stroke", "de-u-co-phonebk"}) {
    EXPECT_TRUE(CheckBounds({}, StandardRules(tag)).ok()) << tag;
  }
  for (const char* tag :
       {"", "und", "xq", "persian", "fa_IR", "fa-!", "fa-u-co-stroke", "zh-u-co-alphabet",
        "zh-u-co-stroke-kn", "fa-u-ks-level1", "en-x-office"}) {
    EXPECT_EQ(FieldsOf(CheckBounds({}, StandardRules(tag))), Fields{"rules[0].language"}) << tag;
  }
}

}  // namespace
}  // namespace neshast::precedence
