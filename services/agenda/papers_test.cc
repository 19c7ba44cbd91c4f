#include "agenda/agenda_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;

constexpr char kCanary[] = "canary-of-st-petersburg";

Paper Document(Paper::Visibility visibility, const std::string& content = kCanary) {
  Paper paper;
  (*paper.mutable_title()->mutable_texts())["ru"] = kCanary;
  paper.set_language("ru");
  paper.set_visibility(visibility);
  paper.set_media_type("application/pdf");
  paper.set_content(content);
  return paper;
}

Paper Link(const std::string& uri) {
  Paper paper = Document(Paper::VISIBILITY_PARTIES, "");
  paper.clear_media_type();
  paper.set_uri(uri);
  return paper;
}

class Papers : public Agendas {
 protected:
  Papers() { EXPECT_TRUE(Create("papers", 60, {"surgery"}).ok()); }

  absl::StatusOr<Paper> HandIn(const Caller& caller, const Paper& paper) {
    return On<Paper, v1::CreatePaperRequest>(caller, "CreatePaper",
                                             [&](v1::CreatePaperRequest& request) {
                                               request.set_item_id("papers");
                                               *request.mutable_paper() = paper;
                                             });
  }

  absl::StatusOr<Paper> Revise(const Caller& caller, const std::string& name, const Paper& paper) {
    return On<Paper, v1::RevisePaperRequest>(caller, "RevisePaper",
                                             [&](v1::RevisePaperRequest& request) {
                                               request.set_paper_id(IdOf(name));
                                               *request.mutable_paper() = paper;
                                             });
  }

  absl::StatusOr<AgendaAnswer> Remove(const Caller& caller, const std::string& name) {
    return On<AgendaAnswer, v1::RemovePaperRequest>(
        caller, "RemovePaper",
        [&](v1::RemovePaperRequest& request) { request.set_paper_id(IdOf(name)); });
  }

  absl::StatusOr<Paper> Read(const Caller& caller, const std::string& name) {
    return On<Paper, v1::GetPaperRequest>(caller, "GetPaper", [&](v1::GetPaperRequest& request) {
      request.set_paper_id(IdOf(name));
    });
  }

  // Whether each sees the paper, and its title in the agenda: the own secretary and delegate, the
  // host, an interpreter, the expert who leads the item, an observer, another expert.
  std::string Readers(const std::string& name) {
    const Caller other = CallerOf(v1::ROLE_EXPERT, "isfahan", "foreign");
    std::string readers;
    for (const Caller* caller :
         {&secretary_, &delegate_, &officer_, &interpreter_, &expert_, &observer_, &other}) {
      const auto paper = Read(*caller, name);
      const bool listed = Seen(*caller).ShortDebugString().find(kCanary) != std::string::npos;
      EXPECT_EQ(paper.ok(), listed) << caller->principal << " " << caller->role;
      EXPECT_EQ(ReasonOf(paper.status()), paper.ok() ? "" : "RESOURCE_NOT_FOUND");
      readers += paper.ok() ? 'r' : '-';
    }
    return readers;
  }
};

TEST_F(Papers, AreReadByThoseForWhomTheyAre) {
  const std::pair<Paper::Visibility, const char*> kCases[] = {
      {Paper::VISIBILITY_OWN_CITY, "rr-----"},
      {Paper::VISIBILITY_HOST, "rrr----"},
      {Paper::VISIBILITY_PARTIES, "rrrrr--"},
      {Paper::VISIBILITY_OBSERVERS, "rrrrrr-"},
  };
  for (const auto& [visibility, readers] : kCases) {
    const auto paper = HandIn(secretary_, Document(visibility));
    ASSERT_TRUE(paper.ok()) << paper.status();
    EXPECT_EQ(Readers(paper->name()), readers) << Paper::Visibility_Name(visibility);
    ASSERT_TRUE(Remove(secretary_, paper->name()).ok());
  }
}

TEST_F(Papers, OfAClosedItemAreNotForObservers) {
  AgendaItem item = Item("papers");
  item.set_openness(AgendaItem::OPENNESS_CLOSED);
  ASSERT_TRUE(Update(item).ok());
  const auto paper = HandIn(secretary_, Document(Paper::VISIBILITY_OBSERVERS));
  EXPECT_EQ(Readers(paper->name()), "rrrrr--");
}

TEST_F(Papers, KeepTheirVersionsReadableAndNameTheNewest) {
  const auto first = HandIn(secretary_, Document(Paper::VISIBILITY_PARTIES, "one"));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->content(), "");
  EXPECT_EQ(first->content_bytes(), 3);
  const auto second = Revise(secretary_, first->name(), Document(Paper::VISIBILITY_HOST, "two"));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->version(), 2);
  EXPECT_EQ(second->replaces(), first->name());
  ASSERT_EQ(Item("papers").papers_size(), 1);
  EXPECT_EQ(Item("papers").papers(0).name(), second->name());
  EXPECT_EQ(Read(officer_, second->name())->content(), "two");
  EXPECT_EQ(Read(delegate_, first->name())->content(), "one");
  EXPECT_EQ(ReasonOf(Read(interpreter_, second->name()).status()), "RESOURCE_NOT_FOUND");
  const auto stale = Revise(secretary_, first->name(), Document(Paper::VISIBILITY_HOST));
  EXPECT_EQ(ReasonOf(stale.status()), "ETAG_MISMATCH");
  EXPECT_EQ(DetailOf(stale.status()).metadata.at("name"), second->name());
  ASSERT_TRUE(Remove(secretary_, second->name()).ok());
  for (const auto& paper : {first, second}) {
    EXPECT_EQ(ReasonOf(Read(secretary_, paper->name()).status()), "RESOURCE_NOT_FOUND");
  }
}

TEST_F(Papers, AreChangedByTheirOwnCityOnlyAndGoWithTheirItem) {
  const auto shared = HandIn(secretary_, Document(Paper::VISIBILITY_PARTIES));
  const auto own = HandIn(secretary_, Document(Paper::VISIBILITY_OWN_CITY));
  const Paper next = Document(Paper::VISIBILITY_PARTIES);
  EXPECT_EQ(ReasonOf(Revise(officer_, shared->name(), next).status()), "ACTION_FORBIDDEN");
  EXPECT_EQ(ReasonOf(Revise(officer_, own->name(), next).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Remove(officer_, own->name()).status()), "RESOURCE_NOT_FOUND");
  const auto removed = On<AgendaAnswer, v1::DeleteAgendaItemRequest>(
      officer_, "DeleteAgendaItem",
      [](v1::DeleteAgendaItemRequest& request) { request.set_item_id("papers"); });
  ASSERT_TRUE(removed.ok()) << removed.status();
  EXPECT_EQ(ReasonOf(Read(secretary_, own->name()).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(Papers, OfACityThatKeepsThemChangeNothingForTheOthers) {
  ASSERT_TRUE(Agree(secretary_, "st-petersburg").ok());
  const AgendaItem read = Item("papers");
  ASSERT_TRUE(HandIn(secretary_, Document(Paper::VISIBILITY_OWN_CITY)).ok());
  EXPECT_EQ(Item("papers").ShortDebugString(), read.ShortDebugString());
  EXPECT_THAT(Seen().awaited_cities(), ElementsAre("cities/isfahan"));
  EXPECT_TRUE(Update(read).ok());
  EXPECT_EQ(Seen(secretary_).agenda().items(0).papers_size(), 1);
}

struct PaperCase {
  const char* name;
  Paper paper;
  const char* field;  // that is refused; empty where none is
};

TEST_F(Papers, AreALinkOrADocumentOfTwoHundredKibibytesAtMost) {
  Paper both = Document(Paper::VISIBILITY_PARTIES);
  both.set_uri("https://example.org/paper");
  Paper untyped = Document(Paper::VISIBILITY_PARTIES);
  untyped.set_media_type("pdf");
  const PaperCase kCases[] = {
      {"Link", Link("https://example.org/paper?version=2#page=3"), ""},
      {"PlainHttp", Link("http://example.org/paper"), "paper.uri"},
      {"Script", Link("javascript:alert(1)"), "paper.uri"},
      {"HiddenHost", Link("https://isfahan.ir@example.org/"), "paper.uri"},
      {"NoHost", Link("https:///paper"), "paper.uri"},
      {"Space", Link("https://example.org/a b"), "paper.uri"},
      {"Backslash", Link("https://example.org\\@isfahan.ir/"), "paper.uri"},
      {"Neither", Link(""), "paper.uri"},
      {"Both", both, "paper.uri"},
      {"NoMediaType", untyped, "paper.media_type"},
      {"Largest", Document(Paper::VISIBILITY_PARTIES, std::string(200 * 1024, 'x')), ""},
      {"TooLarge", Document(Paper::VISIBILITY_PARTIES, std::string(200 * 1024 + 1, 'x')),
       "paper.content"},
  };
  for (const PaperCase& each : kCases) {
    const auto paper = HandIn(secretary_, each.paper);
    const auto violations = DetailOf(paper.status()).violations;
    EXPECT_EQ(violations.empty() ? "" : violations[0].field, each.field) << each.name;
  }
}

}  // namespace
}  // namespace neshast
