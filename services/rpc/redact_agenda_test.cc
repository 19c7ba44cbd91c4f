#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "neshast/v1/session_service.pb.h"
#include "policy_callers.h"
#include "rpc/policy.h"

namespace neshast {
namespace {

// A confirmed session of Isfahan with Xi'an, in which every kind of item and paper stands: "a"
// open, "b" closed with the open "c" under it, "d" proposed by Xi'an and "e" by Havana; the caller
// leads "c". The run stands at "c".
v1::Session SessionWithAgenda() {
  v1::Session session;
  const bool read = google::protobuf::TextFormat::ParseFromString(R"(
    name: "sessions/s" host: "cities/isfahan" state: STATE_CONFIRMED
    delegations { city: "cities/isfahan" } delegations { city: "cities/xian" }
    interpreters: "people/mayor-of-xian"
    agenda {
      etag: "e" agreements { city: "cities/xian" } budgets { city: "cities/xian" }
      items { name: "a" openness: OPENNESS_OPEN state: STATE_ACCEPTED etag: "e" remark: "r"
              title { texts { key: "en" value: "Welcome" } }
              vacancies { person: "people/x" city: "cities/xian" }
              vacancies { person: "people/h" city: "cities/havana" } }
      items { name: "b" openness: OPENNESS_CLOSED state: STATE_ACCEPTED }
      items { name: "c" openness: OPENNESS_OPEN state: STATE_ACCEPTED parent_item: "b"
              speakers { person: "people/mayor-of-xian" } }
      items { name: "d" openness: OPENNESS_OPEN state: STATE_PROPOSED proposed_by: "cities/xian" }
      items { name: "e" openness: OPENNESS_OPEN state: STATE_REFUSED proposed_by: "cities/havana" }
      run { current_item: "c" turn { person: "people/x" } requests { person: "people/x" }
            items { item: "c" } items { item: "b" } }
    })",
                                                                  &session);
  EXPECT_TRUE(read);
  for (v1::AgendaItem& item : *session.mutable_agenda()->mutable_items()) {
    for (const char* city : {"cities/isfahan", "cities/xian", "cities/havana"}) {
      for (int visibility = 1; visibility <= 4; ++visibility) {
        v1::Paper& paper = *item.add_papers();
        paper.set_name(std::string(1, city[7]) + std::to_string(visibility));
        paper.set_city(city);
        paper.set_host("cities/isfahan");
        paper.set_item(item.name());
        paper.set_visibility(static_cast<v1::Paper::Visibility>(visibility));
      }
    }
  }
  return session;
}

std::string ItemsOf(const v1::Session& session) {
  std::string names;
  for (const v1::AgendaItem& item : session.agenda().items()) names += item.name();
  return names;
}

// "i1 x2": those of the first item shown, by their city's letter and their visibility, 1 own city,
// 2 host, 3 parties, 4 observers.
std::string PapersOf(const v1::Session& session) {
  std::string names;
  if (session.agenda().items().empty()) return names;
  for (const v1::Paper& paper : session.agenda().items(0).papers()) {
    absl::StrAppend(&names, names.empty() ? "" : " ", paper.name());
  }
  return names;
}

struct AgendaCase {
  const char* role;
  const char* items;
  const char* papers;
  bool has_etag;
  const char* current_item;
};

TEST(RedactAgenda, ShowsEveryRoleTheItemsAndPapersThatAreForIt) {
  const char all[] = "i3 i4 x3 x4 h3 h4";
  const AgendaCase kCases[] = {
      {"HO", "abcde", "i1 i2 i3 i4 x2 x3 x4 h2 h3 h4", true, "c"},
      {"HA", "", "", false, ""},
      {"PS", "abcd", "i3 i4 x1 x2 x3 x4 h3 h4", true, "c"},
      {"D", "abc", "i3 i4 x1 x2 x3 x4 h3 h4", true, "c"},
      {"IN", "abc", all, true, "c"},
      {"EX", "c", all, false, "c"},
      {"OB", "a", "i4 x4 h4", false, ""},
      {"SY", "", "", false, ""},
      {"AU", "", "", false, ""},
      {"none", "", "", false, ""},
  };
  for (const AgendaCase& each : kCases) {
    v1::Session session = SessionWithAgenda();
    Redact(CallerOf(each.role), session);
    EXPECT_EQ(ItemsOf(session), each.items) << each.role;
    EXPECT_EQ(PapersOf(session), each.papers) << each.role;
    EXPECT_EQ(!session.agenda().etag().empty(), each.has_etag) << each.role;
    EXPECT_EQ(session.agenda().run().current_item(), each.current_item) << each.role;
  }
}

TEST(RedactAgenda, ShowsAnObserverTheTitleAndNothingElse) {
  v1::Session session = SessionWithAgenda();
  Redact(CallerOf("OB"), session);
  session.mutable_agenda()->mutable_items(0)->clear_papers();
  EXPECT_EQ(R"(items { name: "a" title { texts { key: "en" value: "Welcome" } } )"
            R"(openness: OPENNESS_OPEN state: STATE_ACCEPTED })",
            session.agenda().ShortDebugString());
}

TEST(RedactAgenda, ShowsAnExpertTheFloorWhereItLeadsTheItem) {
  v1::Session session = SessionWithAgenda();
  Redact(CallerOf("EX"), session);
  EXPECT_EQ(session.agenda().run().items_size(), 1);
  EXPECT_EQ(session.agenda().run().requests_size(), 1);
  session = SessionWithAgenda();
  session.mutable_agenda()->mutable_run()->set_current_item("a");
  Redact(CallerOf("EX"), session);
  EXPECT_EQ(session.agenda().run().requests_size(), 0);
  EXPECT_FALSE(session.agenda().run().has_turn());
}

TEST(RedactAgenda, ShowsWhoIsMissingToTheHostAndToTheCity) {
  for (const auto& [role, vacancies] :
       {std::pair("HO", 2), std::pair("PS", 1), std::pair("D", 0), std::pair("IN", 0)}) {
    v1::Session session = SessionWithAgenda();
    Redact(CallerOf(role), session);
    EXPECT_EQ(session.agenda().items(0).vacancies_size(), vacancies) << role;
  }
}

TEST(MaySeePaper, IsNotForAPaperWhoseItemIsGone) {
  v1::Session session = SessionWithAgenda();
  v1::Paper paper = session.agenda().items(0).papers(3);
  EXPECT_TRUE(MaySeePaper(CallerOf("HO"), session, paper));
  paper.set_item("gone");
  EXPECT_FALSE(MaySeePaper(CallerOf("HO"), session, paper));
}

}  // namespace
}  // namespace neshast
