#include "agenda/tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "agenda/etags.h"
#include "errors.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using v1::Agenda;
using v1::AgendaItem;

// An agenda of items, "welcome 10, papers 60, papers/first 30, +tour 20": its name, under which it
// stands, how many minutes it takes; "+" marks one that is only proposed.
Agenda AgendaOf(const std::string& text) {
  Agenda agenda;
  for (absl::string_view each : absl::StrSplit(text, ", ", absl::SkipEmpty())) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(each, ' ');
    AgendaItem& item = *agenda.add_items();
    const bool proposed = parts.first[0] == '+';
    const std::string path = parts.first.substr(proposed ? 1 : 0);
    const size_t slash = path.rfind('/');
    item.set_name(path.substr(slash == std::string::npos ? 0 : slash + 1));
    item.set_parent_item(slash == std::string::npos ? "" : path.substr(0, slash));
    item.mutable_length()->set_seconds(60 * std::stoi(parts.second));
    item.set_state(proposed ? AgendaItem::STATE_PROPOSED : AgendaItem::STATE_ACCEPTED);
  }
  return agenda;
}

std::string NamesOf(const Agenda& agenda) {
  std::string names;
  for (const AgendaItem& item : agenda.items()) {
    absl::StrAppend(&names, names.empty() ? "" : " ", item.name());
  }
  return names;
}

struct FitCase {
  const char* name;
  const char* agenda;
  int minutes;           // of the session
  const char* too_long;  // "150 of 120", seconds in metadata / 60; empty where it fits
  const char* item;      // under which it is too long
};

TEST(CheckFits, HoldsTheTopAgainstTheSessionAndEachItemAgainstWhatStandsUnderIt) {
  const FitCase kCases[] = {
      {"NoItems", "", 120, "", ""},
      {"ToTheMinute", "welcome 10, papers 110", 120, "", ""},
      {"OneMinuteMore", "welcome 10, papers 111", 120, "121 of 120", ""},
      {"ChildrenAreInsideTheirParent", "papers 120, papers/a 60, papers/b 60", 120, "", ""},
      {"ChildrenDoNotFitIntoIt", "papers 100, papers/a 60, papers/b 41", 120, "101 of 100",
       "papers"},
      {"GrandchildrenNeither", "papers 100, papers/a 60, a/x 61", 120, "61 of 60", "a"},
      {"AProposalTakesNoTimeYet", "papers 120, +tour 60", 120, "", ""},
      {"NorUnderAnItem", "papers 120, papers/a 120, +papers/b 30", 120, "", ""},
  };
  for (const FitCase& each : kCases) {
    const absl::Status status = CheckFits(AgendaOf(each.agenda), 60 * each.minutes);
    const ErrorDetail detail = DetailOf(status);
    if (each.too_long[0] == '\0') {
      EXPECT_TRUE(status.ok()) << each.name << ": " << status;
      continue;
    }
    EXPECT_EQ(detail.reason, "AGENDA_TOO_LONG") << each.name;
    const int64_t takes = std::stoll(detail.metadata.at("agenda_seconds")) / 60;
    const int64_t there_are = std::stoll(detail.metadata.at("session_seconds")) / 60;
    EXPECT_EQ(each.too_long, absl::StrCat(takes, " of ", there_are)) << each.name;
    EXPECT_EQ(detail.metadata.count("item") > 0 ? detail.metadata.at("item") : "", each.item)
        << each.name;
  }
}

struct ArrangeCase {
  const char* name;
  const char* places;  // "item<parent item<parent"
  const char* order;   // as it is then; empty where it is refused
  const char* faults;  // "field: description", several by ";"
};

TEST(Arrange, TakesEveryItemOnceAndKeepsWhatStandsUnderBehindIt) {
  const Agenda before = AgendaOf("a 10, b 10, c 10, c/d 5, +e 10, f 10");
  const ArrangeCase kCases[] = {
      {"AsItIs", "a< b< c< d<c e< f<", "a b c d e f", ""},
      {"Reversed", "f< e< c< d<c b< a<", "f e c d b a", ""},
      {"AChildFollowsItsParent", "d<c a< b< c< e< f<", "a b c d e f", ""},
      {"ThreeDeep", "a< b<a d<b c< e< f<", "a b d c e f", ""},
      {"FourDeep", "a< b<a c<b d<c e< f<", "", "places[3]: It is 4 deep; at most 3 is allowed."},
      {"Twice", "a< a< b< c< d< e< f<", "", "places[1]: a is there twice."},
      {"LeftOut", "a< b< c< e< f<", "", "places: d is left out."},
      {"NotThere", "a< b< c< d< e< f< g<", "", "places[6]: There is no g."},
      {"UnderWhatIsNotThere", "a< b< c< d<g e< f<", "",
       "places[3]: There is no g.;places: d is left out."},
      {"UnderItself", "a<a b< c< d< e< f<", "", "places[0]: It stands under itself."},
      {"InACircle", "a<b b<a c< d< e< f<", "",
       "places[0]: It stands under itself.;places[1]: It stands under itself."},
      {"UnderAProposal", "a< b< c< d<e e< f<", "",
       "places[3]: e does not stand on the agenda.;places: d is left out."},
      {"UnderWhatWasCalled", "a< b< c< d<f e< f<", "",
       "places[3]: f was called already.;places: d is left out."},
  };
  for (const ArrangeCase& each : kCases) {
    Agenda agenda = before;
    v1::ItemTime& called = *agenda.mutable_run()->add_items();
    called.set_item("f");
    called.mutable_start_time()->set_seconds(1);
    std::vector<std::pair<std::string, std::string>> places;
    for (absl::string_view place : absl::StrSplit(each.places, ' ')) {
      places.push_back(absl::StrSplit(place, '<'));
    }
    const absl::Status status = Arrange(places, agenda);
    std::string faults;
    for (const FieldViolation& fault : DetailOf(status).violations) {
      absl::StrAppend(&faults, faults.empty() ? "" : ";", fault.field, ": ", fault.description);
    }
    EXPECT_EQ(faults, each.faults) << each.name;
    EXPECT_EQ(NamesOf(agenda), status.ok() ? each.order : NamesOf(before)) << each.name;
  }
}

TEST(CalledItems, AreThoseOnTheAgendaUnderWhichNoneStands) {
  const Agenda agenda = AgendaOf("a 10, b 10, b/c 5, b/d 5, +e 10, f 10, +f/g 5");
  EXPECT_THAT(CalledItems(agenda), ElementsAre("a", "c", "d", "f"));
}

TEST(ItemEtag, TellsWhichFieldsDiffer) {
  AgendaItem item = AgendaOf("papers 60").items(0);
  const std::string before = ItemEtag(item);
  EXPECT_TRUE(CheckItemEtag(item, before).ok());
  (*item.mutable_title()->mutable_texts())["fa"] = "مقالات";
  item.mutable_length()->set_seconds(1800);
  const absl::Status stale = CheckItemEtag(item, before);
  EXPECT_EQ(stale.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(DetailOf(stale).reason, "ETAG_MISMATCH");
  EXPECT_EQ(DetailOf(stale).metadata.at("fields"), "title,length");
  EXPECT_EQ(DetailOf(stale).metadata.at("etag"), ItemEtag(item));
  EXPECT_EQ(DetailOf(CheckItemEtag(item, "r17")).metadata.at("fields"),
            "kind,title,length,speakers,openness");
}

TEST(ItemEtag, DoesNotDependOnPlacePapersOrTheOrderOfTranslations) {
  AgendaItem item = AgendaOf("papers 60").items(0);
  for (const char* language : {"fa", "ru", "en"}) {
    (*item.mutable_title()->mutable_texts())[language] = language;
  }
  AgendaItem other = AgendaOf("papers 60").items(0);
  for (const char* language : {"en", "fa", "ru"}) {
    (*other.mutable_title()->mutable_texts())[language] = language;
  }
  other.set_parent_item("c");
  other.add_papers()->set_uri("https://example.org/");
  EXPECT_EQ(ItemEtag(item), ItemEtag(other));
}

TEST(Settle, TakesBackAgreementsToAnotherAgendaButNotForAProposalOrAPaper) {
  Agenda agenda = AgendaOf("a 10, b 20");
  Settle(agenda);
  agenda.add_agreements()->set_agenda_etag(agenda.etag());
  *agenda.add_items() = AgendaOf("+c 10").items(0);
  agenda.mutable_items(0)->add_papers()->set_uri("https://example.org/");
  Settle(agenda);
  EXPECT_EQ(agenda.agreements_size(), 1);
  Agenda moved = agenda;
  moved.mutable_items()->SwapElements(0, 1);
  Settle(moved);
  EXPECT_EQ(moved.agreements_size(), 0);
  agenda.mutable_items(1)->mutable_length()->set_seconds(600);
  Settle(agenda);
  EXPECT_EQ(agenda.agreements_size(), 0);
}

}  // namespace
}  // namespace neshast
