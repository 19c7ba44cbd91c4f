// A library as a few cities would have filled it, and searches of it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "neshast/v1/city.pb.h"
#include "neshast/v1/practice.pb.h"
#include "neshast/v1/search_service.pb.h"
#include "policy_callers.h"
#include "search/search.h"
#include "temporary_store.h"

namespace neshast {

using Texts = std::map<std::string, std::string>;

inline v1::LocalizedText Localized(const Texts& texts) {
  v1::LocalizedText localized;
  localized.mutable_texts()->insert(texts.begin(), texts.end());
  return localized;
}

class SearchFixture : public testing::Test {
 protected:
  void PutCity(const std::string& id, const Texts& names) {
    v1::City city;
    city.set_name("cities/" + id);
    *city.mutable_display_name() = Localized(names);
    store_.Put(city);
  }
  void PutTopic(const std::string& id, const Texts& names) {
    v1::Topic topic;
    topic.set_name("topics/" + id);
    *topic.mutable_display_name() = Localized(names);
    store_.Put(topic);
  }
  // What Xi'an did against the epidemic, as it wrote it down.
  static v1::Practice Kitchens() {
    v1::Practice practice;
    practice.set_name("practices/xian-kitchens");
    *practice.mutable_title() =
        Localized({{"zh", "社区食堂为老人送餐"},
                   {"fa", "آشپزخانه‌های محله برای سالمندان"},
                   {"en", "Neighbourhood kitchens for the old"}});
    (*practice.mutable_summary()->mutable_texts())["en"] =
        "Volunteers cooked for 12,000 people over 70 during the closure.";
    (*practice.mutable_summary()->mutable_texts())["zh"] =
        "疫情期间，志愿者为一万二千名七十岁以上老人做饭。";
    practice.set_city("cities/xian");
    practice.add_topics("topics/epidemics");
    practice.set_visibility(v1::VISIBILITY_PUBLIC);
    practice.set_begin_date("2020-02-01");
    practice.set_end_date("2020-05-01");
    return practice;
  }
  void Fill() {
    PutCity("xian", {{"en", "Xi'an"}, {"zh", "西安"}, {"es", "Xi’an"}, {"fa", "شی‌آن"}});
    PutCity("florence", {{"en", "Florence"}, {"it", "Firenze"}, {"es", "Florencia"}});
    PutTopic("epidemics", {{"en", "Epidemics"}, {"es", "Epidemias"}, {"zh", "疫情"}});
    PutTopic("water", {{"en", "Water"}, {"es", "Agua"}, {"it", "L'acqua"}});
    store_.Put(Kitchens());
    v1::Practice wells = Kitchens();
    wells.set_name("practices/florence-wells");
    wells.set_city("cities/florence");
    *wells.mutable_title() = Localized({{"it", "Pozzi di quartiere"}, {"en", "Public wells"}});
    wells.clear_summary();
    *wells.mutable_topics(0) = "topics/water";
    wells.set_begin_date("2021-01-01");
    wells.clear_end_date();
    store_.Put(wells);
  }

  absl::StatusOr<v1::SearchResponse> Try(const Caller& caller, const v1::SearchRequest& request) {
    return store_.Call<v1::SearchResponse>(SearchMethods(), "neshast.v1.SearchService.Search",
                                           caller, request);
  }
  v1::SearchResponse Search(const Caller& caller, const v1::SearchRequest& request) {
    const auto response = Try(caller, request);
    EXPECT_EQ(absl::OkStatus(), response.status()) << request.query();
    return response.ok() ? *response : v1::SearchResponse();
  }
  static v1::SearchRequest Asking(const std::string& query) {
    v1::SearchRequest request;
    request.set_query(query);
    return request;
  }
  static std::vector<std::string> NamesIn(const v1::SearchResponse& response) {
    std::vector<std::string> names;
    for (const v1::SearchResult& result : response.results()) names.push_back(result.name());
    return names;
  }
  // Practices, as a secretary finds them.
  std::vector<std::string> Found(const std::string& query) {
    v1::SearchRequest request = Asking(query);
    request.add_kinds(v1::SEARCH_KIND_PRACTICE);
    return NamesIn(Search(CallerOf("PS"), request));
  }

  TemporaryStore store_;
};

}  // namespace neshast
