#include "words/query.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "errors.h"

namespace neshast::words {
namespace {

// Terms apart by " + ", a beginning with "*", a gap in a phrase as "_".
std::string Told(const Query& query) {
  return absl::StrJoin(query.terms, " + ", [](std::string* out, const Term& term) {
    int place = 0;
    for (const Sought& word : term.words) {
      for (; place < word.place; ++place) absl::StrAppend(out, "_");
      absl::StrAppend(out, word.place > 0 ? " " : "", word.text, word.beginning ? "*" : "");
      ++place;
    }
  });
}

std::string Read(absl::string_view text) {
  const auto query = ReadQuery(text);
  return query.ok() ? Told(*query) : absl::StrCat("! ", DetailOf(query.status()).reason);
}

struct Row {
  const char* rule;
  std::string text;
  const char* terms;
};

class Reads : public testing::TestWithParam<Row> {};

TEST_P(Reads, AsItIsMeant) {
  EXPECT_EQ(Read(GetParam().text), GetParam().terms);
}

INSTANTIATE_TEST_SUITE_P(
    Queries, Reads,
    testing::Values(
        Row{"Words", "crisis medicine", "crisis + medicine"},
        Row{"WordsOnce", "crisis Crisis CRISIS", "crisis"},
        Row{"Phrase", "\"shared experience\" hospital", "shared experience + hospital"},
        Row{"OtherQuotes", "«обмен опытом» “crisis diplomacy”", "обмен опытом + crisis diplomacy"},
        Row{"APhraseKeepsItsCommonWords", "\"letter of intent\"", "letter of intent"},
        Row{"Beginning", "epidem* control", "epidem* + control"},
        Row{"BeginningOfACompound", "Xi'a*", "xia*"},
        Row{"AQuoteThatIsNotClosed", "hospital \"field beds", "hospital + field beds"},
        Row{"CommonWordsAreLeftOut", "gestión de la crisis", "gestion + crisis"},
        Row{"OnlyCommonWords", "the of", "the + of"}, Row{"AJoinedWordIsOne", "شهر ها", "شهرها"},
        Row{"TheSameWithAJoiner", "شهر‌ها", "شهرها"},
        Row{"ChineseByTheDictionary", "西安的经验", "西安 + 经验"},
        Row{"ChineseOneCharacter", "疫", "疫*"},
        Row{"ChinesePhrase", "\"西安市的经验\"", "西安 安市 市的 的经 经验"},
        Row{"ChineseAndLatin", "COVID-19疫情", "covid + 19 + 疫情"},
        Row{"Elision", "l'épidémie dell'anno", "epidemie + anno"},
        Row{"HyphensPart", "Санкт-Петербург", "санкт + петербург"},
        Row{"ALoneQuote", "\"", "! INVALID_FIELD"}, Row{"Nothing", "", "! INVALID_FIELD"},
        Row{"ALoneStar", "*", "! INVALID_FIELD"},
        Row{"StarsBetweenWords", "a* * * bc", "! INVALID_FIELD"},
        Row{"StarsAlone", "crisis * * *", "crisis"},
        Row{"TenThousandStars", std::string(10000, '*'), "! INVALID_FIELD"},
        Row{"AThousandQuotes", std::string(1000, '"'), "! INVALID_FIELD"},
        Row{"NineBeginnings", "ab* cd* ef* gh* ij* kl* mn* op* qr*", "! INVALID_FIELD"},
        Row{"NoUtf8", "\xff\xfe", "! INVALID_FIELD"},
        Row{"Operators", "crisis AND NOT (field) col:x", "crisis + not + field + col + x"}),
    [](const auto& info) { return info.param.rule; });

TEST(ReadQuery, TakesUpTo64Words) {
  std::string text;
  for (int i = 0; i < 64; ++i) absl::StrAppend(&text, "w", i, " ");
  EXPECT_EQ(ReadQuery(text)->terms.size(), 64u);
  EXPECT_EQ(Read(text + "more"), "! INVALID_FIELD");
}

struct Place {
  const char* query;
  const char* text;
  std::vector<Range> marks;
};

TEST(MarksOf, AreWhereTheWordsStandInTheTextAsItIsWritten) {
  const Place places[] = {
      {"experiencia", "La experiéncia de Xi'an", {{3, 14}}},
      {"xian", "La experiencia de Xi'an", {{18, 23}}},
      {"experience", "l'expérience", {{2, 12}}},
      {"شهرها", "در شهر‌ها و شهر ها", {{3, 9}, {12, 18}}},
      {"经验", "西安市抗疫經驗很好", {{5, 7}}},
      {"\"西安市抗疫\"", "西安市抗疫，西安抗疫", {{0, 5}}},
      {"epidem*", "Epidemics, an epidemiologist", {{0, 9}, {14, 28}}},
      {"\"field hospital\"", "A field, a field hospital", {{11, 25}}},
      {"hospital field", "field hospital", {{0, 5}, {6, 14}}},
      {"nothing", "something", {}},
  };
  for (const Place& place : places) {
    EXPECT_EQ(MarksOf(*ReadQuery(place.query), WordsOf(place.text)), place.marks) << place.query;
  }
}

}  // namespace
}  // namespace neshast::words
