#include "library/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "errors.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/library_service.pb.h"
#include "policy_callers.h"
#include "temporary_store.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::LocalizedText InEnglish(const std::string& text) {
  v1::LocalizedText localized;
  (*localized.mutable_texts())["en"] = text;
  return localized;
}

Caller Secretary(const std::string& city) {
  Caller caller = CallerOf("PS");
  caller.city = city;
  return caller;
}

class LibraryTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"cities/xian", "cities/isfahan", "cities/havana"}) {
      v1::City city;
      city.set_name(name);
      store_.Put(city);
    }
    v1::Topic topic;
    topic.set_name("topics/epidemics");
    store_.Put(topic);
    v1::Organization organization;
    organization.set_name("organizations/gardeners");
    organization.set_city("cities/xian");
    store_.Put(organization);
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const char* method, const Caller& caller, const Request& request) {
    return store_.Call<Response>(
        LibraryMethods(), absl::StrCat("neshast.v1.LibraryService.", method), caller, request);
  }

  absl::StatusOr<v1::Practice> Share(const std::string& id, v1::Visibility visibility,
                                     const Caller& caller = CallerOf("PS")) {
    v1::CreatePracticeRequest request;
    request.set_practice_id(id);
    request.mutable_practice()->set_city("cities/xian");
    request.mutable_practice()->set_visibility(visibility);
    *request.mutable_practice()->mutable_title() = InEnglish(id);
    request.mutable_practice()->add_topics("topics/epidemics");
    return Call<v1::Practice>("CreatePractice", caller, request);
  }

  std::vector<std::string> Listed(const Caller& caller, const v1::ListPracticesRequest& request) {
    std::vector<std::string> names;
    const auto page = Call<v1::ListPracticesResponse>("ListPractices", caller, request);
    EXPECT_EQ(absl::OkStatus(), page.status());
    for (const v1::Practice& practice : page->practices()) names.push_back(practice.name());
    return names;
  }

  absl::StatusOr<v1::Practice> TakeUp(const std::string& id, const std::string& city,
                                      const Caller& caller, const std::string& etag = "") {
    v1::RecordUptakeRequest request;
    request.set_name("practices/" + id);
    request.set_etag(etag);
    request.mutable_uptake()->set_city(city);
    request.mutable_uptake()->set_extent(v1::Uptake::EXTENT_PARTLY);
    request.mutable_uptake()->set_date("2027-03-01");
    return Call<v1::Practice>("RecordUptake", caller, request);
  }

  TemporaryStore store_;
};

std::string ReasonOf(const absl::Status& status) {
  return DetailOf(status).reason;
}

TEST_F(LibraryTest, APracticeNamesWhatExists) {
  v1::CreatePracticeRequest request;
  request.mutable_practice()->set_city("cities/xian");
  request.mutable_practice()->set_visibility(v1::VISIBILITY_PUBLIC);
  request.mutable_practice()->add_topics("topics/none");
  EXPECT_EQ("REFERENCE_NOT_FOUND",
            ReasonOf(Call<v1::Practice>("CreatePractice", CallerOf("PS"), request).status()));
}

TEST_F(LibraryTest, AListShowsTheNewestFirstOfWhatTheCallerMaySee) {
  ASSERT_TRUE(Share("first", v1::VISIBILITY_PUBLIC).ok());
  ASSERT_TRUE(Share("own", v1::VISIBILITY_PARTIES).ok());
  ASSERT_TRUE(Share("last", v1::VISIBILITY_PARTNERS).ok());
  EXPECT_THAT(Listed(Secretary("cities/xian"), {}),
              ElementsAre("practices/last", "practices/own", "practices/first"));
  EXPECT_THAT(Listed(Secretary("cities/havana"), {}),
              ElementsAre("practices/last", "practices/first"));
  EXPECT_THAT(Listed(CallerOf("OB"), {}), ElementsAre("practices/first"));
}

TEST_F(LibraryTest, PagesAndFiltersOfAListHoldOnlyWhatIsSeen) {
  for (const char* id : {"one1", "two2", "three3"}) {
    ASSERT_TRUE(Share(id, v1::VISIBILITY_PUBLIC).ok());
    ASSERT_TRUE(Share(absl::StrCat("hidden-", id), v1::VISIBILITY_PARTIES).ok());
  }
  v1::ListPracticesRequest request;
  request.set_page_size(2);
  const auto page =
      Call<v1::ListPracticesResponse>("ListPractices", Secretary("cities/havana"), request);
  EXPECT_EQ(2, page->practices_size());
  request.set_page_token(page->next_page_token());
  EXPECT_THAT(Listed(Secretary("cities/havana"), request), ElementsAre("practices/one1"));
  request.set_page_token("");
  request.set_page_size(0);
  request.set_city("cities/havana");
  EXPECT_THAT(Listed(Secretary("cities/havana"), request), IsEmpty());
  request.set_city("cities/xian");
  request.set_topic("topics/epidemics");
  EXPECT_EQ(3u, Listed(Secretary("cities/havana"), request).size());
}

TEST_F(LibraryTest, AnUptakeIsRecordedWithWhoAndWhen) {
  ASSERT_TRUE(Share("wells", v1::VISIBILITY_PARTNERS).ok());
  const auto taken = TakeUp("wells", "cities/havana", Secretary("cities/havana"));
  ASSERT_EQ(absl::OkStatus(), taken.status());
  EXPECT_EQ("principals/xian-PS", taken->uptakes(0).recorder());
  EXPECT_EQ(absl::ToUnixSeconds(store_.now), taken->uptakes(0).record_time().seconds());
  EXPECT_EQ("ACTION_FORBIDDEN",
            ReasonOf(TakeUp("wells", "cities/isfahan", Secretary("cities/havana")).status()));
  EXPECT_EQ("ETAG_MISMATCH",
            ReasonOf(TakeUp("wells", "cities/havana", Secretary("cities/havana"), "r1").status()));
}

TEST_F(LibraryTest, AnUptakeOfWhatIsNotSeenAnswersAsOfWhatIsNotThere) {
  ASSERT_TRUE(Share("own", v1::VISIBILITY_PARTIES).ok());
  for (const char* id : {"own", "none"}) {
    const absl::Status status =
        TakeUp(id, "cities/havana", Secretary("cities/havana"), "r1").status();
    EXPECT_EQ("RESOURCE_NOT_FOUND", ReasonOf(status));
    EXPECT_EQ(absl::StrCat("There is no practices/", id, "."), status.message());
  }
}

TEST_F(LibraryTest, APracticeCannotBeGivenAway) {
  ASSERT_TRUE(Share("wells", v1::VISIBILITY_PUBLIC).ok());
  v1::UpdatePracticeRequest request;
  request.mutable_practice()->set_name("practices/wells");
  request.mutable_practice()->set_city("cities/havana");
  EXPECT_EQ("ACTION_FORBIDDEN",
            ReasonOf(Call<v1::Practice>("UpdatePractice", CallerOf("PS"), request).status()));
}

TEST_F(LibraryTest, ATopicInUseStays) {
  ASSERT_TRUE(Share("wells", v1::VISIBILITY_PARTIES).ok());
  v1::DeleteTopicRequest request;
  request.set_name("topics/epidemics");
  const absl::Status status =
      Call<google::protobuf::Empty>("DeleteTopic", CallerOf("HO"), request).status();
  EXPECT_EQ("RESOURCE_IN_USE", ReasonOf(status));
  EXPECT_EQ("practices/-", DetailOf(status).metadata["referrer"]);
}

TEST_F(LibraryTest, AnInitiativeIsDecidedOnce) {
  v1::SubmitInitiativeRequest submit;
  submit.set_initiative_id("twin-gardens");
  submit.mutable_initiative()->set_city("cities/xian");
  submit.mutable_initiative()->set_state(v1::Initiative::STATE_PUBLISHED);
  ASSERT_EQ(v1::Initiative::STATE_SUBMITTED,
            Call<v1::Initiative>("SubmitInitiative", CallerOf("PS"), submit)->state());
  const auto become = [&](v1::Initiative::State state) {
    v1::ModerateInitiativeRequest request;
    request.set_name("initiatives/twin-gardens");
    request.set_state(state);
    return ReasonOf(Call<v1::Initiative>("ModerateInitiative", CallerOf("PS"), request).status());
  };
  v1::SupportInitiativeRequest support;
  support.set_name("initiatives/twin-gardens");
  support.set_organization("organizations/gardeners");
  const auto supported = [&] {
    return Call<v1::Initiative>("SupportInitiative", CallerOf("PS"), support);
  };
  EXPECT_EQ("WRONG_STATE", ReasonOf(supported().status()));
  EXPECT_EQ("WRONG_STATE", become(v1::Initiative::STATE_SUBMITTED));
  EXPECT_EQ("", become(v1::Initiative::STATE_ACCEPTED));
  EXPECT_EQ("WRONG_STATE", become(v1::Initiative::STATE_ACCEPTED));
  EXPECT_EQ("", become(v1::Initiative::STATE_PUBLISHED));
  EXPECT_EQ("WRONG_STATE", become(v1::Initiative::STATE_REFUSED));
  EXPECT_EQ(1, supported()->supporters_size());
  EXPECT_EQ(1, supported()->supporters_size());
}

}  // namespace
}  // namespace neshast
