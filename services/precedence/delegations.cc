#include "precedence/delegations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace neshast::precedence {

Party PartyOf(const std::string& id, std::map<std::string, std::string> names) {
  Party party;
  party.id = id;
  party.names = std::move(names);
  party.seats = {{"head", Role::kHead, absl::StrCat("person of ", id)}};
  return party;
}

std::vector<Party> EcoMembers() {
  const auto member = [](const char* id, const char* en, const char* fa, const char* ru,
                         const char* tr) {
    return PartyOf(id, {{"en", en}, {"fa", fa}, {"ru", ru}, {"tr", tr}});
  };
  std::vector<Party> members = {
      member("UZ", "Uzbekistan", "ازبکستان", "Узбекистан", "Özbekistan"),
      member("TM", "Turkmenistan", "ترکمنستان", "Туркменистан", "Türkmenistan"),
      member("IR", "Iran", "ایران", "Иран", "İran"),
      member("AF", "Afghanistan", "افغانستان", "Афганистан", "Afganistan"),
      member("TR", "Türkiye", "ترکیه", "Турция", "Türkiye"),
      member("KZ", "Kazakhstan", "قزاقستان", "Казахстан", "Kazakistan"),
      member("AZ", "Azerbaijan", "آذربایجان", "Азербайджан", "Azerbaycan"),
      member("PK", "Pakistan", "پاکستان", "Пакистан", "Pakistan"),
      member("KG", "Kyrgyzstan", "قرقیزستان", "Кыргызстан", "Kırgızistan"),
      member("TJ", "Tajikistan", "تاجیکستان", "Таджикистан", "Tacikistan"),
  };
  PartyIn(members, "IR").is_host = true;
  return members;
}

std::vector<Party> SisterCities() {
  const auto city = [](const char* id, const char* en, const char* zh) {
    return PartyOf(id, {{"en", en}, {"zh", zh}});
  };
  std::vector<Party> cities = {
      city("isfahan", "Isfahan", "伊斯法罕"),
      city("xian", "Xi'an", "西安"),
      city("kuala-lumpur", "Kuala Lumpur", "吉隆坡"),
      city("florence", "Florence", "佛罗伦萨"),
      city("iasi", "Iași", "雅西"),
      city("barcelona", "Barcelona", "巴塞罗那"),
      city("yerevan", "Yerevan", "埃里温"),
      city("kuwait", "Kuwait City", "科威特城"),
      city("freiburg", "Freiburg im Breisgau", "弗赖堡"),
      city("havana", "Havana", "哈瓦那"),
      city("lahore", "Lahore", "拉合尔"),
      city("st-petersburg", "St Petersburg", "圣彼得堡"),
      city("dakar", "Dakar", "达喀尔"),
      city("baalbek", "Baalbek", "巴勒贝克"),
  };
  PartyIn(cities, "isfahan").is_host = true;
  return cities;
}

std::vector<Party> Named(const std::string& language, const std::vector<std::string>& names) {
  std::vector<Party> parties;
  for (const std::string& name : names) parties.push_back(PartyOf(name, {{language, name}}));
  return parties;
}

Party& PartyIn(std::vector<Party>& parties, const std::string& id) {
  return *std::find_if(parties.begin(), parties.end(),
                       [&](const Party& party) { return party.id == id; });
}

Order Arranged(OrderKind kind, const std::vector<Party>& parties, const RuleSet& rules) {
  auto order = Arrange(kind, parties, rules);
  EXPECT_TRUE(order.ok()) << order.status();
  return order.ok() ? *std::move(order) : Order{};
}

std::vector<std::string> PartiesIn(const std::vector<Place>& places) {
  std::vector<std::string> parties;
  for (const Place& place : places) parties.push_back(place.party);
  return parties;
}

std::vector<std::string> SeatsIn(const std::vector<Place>& places) {
  std::vector<std::string> seats;
  for (const Place& place : places) seats.push_back(absl::StrCat(place.party, "/", place.seat));
  return seats;
}

}  // namespace neshast::precedence
