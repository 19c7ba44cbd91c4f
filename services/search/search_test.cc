#include "search/search.h"

#include "errors.h"
#include "search_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr char kKitchens[] = "practices/xian-kitchens";
constexpr char kWells[] = "practices/florence-wells";

TEST_F(SearchFixture, APracticeIsFoundInEveryLanguageItWasWrittenIn) {
  Fill();
  for (const char* query : {"kitchens", "KITCHENS volunteers", "社区食堂", "老人送餐", "社區食堂",
                            "آشپزخانه های سالمندان", "اشپزخانه‌هاي محله", "12,000",
                            "kitch*", "\"neighbourhood kitchens\"", "七十岁"}) {
    EXPECT_THAT(Found(query), ElementsAre(kKitchens)) << query;
  }
}

TEST_F(SearchFixture, APracticeIsFoundInALanguageItWasNotWrittenInByItsTopicAndCity) {
  Fill();
  for (const char* query :
       {"epidemias", "epidemias Xi'an", "la epidemia*", "epidemias kitchens", "西安疫情"}) {
    EXPECT_THAT(Found(query), ElementsAre(kKitchens)) << query;
  }
  EXPECT_THAT(Found("agua"), ElementsAre(kWells));
  EXPECT_THAT(Found("acqua Florencia"), ElementsAre(kWells));
  EXPECT_THAT(Found("agua Xi'an"), IsEmpty());
}

TEST_F(SearchFixture, ThePhraseOfOneTextDoesNotReachIntoTheNext) {
  Fill();
  EXPECT_THAT(Found("\"for the old volunteers\""), IsEmpty());
  EXPECT_THAT(Found("\"12,000 people\""), ElementsAre(kKitchens));
}

TEST_F(SearchFixture, ResultsAreFilteredByKindCityTopicDateAndLanguage) {
  Fill();
  v1::SearchRequest request = Asking("epidemics");
  EXPECT_THAT(NamesIn(Search(CallerOf("PS"), request)),
              UnorderedElementsAre("topics/epidemics", kKitchens));
  request.add_kinds(v1::SEARCH_KIND_TOPIC);
  EXPECT_THAT(NamesIn(Search(CallerOf("PS"), request)), ElementsAre("topics/epidemics"));
  const auto with = [&](auto&& change) {
    v1::SearchRequest changed = Asking("kitchens");
    change(changed);
    return Search(CallerOf("PS"), changed).total_size();
  };
  EXPECT_EQ(1, with([](auto& r) { r.add_cities("cities/xian"); }));
  EXPECT_EQ(0, with([](auto& r) { r.add_cities("cities/florence"); }));
  EXPECT_EQ(1, with([](auto& r) { r.add_topics("topics/epidemics"); }));
  EXPECT_EQ(0, with([](auto& r) { r.add_topics("topics/water"); }));
  EXPECT_EQ(1, with([](auto& r) { r.set_language("fa"); }));
  EXPECT_EQ(0, with([](auto& r) { r.set_language("it"); }));
  EXPECT_EQ(1, with([](auto& r) { r.set_from_date("2020-05-01"); }));
  EXPECT_EQ(0, with([](auto& r) { r.set_from_date("2020-05-02"); }));
  EXPECT_EQ(0, with([](auto& r) { r.set_until_date("2020-02-01"); }));
  EXPECT_EQ(1, with([](auto& r) { r.set_until_date("2020-02-02"); }));
}

TEST_F(SearchFixture, FacetsCountAllPagesMostFirst) {
  Fill();
  v1::SearchRequest request = Asking("Xi'an");
  request.set_page_size(1);
  const v1::SearchResponse response = Search(CallerOf("PS"), request);
  EXPECT_EQ(2, response.total_size());
  std::vector<std::string> told;
  for (const v1::SearchFacet& facet : response.facets()) {
    told.push_back(absl::StrCat(facet.value(), " ", facet.count()));
  }
  EXPECT_THAT(told, ElementsAre("SEARCH_KIND_CITY 1", "SEARCH_KIND_PRACTICE 1", "cities/xian 2",
                                "topics/epidemics 1", "en 2", "fa 2", "zh 2", "es 1"));
  request.set_page_token(response.next_page_token());
  const v1::SearchResponse next = Search(CallerOf("PS"), request);
  EXPECT_THAT(next.next_page_token(), IsEmpty());
  EXPECT_NE(NamesIn(response), NamesIn(next));
  request.set_query("Florence");
  EXPECT_EQ("INVALID_PAGE_TOKEN", DetailOf(Try(CallerOf("PS"), request).status()).reason);
}

TEST_F(SearchFixture, WhatCannotBeSearchedForIsRefusedInASentence) {
  Fill();
  for (const std::string& query : {std::string("\""), std::string("* * *"), std::string("a*"),
                                   std::string(10000, '*'), std::string(1000, '"')}) {
    const absl::Status refused = Try(CallerOf("PS"), Asking(query)).status();
    EXPECT_EQ("INVALID_FIELD", DetailOf(refused).reason) << query;
    EXPECT_EQ("query", DetailOf(refused).violations.at(0).field);
  }
}

TEST_F(SearchFixture, AChangedTitleIsFoundByItsNewWordsOnly) {
  Fill();
  v1::Practice practice = Kitchens();
  *practice.mutable_title() = Localized({{"en", "Meals on wheels"}});
  practice.clear_summary();
  store_.Put(practice);
  EXPECT_THAT(Found("kitchens"), IsEmpty());
  EXPECT_THAT(Found("wheels"), ElementsAre(kKitchens));
  store_.Delete(kKitchens);
  EXPECT_THAT(Found("wheels"), IsEmpty());
}

TEST_F(SearchFixture, TheSnippetMarksTheWordsWhereTheyStand) {
  Fill();
  const auto marked = [&](const std::string& query, const std::string& language) {
    v1::SearchRequest request = Asking(query);
    request.add_kinds(v1::SEARCH_KIND_PRACTICE);
    request.set_language(language);
    const v1::SearchResponse response = Search(CallerOf("PS"), request);
    if (response.results_size() != 1) return std::string("?");
    const v1::Snippet& snippet = response.results(0).snippet();
    std::string told = absl::StrCat(snippet.language(), " ", snippet.text());
    for (const v1::TextRange& range : snippet.highlights()) {
      absl::StrAppend(&told, " ", range.begin(), "-", range.end());
    }
    return told;
  };
  EXPECT_EQ("en Neighbourhood kitchens for the old 14-22", marked("kitchens", ""));
  EXPECT_EQ("zh 疫情期间，志愿者为一万二千名七十岁以上老人做饭。 6-8", marked("愿者", ""));
  EXPECT_EQ("fa آشپزخانه‌های محله برای سالمندان 0-12",
            marked("آشپزخانه های", "fa"));
}

}  // namespace
}  // namespace neshast
