// The words of real phrases of the sister cities' offices, in each of their ways to write.
#include "words/words.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace neshast::words {
namespace {

// What is looked for, one after another; parts of compounds in brackets.
std::string Told(absl::string_view text) {
  return absl::StrJoin(WordsOf(text), " ", [](std::string* out, const Word& word) {
    absl::StrAppend(out, word.form == Form::kPart ? "(" : "", word.text,
                    word.form == Form::kPart ? ")" : "");
  });
}

struct Row {
  const char* rule;
  const char* text;
  const char* words;
};

class WordsIn : public testing::TestWithParam<Row> {};

TEST_P(WordsIn, AreFolded) {
  EXPECT_EQ(Told(GetParam().text), GetParam().words);
}

INSTANTIATE_TEST_SUITE_P(
    Languages, WordsIn,
    testing::Values(
        Row{"English", "Mayors' dialogue, in the mayor's office: 2 hours!",
            "mayors dialogue in the mayor office 2 hours"},
        Row{"EnglishNames", "Xi'an and O’Higgins", "xian (xi) (an) and ohiggins (o) (higgins)"},
        Row{"PersianJoiner", "شهر‌های خواهرخوانده",
            "شهرهای (شهر) (های) خواهرخوانده"},
        Row{"PersianSpace", "شهر های خواهرخوانده می شود",
            "(شهر) (های) شهرهای خواهرخوانده (می) (شود) میشود"},
        Row{"PersianAtOnce", "شهرهای خواهرخوانده", "شهرهای خواهرخوانده"},
        Row{"PersianTypedInArabicLetters", "گفت‌وگوي شهرداران كلان",
            "گفتوگوی (گفت) (وگوی) شهرداران کلان"},
        Row{"PersianMarks", "تجربهٔ مؤثر آب", "تجربه موثر اب"},
        Row{"PersianDigits", "۱۳۹۹/۰۶/۱۲", "1399 06 12"},
        Row{"Arabic", "مُدُن شَقيقة: إدارة الأزمات ٢٠٢٠", "مدن شقیقه اداره الازمات 2020"},
        Row{"ArabicTatweel", "بعلبـــك", "بعلبک"}, Row{"ArabicPresentationForms", "ﺑﻌﻠﺒﻚ", "بعلبک"},
        Row{"Urdu", "لاہور کے میئر", "لاهور کی مییر"},
        Row{"RussianYo", "Ещё: отчёт о четырёхлетнем документе",
            "еще отчет о четырехлетнем документе"},
        Row{"RussianShortI", "Мой Санкт-Петербург", "мой санкт петербург"},
        Row{"Turkish", "IĞDIR, Iğdır, İSTANBUL ve İstanbul", "igdir igdir istanbul ve istanbul"},
        Row{"TurkishEnding", "Ankara'nın", "ankaranin (ankara) (nin)"},
        Row{"Spanish", "GESTIÓN de crisis, mañana", "gestion de crisis manana"},
        Row{"Catalan", "L'experiència de l’Hospitalet, col·laboració",
            "experiencia de hospitalet collaboracio (col) (laboracio)"},
        Row{"French", "L'expérience qu’elle a eue, aujourd'hui",
            "experience elle a eue aujourdhui (aujourd) (hui)"},
        Row{"Italian", "Dell'epidemia all’ospedale, un'altra città",
            "epidemia ospedale altra citta"},
        Row{"Romanian", "Iași și Țăndărei", "iasi si tandarei"},
        Row{"Polish", "Kraków, Łódź", "krakow lodz"},
        Row{"German", "Freiburg im Breisgau: Maßnahmen, MASSNAHMEN",
            "freiburg im breisgau massnahmen massnahmen"},
        Row{"Armenian", "Երևան ԵՐԵՒԱՆ", "երեւան երեւան"},
        Row{"Malay", "Kuala Lumpur", "kuala lumpur"},
        Row{"Hindi", "हैदराबाद के महापौर", "हैदराबाद के महापौर"},
        Row{"ChinesePairs", "西安市抗疫经验", "西安 安市 市抗 抗疫 疫经 经验 (验)"},
        Row{"ChineseTraditional", "經驗與醫療", "经验 验与 与医 医疗 (疗)"},
        Row{"ChineseFullWidth", "ＣＯＶＩＤ－１９疫情", "covid 19 疫情 (情)"},
        Row{"ChineseAlone", "疫", "疫"},
        Row{"Japanese", "姉妹都市サミット", "姉妹 妹都 都市 市サ サミ ミッ ット (ト)"},
        Row{"Thai", "กรุงเทพมหานคร", "กรุงเทพมหานคร"},
        Row{"NumbersKeepTheirPoints", "2.5 hours, 1,000 masks, www.isfahan.ir",
            "2.5 hours 1,000 masks wwwisfahanir (www) (isfahan) (ir)"},
        Row{"NoWords", " \" * — … 、 ", ""}, Row{"Emoji", "👍🏽 good", "good"}),
    [](const auto& info) { return info.param.rule; });

TEST(WordsOf, TellsWhereEachStandsInCharactersAndInWhatPlace) {
  EXPECT_EQ(WordsOf("𝔸 l'été Xi'an 西安市"), (std::vector<Word>{{"a", 0, 0, 1, Form::kWhole},
                                                                {"ete", 1, 4, 7, Form::kWhole},
                                                                {"xian", 2, 8, 13, Form::kWhole},
                                                                {"xi", 2, 8, 10, Form::kPart},
                                                                {"an", 2, 11, 13, Form::kPart},
                                                                {"西安", 3, 14, 16, Form::kWhole},
                                                                {"安市", 4, 15, 17, Form::kWhole},
                                                                {"市", 5, 16, 17, Form::kPart}}));
}

TEST(WordsOf, JoinsAPersianEndingToItsWordWithoutMovingWhatFollows) {
  const std::vector<Word> joined = WordsOf("شهرهای خواهر");
  const std::vector<Word> apart = WordsOf("شهر های خواهر");
  EXPECT_EQ(joined.back().place, 1);
  EXPECT_EQ(apart.back().place, 1);
  EXPECT_EQ(apart[2], (Word{"شهرهای", 0, 0, 7, Form::kWhole}));
}

TEST(WordsOf, BearsWhatIsNoText) {
  EXPECT_EQ(Told("\xff\xfe good \xc3"), "good");
  EXPECT_TRUE(WordsOf("").empty());
  const std::vector<Word> one = WordsOf(std::string(100000, 'a'));
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].text, std::string(kLongestWord, 'a'));
  EXPECT_EQ(one[0].end, 100000);
  std::string marks = "a";
  for (int i = 0; i < 10000; ++i) marks += "\u0301";
  EXPECT_EQ(WordsOf(marks)[0].text, "a");
}

}  // namespace
}  // namespace neshast::words
