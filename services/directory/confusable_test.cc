#include "directory/confusable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neshast/v1/city.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/person.pb.h"
#include "temporary_store.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The characters that differ stand as escapes: nobody could tell them apart here either.
const struct {
  const char* what;
  const char* known;
  const char* entered;
  bool alike;
} kPairs[] = {
    {"Cyrillic a", "Barcelona", "B\u0430rcelona", true},
    {"Cyrillic ie", "Florence", "Flor\u0435nce", true},
    {"a space of no width", "Krak\u00f3w", "Krak\u00f3w\u200b", true},
    {"Latin M and o in a Russian name", "\u041c\u043e\u0441\u043a\u0432\u0430",
     "M\u006f\u0441\u043a\u0432\u0430", true},
    {"Greek capital eta", "Havana", "\u0397avana", true},
    {"Greek capital kappa", "Krak\u00f3w", "\u039arak\u00f3w", true},
    {"Greek capital upsilon", "Yerevan", "\u03a5erevan", true},
    {"typographic apostrophe", "Xi'an", "Xi\u2019an", true},
    {"modifier apostrophe", "Xi'an", "Xi\u02bcan", true},
    {"grave accent as an apostrophe", "Xi'an", "Xi`an", true},
    {"Arabic kaf and Persian keheh", "\u06a9\u0631\u0627\u06a9\u0648\u0641",
     "\u0643\u0631\u0627\u0643\u0648\u0641", true},
    {"Arabic and Persian yeh", "\u06cc\u0632\u062f", "\u064a\u0632\u062f", true},
    {"a joiner that is not seen", "\u0634\u06cc\u200c\u0622\u0646", "\u0634\u06cc\u0622\u0646",
     true},
    {"small l for a capital I", "Isfahan", "lsfahan", true},
    {"full width", "Xian", "\uff38ian", true},
    {"another city", "Barcelona", "Barcelos", false},
    {"a letter more", "Xi'an", "Xi'ans", false},
    {"another script, another shape", "Isfahan", "\u0627\u0635\u0641\u0647\u0627\u0646", false},
};

TEST(SkeletonOf, IsOneForNamesThatAReaderCannotTellApart) {
  for (const auto& pair : kPairs) {
    EXPECT_EQ(pair.alike, SkeletonOf(pair.known) == SkeletonOf(pair.entered)) << pair.what;
  }
}

v1::City CityOf(const std::string& id, const std::string& en, const std::string& fa = "") {
  v1::City city;
  city.set_name("cities/" + id);
  (*city.mutable_display_name()->mutable_texts())["en"] = en;
  if (!fa.empty()) (*city.mutable_display_name()->mutable_texts())["fa"] = fa;
  return city;
}

class Confusable : public testing::Test {
 protected:
  template <class Resource>
  std::set<std::string> With(const Resource& entered) {
    std::set<std::string> found;
    const absl::Status status = store_.store().Read([&](Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(found, ConfusableWith(entered, tx));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return found;
  }

  TemporaryStore store_;
};

TEST_F(Confusable, IsACityWithOneThatIsThereInAnyLanguage) {
  for (const auto& pair : kPairs) {
    store_.Put(CityOf("known", "Known", pair.known));
    const auto found = With(CityOf("entered", pair.entered, "\u0634\u0647\u0631"));
    if (pair.alike) {
      EXPECT_THAT(found, ElementsAre("cities/known")) << pair.what;
    } else {
      EXPECT_THAT(found, IsEmpty()) << pair.what;
    }
  }
}

TEST_F(Confusable, IsNothingWithItselfNorWithTheVerySameName) {
  store_.Put(CityOf("xian", "Xi'an"));
  EXPECT_THAT(With(CityOf("xian", "Xi\u2019an")), IsEmpty()) << "its own new name";
  EXPECT_THAT(With(CityOf("another", "Xi'an")), IsEmpty()) << "what is equal deceives nobody";
}

TEST_F(Confusable, ArePeopleAndOrganisationsEachAmongThemselves) {
  v1::Person person;
  person.set_name("people/mayor-of-xian");
  person.set_own_name("\u674e\u660e");
  person.set_latin_name("Li Ming");
  store_.Put(person);
  person.set_name("people/another");
  person.set_latin_name("Li M\u0456ng");
  EXPECT_THAT(With(person), ElementsAre("people/mayor-of-xian"));
  v1::Organization organization;
  organization.set_name("organizations/xian");
  (*organization.mutable_display_name()->mutable_texts())["en"] = "Li Ming";
  store_.Put(organization);
  organization.set_name("organizations/another");
  (*organization.mutable_display_name()->mutable_texts())["en"] = "Li M\u0456ng";
  EXPECT_THAT(With(organization), ElementsAre("organizations/xian"));
}

}  // namespace
}  // namespace neshast
