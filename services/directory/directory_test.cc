#include "directory/directory.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "neshast/v1/directory_service.pb.h"
#include "temporary_store.h"

namespace neshast {
namespace {

using google::protobuf::Empty;

template <class T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

class Directory : public testing::Test {
 protected:
  Directory() {
    officer_.principal = "principals/officer";
    officer_.role = v1::ROLE_PROTOCOL_OFFICER;
    officer_.city = "cities/isfahan";
    secretary_.principal = "principals/secretary-of-xian";
    secretary_.role = v1::ROLE_DELEGATION_SECRETARY;
    secretary_.city = "cities/xian";
    for (const char* city : {"isfahan", "xian"}) EXPECT_TRUE(CreateCity(city).ok());
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const std::string& method, const Caller& caller,
                                const std::string& request) {
    return store_.Call<Response>(methods_, "neshast.v1.DirectoryService." + method, caller,
                                 Parse<Request>(request));
  }

  absl::StatusOr<v1::City> CreateCity(const std::string& id) {
    return Call<v1::City, v1::CreateCityRequest>(
        "CreateCity", officer_,
        absl::StrCat("city_id: '", id, "' city { country: 'IR' time_zone: 'Asia/Tehran' }"));
  }

  absl::StatusOr<v1::Person> CreatePerson(const Caller& caller, const std::string& id,
                                          const std::string& city) {
    return Call<v1::Person, v1::CreatePersonRequest>(
        "CreatePerson", caller,
        absl::StrCat("person_id: '", id, "' person { latin_name: 'Li Ming' city: 'cities/", city,
                     "' }"));
  }

  template <class T>
  static std::string ReasonOf(const absl::StatusOr<T>& answer) {
    return DetailOf(answer.status()).reason;
  }

  TemporaryStore store_;
  std::vector<Method> methods_ = DirectoryMethods();
  Caller officer_;
  Caller secretary_;
};

TEST_F(Directory, WhatIsCreatedIsFoundUnderItsNameAndOnlyOnce) {
  const auto xian = Call<v1::City, v1::GetCityRequest>("GetCity", officer_, "name: 'cities/xian'");
  ASSERT_TRUE(xian.ok()) << xian.status();
  EXPECT_EQ(xian->time_zone(), "Asia/Tehran");
  EXPECT_FALSE(xian->etag().empty());
  EXPECT_EQ(ReasonOf(CreateCity("xian")), "RESOURCE_EXISTS");
  EXPECT_EQ(
      ReasonOf(Call<v1::City, v1::GetCityRequest>("GetCity", officer_, "name: 'cities/lahore'")),
      "RESOURCE_NOT_FOUND");
}

TEST_F(Directory, AListContinuesWhereItsPageEnded) {
  const auto first =
      Call<v1::ListCitiesResponse, v1::ListCitiesRequest>("ListCities", officer_, "page_size: 1");
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->cities_size(), 1);
  EXPECT_EQ(first->cities(0).name(), "cities/isfahan");
  const auto second = Call<v1::ListCitiesResponse, v1::ListCitiesRequest>(
      "ListCities", officer_,
      absl::StrCat("page_size: 1 page_token: '", first->next_page_token(), "'"));
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->cities_size(), 1);
  EXPECT_EQ(second->cities(0).name(), "cities/xian");
  EXPECT_TRUE(second->next_page_token().empty());
}

TEST_F(Directory, PeopleAreListedByTheirCity) {
  ASSERT_TRUE(CreatePerson(officer_, "mayor-of-isfahan", "isfahan").ok());
  ASSERT_TRUE(CreatePerson(officer_, "mayor-of-xian", "xian").ok());
  const auto people = Call<v1::ListPeopleResponse, v1::ListPeopleRequest>("ListPeople", officer_,
                                                                          "city: 'cities/xian'");
  ASSERT_TRUE(people.ok()) << people.status();
  ASSERT_EQ(people->people_size(), 1);
  EXPECT_EQ(people->people(0).name(), "people/mayor-of-xian");
}

TEST_F(Directory, AnUpdateChangesWhatItsMaskNamesAndAStaleOneIsRefused) {
  const auto person = CreatePerson(officer_, "mayor-of-xian", "xian");
  ASSERT_TRUE(person.ok()) << person.status();
  const std::string change = absl::StrCat(
      "person { name: 'people/mayor-of-xian' etag: '", person->etag(),
      "' latin_name: 'Wang Fang' city: 'cities/isfahan' } update_mask { paths: 'latin_name' }");
  const auto updated = Call<v1::Person, v1::UpdatePersonRequest>("UpdatePerson", officer_, change);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->latin_name(), "Wang Fang");
  EXPECT_EQ(updated->city(), "cities/xian");
  EXPECT_EQ(ReasonOf(Call<v1::Person, v1::UpdatePersonRequest>("UpdatePerson", officer_, change)),
            "ETAG_MISMATCH");
}

TEST_F(Directory, AReferenceToNothingIsRefusedWithItsField) {
  const ErrorDetail detail = DetailOf(CreatePerson(officer_, "mayor", "lahore").status());
  EXPECT_EQ(detail.reason, "REFERENCE_NOT_FOUND");
  EXPECT_EQ(detail.metadata.at("field"), "person.city");
  EXPECT_EQ(detail.metadata.at("name"), "cities/lahore");
}

TEST_F(Directory, WhatOthersReferToStaysUntilTheyGo) {
  ASSERT_TRUE(CreatePerson(officer_, "mayor-of-xian", "xian").ok());
  const std::string city = "name: 'cities/xian'";
  const auto refused = Call<Empty, v1::DeleteCityRequest>("DeleteCity", officer_, city);
  EXPECT_EQ(ReasonOf(refused), "RESOURCE_IN_USE");
  EXPECT_EQ(DetailOf(refused.status()).metadata.at("referrer"), "people/mayor-of-xian");
  EXPECT_TRUE((Call<Empty, v1::DeletePersonRequest>("DeletePerson", officer_,
                                                    "name: 'people/mayor-of-xian'"))
                  .ok());
  EXPECT_TRUE((Call<Empty, v1::DeleteCityRequest>("DeleteCity", officer_, city)).ok());
}

TEST_F(Directory, ASecretaryNamesPeopleOfTheOwnCityOnlyAndGivesNobodyAway) {
  EXPECT_TRUE(CreatePerson(secretary_, "mayor-of-xian", "xian").ok());
  EXPECT_EQ(ReasonOf(CreatePerson(secretary_, "mayor-of-isfahan", "isfahan")), "ACTION_FORBIDDEN");
  EXPECT_EQ(ReasonOf(Call<v1::Person, v1::UpdatePersonRequest>(
                "UpdatePerson", secretary_,
                "person { name: 'people/mayor-of-xian' city: 'cities/isfahan' }")),
            "ACTION_FORBIDDEN");
}

}  // namespace
}  // namespace neshast
