// Alphabetical orders, against alphabets as their academies and dictionaries give them.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "precedence/delegations.h"

namespace neshast::precedence {
namespace {

using Names = std::vector<std::string>;

struct EcoRow {
  const char* rule;
  const char* language;
  Names order;
};

class EcoMembersIn : public testing::TestWithParam<EcoRow> {};

TEST_P(EcoMembersIn, StandInItsAlphabet) {
  const Order order =
      Arranged(OrderKind::kSpeaking, EcoMembers(), StandardRules(GetParam().language));
  EXPECT_EQ(PartiesIn(order.places), GetParam().order);
}

// English: the United Nations' list of member states, where Türkiye stands before Turkmenistan.
// Persian: alef with madda first; z, f, y after alef; r before z in q-; m before y in t-r-k.
// Russian: z before f, k before c. Turkish: ı before i before o before ö; K-a before K-ı.
INSTANTIATE_TEST_SUITE_P(
    , EcoMembersIn,
    testing::Values(
        EcoRow{"English", "en", {"AF", "AZ", "IR", "KZ", "KG", "PK", "TJ", "TR", "TM", "UZ"}},
        EcoRow{"Persian", "fa", {"AZ", "UZ", "AF", "IR", "PK", "TJ", "TM", "TR", "KG", "KZ"}},
        EcoRow{"Russian", "ru", {"AZ", "AF", "IR", "KZ", "KG", "PK", "TJ", "TM", "TR", "UZ"}},
        EcoRow{"Turkish", "tr", {"AF", "AZ", "IR", "KZ", "KG", "UZ", "PK", "TJ", "TR", "TM"}}),
    [](const auto& info) { return info.param.rule; });

Names CitiesIn(const std::string& language) {
  return PartiesIn(Arranged(OrderKind::kSpeaking, SisterCities(), StandardRules(language)).places);
}

TEST(Alphabet, ChineseIsByPinyinAsUnihanReadsEachCharacter) {
  // āi, bā lè, bā sài, dá, fú, fó, hā, jí, kē, lā, shèng, xī, yǎ, yī. Unihan reads the 佛 of
  // Florence as fú, and of equal syllables 弗 (5 strokes) stands before 佛 (7).
  EXPECT_EQ(CitiesIn("zh"), (Names{"yerevan", "baalbek", "barcelona", "dakar", "freiburg",
                                   "florence", "havana", "kuala-lumpur", "kuwait", "lahore",
                                   "st-petersburg", "xian", "iasi", "isfahan"}));
}

TEST(Alphabet, ChineseIsByPinyinAsInGb2312WhereTheHostSaysSo) {
  // The standard's first 3,755 characters are sorted by their usual reading: fó before fú.
  EXPECT_EQ(
      CitiesIn("zh-u-co-gb2312"),
      (Names{"yerevan", "baalbek", "barcelona", "dakar", "florence", "freiburg", "havana",
             "kuala-lumpur", "kuwait", "lahore", "st-petersburg", "xian", "iasi", "isfahan"}));
}

TEST(Alphabet, ChineseIsByStrokesWhereTheHostSaysSo) {
  // 巴 4 (勒 11, 塞 13); 圣, 弗 5; 伊, 吉, 西 6; 佛 7, 达 7 by Unihan's count (6 as written on the
  // mainland); 拉 8; 哈, 科 9; 埃 10; 雅 12. Of as many strokes: by radical (土 32, 弓 57; 人 9,
  // 口 30, 西 146; 人 9, 辶 162; 口 30, 禾 115).
  EXPECT_EQ(CitiesIn("zh-u-co-stroke"),
            (Names{"baalbek", "barcelona", "st-petersburg", "freiburg", "isfahan", "kuala-lumpur",
                   "xian", "florence", "dakar", "lahore", "havana", "kuwait", "yerevan", "iasi"}));
}

struct LetterRow {
  const char* rule;
  const char* language;
  Names order;
};

class LettersOf : public testing::TestWithParam<LetterRow> {};

// Whatever order they come in.
TEST_P(LettersOf, StandInTheirPlaces) {
  Names names = GetParam().order;
  std::reverse(names.begin(), names.end());
  const Order order = Arranged(OrderKind::kSpeaking, Named(GetParam().language, names),
                               StandardRules(GetParam().language));
  EXPECT_EQ(PartiesIn(order.places), GetParam().order);
}

INSTANTIATE_TEST_SUITE_P(
    , LettersOf,
    testing::Values(
        // The 32 letters: after b comes p, after j che, after z zhe, after k gaf; v before h.
        LetterRow{"Persian",
                  "fa",
                  {"بابل", "پاریس", "تبریز", "جده", "چابهار", "حلب", "زابل", "ژنو", "ساری", "کابل",
                   "گرگان", "لاهور", "ورامین", "هرات", "یزد"}},
        // In Arabic h comes before w.
        LetterRow{"Arabic", "ar", {"بيروت", "تونس", "جدة", "حلب", "هيت", "وهران", "يافا"}},
        // ñ is a letter after n; since 1994 ch and ll are not.
        LetterRow{"Spanish",
                  "es",
                  {"Cartagena", "Chiclayo", "Cuenca", "Navia", "Nules", "Ñuñoa", "Oviedo"}},
        LetterRow{"SpanishOfOld", "es-u-co-trad", {"Cartagena", "Cuenca", "Chiclayo"}},
        // c ç, g ğ, ı before i, o ö, s ş, u ü.
        LetterRow{"TurkishDotlessI", "tr", {"Hakkari", "Iğdır", "Isparta", "İstanbul", "İzmir"}},
        LetterRow{"TurkishMarks", "tr", {"Cizre", "Çorum", "Siirt", "Şırnak", "Urfa", "Ünye"}},
        // In dictionaries ä is as a, in telephone books as ae.
        LetterRow{"German", "de", {"Aachen", "Ägypten", "Ahlen", "Ulm", "Ürzig", "Uslar"}},
        LetterRow{
            "GermanTelephoneBook", "de-u-co-phonebk", {"Aachen", "Ägypten", "Aerzen", "Ahlen"}},
        // é is as e but for ties.
        LetterRow{"French", "fr", {"Eaubonne", "Échirolles", "Elne", "Épernay", "Ermont", "Évian"}},
        // ё is as е but for ties; й after и.
        LetterRow{"Russian", "ru", {"Елец", "Ёлкино", "Ельня", "Ижевск", "Йошкар-Ола", "Казань"}},
        LetterRow{"Armenian", "hy", {"Աբովյան", "Գյումրի", "Երևան", "Իջևան", "Վանաձոր"}},
        LetterRow{"Italian", "it", {"Firenze", "Forlì", "Forlimpopoli", "Genova"}},
        // ș after s, ț after t.
        LetterRow{"Romanian", "ro", {"Suceava", "Șimleu", "Tulcea", "Țăndărei", "Urziceni"}}),
    [](const auto& info) { return info.param.rule; });

NameInAlphabet NameUsed(const Party& party, const std::string& alphabet) {
  const Order order = Arranged(OrderKind::kSignature, {party, PartyOf("other", {{"en", "zzz"}})},
                               StandardRules(alphabet));
  const Reason& reason = *order.places[0].before_next;
  return std::get<NameInAlphabet>(order.places[0].party == "other" ? reason.second : reason.first);
}

TEST(Alphabet, FallsBackByTheStatedChainAndSaysSo) {
  Party party = PartyOf("xian", {{"ar", "شيان"},
                                 {"en", "Xi'an"},
                                 {"fa", "شی‌آن"},
                                 {"zh-Hans", "西安"},
                                 {"zh-Hant", "西安市"}});
  party.original_language = "zh-Hans";
  EXPECT_EQ(NameUsed(party, "fa"), (NameInAlphabet{"fa", "شی‌آن", "fa", false}));
  EXPECT_EQ(NameUsed(party, "fa-AF"), (NameInAlphabet{"fa-AF", "شی‌آن", "fa", false}));
  EXPECT_EQ(NameUsed(party, "zh-u-co-stroke"),
            (NameInAlphabet{"zh-u-co-stroke", "西安", "zh-Hans", false}));
  EXPECT_EQ(NameUsed(party, "zh-Hant-TW"),
            (NameInAlphabet{"zh-Hant-TW", "西安市", "zh-Hant", false}));
  EXPECT_EQ(NameUsed(party, "ru"), (NameInAlphabet{"ru", "Xi'an", "en", true}));
  party.names.erase("en");
  EXPECT_EQ(NameUsed(party, "ru"), (NameInAlphabet{"ru", "西安", "zh-Hans", true}));
  party.original_language.clear();
  EXPECT_EQ(NameUsed(party, "ru"), (NameInAlphabet{"ru", "شيان", "ar", true}));
}

}  // namespace
}  // namespace neshast::precedence
