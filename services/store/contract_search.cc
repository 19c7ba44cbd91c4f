// Searches: what is found, by whom, in which order, and that nothing is left of what went.
#include "store/contract_search.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "store/search.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

TEST_P(SearchContract, FindsWhatHoldsEveryWordBestFirst) {
  Add("one", "crisis medicine");
  Add("two", "crisis crisis medicine");
  Add("three", "crisis diplomacy");
  EXPECT_THAT(Names("crisis"), ElementsAre("sessions/two", "sessions/three", "sessions/one"));
  EXPECT_THAT(Names("crisis medicine"), ElementsAre("sessions/two", "sessions/one"));
  EXPECT_THAT(Names("crisis water"), IsEmpty());
  EXPECT_THAT(Names(""), IsEmpty());
}

TEST_P(SearchContract, WeighsARareWordMoreThanACommonOne) {
  for (int i = 0; i < 20; ++i) Add(absl::StrCat("common-", i), "crisis");
  Add("rare-twice", "crisis water water");
  Add("common-twice", "crisis crisis water");
  EXPECT_THAT(Names("crisis water"), ElementsAre("sessions/rare-twice", "sessions/common-twice"));
}

TEST_P(SearchContract, TakesAPhraseABeginningAndOneOfSeveral) {
  Add("one", "field hospital beds in the field");
  Add("two", "hospital field beds");
  Add("three", "hospitals");
  EXPECT_THAT(Names("field_hospital"), ElementsAre("sessions/one"));
  EXPECT_THAT(Names("the_field"), ElementsAre("sessions/one"));
  EXPECT_THAT(Names("hospital*"),
              UnorderedElementsAre("sessions/one", "sessions/two", "sessions/three"));
  EXPECT_THAT(Names("hospital_fie*"), ElementsAre("sessions/two"));
  EXPECT_THAT(Names("hospitals|the_field"), UnorderedElementsAre("sessions/one", "sessions/three"));
  EXPECT_THAT(Names("*"), UnorderedElementsAre("sessions/one", "sessions/two", "sessions/three"));
}

TEST_P(SearchContract, CountsByLabelAndFiltersByThem) {
  Add("one", "crisis", {.city = "cities/xian"});
  Add("two", "crisis", {.city = "cities/havana"});
  Add("three", "crisis", {.city = "cities/havana"});
  SearchQuery query = Query("crisis");
  EXPECT_EQ(3, Find(query).total);
  EXPECT_THAT(Find(query).counts, ElementsAre(Pair("city:cities/havana", 2),
                                              Pair("city:cities/xian", 1), Pair("kind:1", 3)));
  query.labels = {{"city:cities/havana", "city:cities/lahore"}, {"kind:1"}};
  EXPECT_EQ(2, Find(query).total);
  EXPECT_THAT(Find(query).counts, ElementsAre(Pair("city:cities/havana", 2), Pair("kind:1", 2)));
  query.labels = {{"city:cities/havana"}, {"kind:2"}};
  EXPECT_EQ(0, Find(query).total);
  EXPECT_THAT(Find(query).counts, IsEmpty());
}

TEST_P(SearchContract, PagesByOffset) {
  for (int i = 0; i < 5; ++i) Add(absl::StrCat("s", i), "crisis");
  SearchQuery query = Query("crisis");
  query.limit = 2;
  std::vector<std::string> names;
  for (query.offset = 0; query.offset < 8; query.offset += 2) {
    const SearchAnswer answer = Find(query);
    EXPECT_EQ(5, answer.total);
    names.insert(names.end(), answer.names.begin(), answer.names.end());
  }
  EXPECT_THAT(names, ElementsAre("sessions/s4", "sessions/s3", "sessions/s2", "sessions/s1",
                                 "sessions/s0"));
}

TEST_P(SearchContract, SelectsWhatOverlapsTheDates) {
  Add("first", "crisis", {.date = "2026-12-01"});
  Add("last", "crisis", {.date = "2026-12-31"});
  Add("always", "crisis", {.date = ""});
  const auto found = [&](const std::string& from, const std::string& until) {
    SearchQuery query = Query("crisis");
    query.from = from;
    query.until = until;
    return Find(query).names;
  };
  EXPECT_THAT(found("2026-12-31", ""), ElementsAre("sessions/always", "sessions/last"));
  EXPECT_THAT(found("", "2026-12-31"), ElementsAre("sessions/always", "sessions/first"));
  EXPECT_THAT(found("2027-01-01", "2027-02-01"), ElementsAre("sessions/always"));
}

TEST_P(SearchContract, WhatAReaderMayNotSeeMovesNothing) {
  const Plan hidden{.city = "cities/havana", .state = v1::Session::STATE_DRAFT};
  Add("one", "crisis water water");
  Add("two", "crisis crisis water");
  const auto before = Find(Query("crisis water"));
  for (int i = 0; i < 20; ++i) Add(absl::StrCat("hidden-", i), "crisis canary", hidden);
  const auto after = Find(Query("crisis water"));
  EXPECT_EQ(before.names, after.names);
  EXPECT_EQ(before.total, after.total);
  EXPECT_EQ(before.counts, after.counts);
  EXPECT_EQ(0, Find(Query("canary")).total);
  EXPECT_EQ(0, Find(Query("can*")).total);
  EXPECT_EQ(0, Find(Query("crisis_canary")).total);
  EXPECT_THAT(Find(Query("canary")).counts, IsEmpty());
  EXPECT_EQ(20, Find(Query("canary", {"public", "cities/havana"})).total);
  EXPECT_EQ(0, Find(Query("crisis", {})).total);
}

TEST_P(SearchContract, AChangeReplacesTheWordsAndADeletionRemovesThem) {
  Add("one", "crisis medicine");
  Add("one", "crisis diplomacy", {.city = "cities/havana"});
  EXPECT_THAT(Names("medicine"), IsEmpty());
  EXPECT_THAT(Names("diplomacy"), ElementsAre("sessions/one"));
  EXPECT_THAT(Find(Query("crisis")).counts,
              ElementsAre(Pair("city:cities/havana", 1), Pair("kind:1", 1)));
  Add("one", "crisis diplomacy", {.state = v1::Session::STATE_CANCELLED});
  EXPECT_THAT(Names("diplomacy"), IsEmpty());
  Add("one", "crisis diplomacy");
  EXPECT_THAT(Names("diplomacy"), ElementsAre("sessions/one"));
  ASSERT_EQ(absl::OkStatus(), Remove("sessions/one"));
  EXPECT_THAT(Names("crisis"), IsEmpty());
}

TEST_P(SearchContract, AWriteSeesItsOwnWordsAndOneThatFailsLeavesNone) {
  EXPECT_EQ(absl::AbortedError("no"), Do([&](Transaction& tx) -> absl::Status {
              RETURN_IF_ERROR(tx.PutMessage(Titled("one", "crisis", Plan())).status());
              ASSIGN_OR_RETURN(const SearchAnswer seen, tx.Search(Query("crisis")));
              EXPECT_THAT(seen.names, ElementsAre("sessions/one"));
              return absl::AbortedError("no");
            }));
  EXPECT_EQ(0, Find(Query("crisis")).total);
}

TEST_P(SearchContract, IsKeptWhenTheStoreIsOpenedAgain) {
  Add("one", "crisis");
  Reopen();
  EXPECT_THAT(Names("crisis"), ElementsAre("sessions/one"));
}

TEST_P(SearchContract, BearsWhatIsNoWord) {
  Add("one", "crisis");
  const std::string odd[] = {"\"",   "'; DROP TABLE posting; --", std::string("a\0b", 3), "%",
                             "\xff", std::string(100000, 'x')};
  for (const std::string& text : odd) {
    SearchQuery query{.terms = {{{{text, false, 0}}}}, .readers = {"public"}};
    EXPECT_EQ(0, Find(query).total) << text.substr(0, 40);
    query.terms[0][0][0].beginning = true;
    EXPECT_EQ(0, Find(query).total) << text.substr(0, 40);
  }
  EXPECT_EQ(1, Find(Query("crisis")).total);
}

TEST(PackPositions, ComeBackAsTheyWere) {
  for (const std::vector<int>& positions :
       {std::vector<int>{}, {0}, {0, 1, 127, 128, 300, 20000, 2000000000}}) {
    EXPECT_EQ(positions, UnpackPositions(PackPositions(positions)));
  }
  EXPECT_THAT(UnpackPositions("\xff\xff\xff\xff\xff\xff\xff"), IsEmpty());
}

}  // namespace
}  // namespace neshast
