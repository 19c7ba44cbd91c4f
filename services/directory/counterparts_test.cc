#include "directory/counterparts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "directory/directory.h"
#include "neshast/v1/access.pb.h"
#include "temporary_store.h"

namespace neshast {
namespace {

using v1::Counterpart;

absl::Time On(int year, int month, int day) {
  return absl::FromCivil(absl::CivilDay(year, month, day), absl::UTCTimeZone());
}

TEST(StandingOf, HoldsTwoOfficersWordsForTwelveMonthsWhileNothingChanges) {
  const Marks marks{"office@xian.example", "k1"};
  const absl::Time now = On(2026, 11, 24);
  const Word officer{"principals/officer", On(2026, 5, 1)};
  const Word administrator{"principals/administrator", On(2026, 6, 1)};
  const Word old{"principals/administrator", On(2025, 11, 24)};
  const struct {
    const char* what;
    std::vector<Word> words;
    std::optional<Marks> present;
    Counterpart::State state;
  } rows[] = {
      {"two", {officer, administrator}, marks, Counterpart::STATE_VERIFIED},
      {"nobody", {}, marks, Counterpart::STATE_UNVERIFIED},
      {"person gone", {officer, administrator}, std::nullopt, Counterpart::STATE_UNVERIFIED},
      {"one", {officer}, marks, Counterpart::STATE_ONE_OFFICER_ONLY},
      {"one twice", {officer, officer}, marks, Counterpart::STATE_ONE_OFFICER_ONLY},
      {"one of them a year ago", {old, officer}, marks, Counterpart::STATE_EXPIRED},
      {"one alone, a year ago", {old}, marks, Counterpart::STATE_EXPIRED},
      {"address",
       {officer, administrator},
       Marks{"office@xian.test", "k1"},
       Counterpart::STATE_ADDRESS_CHANGED},
      {"address gone",
       {officer, administrator},
       Marks{"", "k1"},
       Counterpart::STATE_ADDRESS_CHANGED},
      {"keys",
       {officer, administrator},
       Marks{"office@xian.example", "k2"},
       Counterpart::STATE_KEYS_CHANGED},
      {"keys gone",
       {officer, administrator},
       Marks{"office@xian.example", ""},
       Counterpart::STATE_KEYS_CHANGED},
      {"both, and old", {old, officer}, Marks{"", ""}, Counterpart::STATE_ADDRESS_CHANGED},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(row.state, StandingOf(row.words, marks, row.present, now).state) << row.what;
  }
  EXPECT_EQ(StandingOf({officer, administrator}, marks, marks, now).until, On(2027, 5, 1));
  const Word yesterday{"principals/administrator", On(2025, 11, 25)};
  EXPECT_EQ(StandingOf({yesterday, officer}, marks, marks, now).state, Counterpart::STATE_VERIFIED)
      << "the last day";
}

TEST(EndOf, IsTheSameHourOfTheNextYearAndAfterALeapDayTheFirstOfMarch) {
  EXPECT_EQ(EndOf(On(2026, 11, 24) + absl::Hours(9)), On(2027, 11, 24) + absl::Hours(9));
  EXPECT_EQ(EndOf(On(2028, 2, 29)), On(2029, 3, 1));
}

// Isfahan's officer and administrator, and Xi'an with its mayor; it is 2026-11-24.
class Counterparts : public testing::Test {
 protected:
  Counterparts() {
    officer_ = {"principals/officer", v1::ROLE_PROTOCOL_OFFICER, "cities/isfahan", "", {}, ""};
    administrator_ = officer_;
    administrator_.principal = "principals/administrator";
    administrator_.role = v1::ROLE_ADMINISTRATOR;
    for (const char* name : {"cities/isfahan", "cities/xian"}) {
      v1::City city;
      city.set_name(name);
      store_.Put(city);
    }
    AddPerson("mayor-of-xian", "mayor@xian.example");
    AddPerson("secretary-of-xian", "secretary@xian.example");
    AddPerson("mayor-of-isfahan", "mayor@isfahan.example", "isfahan");
  }

  void AddPerson(const std::string& id, const std::string& address,
                 const std::string& city = "xian") {
    v1::Person person;
    person.set_name("people/" + id);
    person.set_city("cities/" + city);
    person.set_mail_address(address);
    store_.Put(person);
  }

  void AddSecretary(const std::string& pin, v1::Role role = v1::ROLE_DELEGATION_SECRETARY) {
    v1::Principal principal;
    principal.set_name("principals/xian");
    principal.set_role(role);
    principal.set_city("cities/xian");
    principal.add_certificate_pins(pin);
    store_.Put(principal);
  }

  absl::StatusOr<v1::City> Vouch(const Caller& caller, const std::string& person = "mayor-of-xian",
                                 const std::string& city = "xian", bool validate_only = false) {
    v1::VouchForCounterpartRequest request;
    request.set_name("cities/" + city);
    request.set_person("people/" + person);
    request.set_method(v1::Vouching::METHOD_CALL_BACK);
    request.set_remark("The number of the consulate's list.");
    request.set_validate_only(validate_only);
    return store_.Call<v1::City>(methods_, "neshast.v1.DirectoryService.VouchForCounterpart",
                                 caller, request);
  }

  Counterpart Verified() {
    EXPECT_TRUE(Vouch(officer_).ok());
    const auto city = Vouch(administrator_);
    EXPECT_TRUE(city.ok()) << city.status();
    return city->counterpart();
  }

  Counterpart Now(const std::string& city = "xian") {
    v1::GetCityRequest request;
    request.set_name("cities/" + city);
    return store_
        .Call<v1::City>(methods_, "neshast.v1.DirectoryService.GetCity", officer_, request)
        ->counterpart();
  }

  TemporaryStore store_;
  std::vector<Method> methods_ = DirectoryMethods();
  Caller officer_;
  Caller administrator_;
};

TEST_F(Counterparts, AreVerifiedByTwoOfficersWhoAreKeptWithWhatTheyVouchedFor) {
  EXPECT_EQ(Now().state(), Counterpart::STATE_UNVERIFIED);
  const auto first = Vouch(officer_);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->counterpart().state(), Counterpart::STATE_ONE_OFFICER_ONLY);
  const auto second = Vouch(administrator_);
  ASSERT_TRUE(second.ok()) << second.status();
  const Counterpart& counterpart = second->counterpart();
  EXPECT_EQ(counterpart.state(), Counterpart::STATE_VERIFIED);
  EXPECT_EQ(counterpart.person(), "people/mayor-of-xian");
  EXPECT_EQ(counterpart.mail_address(), "mayor@xian.example");
  EXPECT_EQ(counterpart.expire_time().seconds(), absl::ToUnixSeconds(On(2027, 11, 24)));
  ASSERT_EQ(counterpart.vouchings_size(), 2);
  EXPECT_EQ(counterpart.vouchings(0).principal(), "principals/officer");
  EXPECT_EQ(counterpart.vouchings(1).principal(), "principals/administrator");
  EXPECT_EQ(counterpart.vouchings(1).vouch_time().seconds(), absl::ToUnixSeconds(store_.now));
  EXPECT_EQ(counterpart.vouchings(1).remark(), "The number of the consulate's list.");
  EXPECT_EQ(Now().state(), Counterpart::STATE_VERIFIED);
}

TEST_F(Counterparts, AreNotVerifiedByOneOfficerTwice) {
  ASSERT_TRUE(Vouch(officer_).ok());
  const auto again = Vouch(officer_);
  EXPECT_EQ(again.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(DetailOf(again.status()).reason, "SAME_OFFICER");
  EXPECT_EQ(DetailOf(again.status()).metadata.at("principal"), "principals/officer");
  EXPECT_EQ(Now().vouchings_size(), 1);
}

TEST_F(Counterparts, BeginAnewWithAnotherPersonOrAnotherAddress) {
  Verified();
  const auto another = Vouch(officer_, "secretary-of-xian");
  ASSERT_TRUE(another.ok()) << another.status();
  EXPECT_EQ(another->counterpart().state(), Counterpart::STATE_ONE_OFFICER_ONLY);
  EXPECT_TRUE(Vouch(administrator_, "secretary-of-xian").ok());
  AddPerson("secretary-of-xian", "secretary@xian.test");
  EXPECT_EQ(Now().state(), Counterpart::STATE_ADDRESS_CHANGED);
  const auto anew = Vouch(administrator_, "secretary-of-xian");
  ASSERT_TRUE(anew.ok()) << anew.status();
  EXPECT_EQ(anew->counterpart().state(), Counterpart::STATE_ONE_OFFICER_ONLY);
  EXPECT_EQ(anew->counterpart().mail_address(), "secretary@xian.test");
}

TEST_F(Counterparts, EndWhenTheKeysOfTheCitysSecretariesChangeAndNotWithOthers) {
  AddSecretary("aa");
  EXPECT_FALSE(Verified().pins_digest().empty());
  AddSecretary("bb");
  EXPECT_EQ(Now().state(), Counterpart::STATE_KEYS_CHANGED);
  Verified();
  AddSecretary("cc", v1::ROLE_SCRIPT);
  EXPECT_EQ(Now().state(), Counterpart::STATE_KEYS_CHANGED) << "the secretary's are gone";
  EXPECT_TRUE(Verified().pins_digest().empty()) << "a script's are no counterpart's";
}

TEST_F(Counterparts, EndWhenThePersonGoesOrIsOfAnotherCity) {
  Verified();
  AddPerson("mayor-of-xian", "mayor@xian.example", "isfahan");
  EXPECT_EQ(Now().state(), Counterpart::STATE_UNVERIFIED);
  store_.Delete("people/mayor-of-xian");
  EXPECT_EQ(Now().state(), Counterpart::STATE_UNVERIFIED);
}

TEST_F(Counterparts, ExpireAfterTwelveMonthsUnlessBothRenewTheirWord) {
  Verified();
  store_.now = On(2027, 10, 1);
  ASSERT_TRUE(Vouch(officer_).ok()) << "two stand: the own word is renewed";
  EXPECT_EQ(Now().vouchings_size(), 2);
  EXPECT_EQ(Now().expire_time().seconds(), absl::ToUnixSeconds(On(2027, 11, 24)));
  store_.now = On(2027, 11, 24);
  EXPECT_EQ(Now().state(), Counterpart::STATE_EXPIRED);
  const auto again = Vouch(officer_);
  EXPECT_EQ(DetailOf(again.status()).reason, "SAME_OFFICER") << "the other's word has ended";
  ASSERT_TRUE(Vouch(administrator_).ok());
  EXPECT_EQ(Now().state(), Counterpart::STATE_VERIFIED);
  EXPECT_EQ(Now().expire_time().seconds(), absl::ToUnixSeconds(On(2028, 10, 1)));
}

TEST_F(Counterparts, AreRefusedForTheOwnCityAndForSomebodyOfAnother) {
  const struct {
    const char* person;
    const char* city;
    const char* field;
  } rows[] = {{"mayor-of-isfahan", "isfahan", "name"}, {"mayor-of-isfahan", "xian", "person"}};
  for (const auto& row : rows) {
    const ErrorDetail detail = DetailOf(Vouch(officer_, row.person, row.city).status());
    EXPECT_EQ(detail.reason, "INVALID_FIELD") << row.field;
    EXPECT_EQ(detail.violations.at(0).field, row.field);
  }
  EXPECT_EQ(DetailOf(Vouch(officer_, "nobody").status()).reason, "REFERENCE_NOT_FOUND");
  EXPECT_EQ(Now("isfahan").state(), Counterpart::STATE_UNSPECIFIED) << "it needs none";
}

TEST_F(Counterparts, AreCheckedAndNotKeptInADryRun) {
  const auto dry = Vouch(officer_, "mayor-of-xian", "xian", true);
  ASSERT_TRUE(dry.ok()) << dry.status();
  EXPECT_EQ(dry->counterpart().state(), Counterpart::STATE_ONE_OFFICER_ONLY);
  EXPECT_EQ(Now().vouchings_size(), 0);
}

TEST_F(Counterparts, StayWhenTheCityIsChangedByOthersWhateverTheySend) {
  Verified();
  v1::UpdateCityRequest request;
  request.mutable_city()->set_name("cities/xian");
  request.mutable_city()->set_country("CN");
  request.mutable_city()->mutable_counterpart()->set_person("people/secretary-of-xian");
  request.mutable_update_mask()->add_paths("*");
  ASSERT_TRUE(
      store_.Call<v1::City>(methods_, "neshast.v1.DirectoryService.UpdateCity", officer_, request)
          .ok());
  EXPECT_EQ(Now().person(), "people/mayor-of-xian");
  EXPECT_EQ(Now().state(), Counterpart::STATE_VERIFIED);
}

}  // namespace
}  // namespace neshast
