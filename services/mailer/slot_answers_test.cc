#include "mailer/slot_answers.h"

#include <gmock/gmock.h>

#include <ostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "1 YES, 3 NO | remark | UNKNOWN: 2 perhaps"
std::string Read(const std::string& text, const std::string& language) {
  const char* const whys[] = {"UNKNOWN", "NO SLOT", "CONTRADICTION"};
  const SlotAnswers read = ReadSlotAnswers(text, language);
  std::vector<std::string> parts;
  parts.push_back(
      absl::StrJoin(read.answers, ", ", [](std::string* out, const NumberedAnswer& each) {
        absl::StrAppend(out, each.number, " ",
                        v1::SlotAnswer::Answer_Name(each.answer).substr(sizeof("ANSWER_") - 1));
      }));
  if (!read.remark.empty()) parts.push_back(read.remark);
  for (const UnreadLine& each : read.problems) {
    parts.push_back(absl::StrCat(whys[static_cast<int>(each.why)], ": ", each.line));
  }
  return absl::StrJoin(parts, " | ");
}

struct Reply {
  const char* name;
  const char* language;
  const char* text;
  const char* read;
};

void PrintTo(const Reply& reply, std::ostream* out) {
  *out << reply.name;
}

constexpr char kAll[] = "1 YES, 2 IF_NEED_BE, 3 NO";

const Reply kReplies[] = {
    {"English", "en", "1 yes\n2 if need be\n3 no\n", kAll},
    {"Persian", "fa", "۱ بله\n۲ در صورت لزوم\n۳ خیر", kAll},
    {"PersianOnAnArabicKeyboard", "fa", "١: بلي\n٢: در صورت نياز\n٣: نه", kAll},
    {"Chinese", "zh", "1：可以\n2：必要时可以\n3：不可以", kAll},
    {"ChineseWithoutBlanksInOneLine", "zh-Hant", "１是，２必要時，３否。", kAll},
    {"Russian", "ru", "1. Да\n2. При необходимости\n№3 НЕТ", kAll},
    {"Spanish", "es", "1) Sí\n2) si es necesario\n3) no", kAll},
    {"SpanishWithoutAccents", "es", "1 SI\n2 Si hace falta\n3 No es posible", kAll},
    {"Italian", "it", "1 - Sì, volentieri\n2 - se necessario\n3 - no",
     "1 YES, 2 IF_NEED_BE, 3 NO | 1 - Sì, volentieri"},
    {"ItalianApostrophe", "it", "1 d'accordo\n2 in caso di necessita'\n3 non è possibile",
     "1 YES, 3 NO | UNKNOWN: 2 in caso di necessita'"},
    {"Turkish", "tr", "1 evet\n2 gerekirse\n3 hayır", kAll},
    {"TurkishCapitals", "tr", "1 EVET\n2 GEREKİRSE\n3 HAYIR", kAll},
    {"Arabic", "ar", "١ نعم\n٢ عند الضرورة\n٣ لا", kAll},
    {"ArabicWithMarksOrWithoutHamza", "ar", "١- نَعَم\n٢- اذا لزم الامر\n٣- كلّا", kAll},
    {"French", "fr", "1 oui\n2 si nécessaire\n3 non", kAll},
    {"FrenchWithoutAccents", "fr-SN", "1 OUI !\n2 s'il le faut\n3 pas possible", kAll},
    {"EnglishInAnyLanguage", "fa", "1 yes\n2 if need be\n3 no", kAll},
    {"EnglishWhereThereIsNoCatalogue", "hy", "1 yes\n2 if need be\n3 no", kAll},
    {"AllInOneLine", "en", "1 yes, 2 if need be; 3 no.", kAll},
    {"Bullets", "en", "* 1: Yes\n• (2) If needed\n- #3 = N", kAll},
    {"CircledDigits", "zh", "①可以 ②如有必要 ③不行", kAll},
    {"SaidTwice", "en", "1 yes\n1: YES", "1 YES"},
    {"Remark", "en", "Dear colleagues,\n1 yes\n3 no, the mayor is abroad until 14 May\nRegards, Li",
     "1 YES, 3 NO | Dear colleagues,\n3 no, the mayor is abroad until 14 May\nRegards, Li"},
    {"ARefusalThatIsNone", "en", "1 yes, no problem", "1 YES | 1 yes, no problem"},
    {"Nothing", "en", "", ""},
    {"ADateIsNoSlot", "en", "14 December would be better", " | 14 December would be better"},
    {"Unknown", "en", "1 perhaps\n2 yes", "2 YES | UNKNOWN: 1 perhaps"},
    {"ACondition", "en", "1 yes if it rains", " | UNKNOWN: 1 yes if it rains"},
    {"AWordThatOnlyBeginsAsOne", "en", "1 yesterday\n2 nobody",
     " | UNKNOWN: 1 yesterday | UNKNOWN: 2 nobody"},
    {"BothWords", "en", "1 yes/no", " | UNKNOWN: 1 yes/no"},
    {"ANumberAlone", "en", "2", " | UNKNOWN: 2"},
    {"AnAnswerToWhich", "en", "Yes, gladly!", " | NO SLOT: Yes, gladly!"},
    {"Contradiction", "en", "1 yes\n2 yes\n1 no", "2 YES | CONTRADICTION: 1 no"},
    {"ContradictionInALine", "en", "1 yes, no", " | CONTRADICTION: 1 yes, no"},
    {"AWordOfAThirdLanguage", "ru", "1 oui", " | UNKNOWN: 1 oui"},
    {"Quoted", "en", "1 yes\n> 2 yes\n >3 no\n＞ 1 no", "1 YES"},
    {"BelowTheQuotation", "en",
     "On Tue, Nov 24, 2026 at 10:00 Protocol Office <protocol@isfahan.example> wrote:\n> 1 no\n\n1 "
     "yes",
     "1 YES"},
    {"AFoldedAttribution", "en",
     "1 yes\n\nOn Tuesday, November 24, 2026, Protocol Office\n<protocol@isfahan.example> "
     "wrote:\n\n> 1 no",
     "1 YES"},
    {"UnmarkedQuotation", "zh",
     "1 可以\n\n在2026年11月24日，<protocol@isfahan.example> 写道：\n1 不可以", "1 YES"},
    {"OriginalMessage", "ru", "1 да\n-------- Исходное сообщение --------\n1 нет\n2 нет", "1 YES"},
    {"HeaderBlock", "en",
     "1 yes\n\nFrom: Protocol Office <protocol@isfahan.example>\nSent: Tuesday\nSubject: Slots\n1 "
     "no",
     "1 YES"},
    {"RuleOfUnderscores", "en", "1 yes\n________________________________\n1 no", "1 YES"},
    {"Signature", "en", "1 yes\r\n-- \r\n2 no", "1 YES"},
};

class Replies : public testing::TestWithParam<Reply> {};

TEST_P(Replies, AreReadAndNeverGuessed) {
  EXPECT_EQ(Read(GetParam().text, GetParam().language), GetParam().read);
}

INSTANTIATE_TEST_SUITE_P(, Replies, testing::ValuesIn(kReplies),
                         [](const auto& reply) { return reply.param.name; });

// A word that says yes in one language and no in another would be a guess.
TEST(AnswerWords, MeanOneThingInALanguageAndInEnglish) {
  for (const auto& [language, file] : CatalogueFiles()) {
    for (const auto& [answer, key] :
         {std::pair(v1::SlotAnswer::ANSWER_YES, "answer_yes"),
          std::pair(v1::SlotAnswer::ANSWER_IF_NEED_BE, "answer_if_need_be"),
          std::pair(v1::SlotAnswer::ANSWER_NO, "answer_no")}) {
      for (const Catalogue* catalogue : {Catalogue::Find(language), &Catalogue::English()}) {
        const std::vector<std::string> words = absl::StrSplit(catalogue->phrases().at(key), '|');
        for (const std::string& word : words) {
          const SlotAnswers read = ReadSlotAnswers(absl::StrCat("7 ", word), language);
          EXPECT_THAT(read.answers, ElementsAre(NumberedAnswer{7, answer})) << language << word;
          EXPECT_THAT(read.problems, IsEmpty());
        }
      }
    }
    EXPECT_NE(WordOf(v1::SlotAnswer::ANSWER_NO, *Catalogue::Find(language)), "") << language;
  }
}

TEST(ReadSlotAnswers, TakesAnyBytes) {
  EXPECT_EQ(Read("\xFF\xFE 1 yes\n1 yes\n\xC3", "\xFF"), "1 YES | \xFF\xFE 1 yes\n\xC3");
  EXPECT_EQ(Read("99999999999999999999 yes", "en"), " | 99999999999999999999 yes");
}

}  // namespace
}  // namespace neshast
