#include "mailer/catalogue.h"

#include <gmock/gmock.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <set>

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::Not;

std::set<std::string> PlaceholdersOf(const std::string& pattern) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(pattern);
  const icu::MessagePattern parsed(text, nullptr, status);
  EXPECT_TRUE(U_SUCCESS(status)) << pattern;
  std::set<std::string> names;
  for (int32_t i = 0; i < parsed.countParts(); ++i) {
    if (parsed.getPart(i).getType() != UMSGPAT_PART_TYPE_ARG_NAME) continue;
    std::string name;
    names.insert(parsed.getSubstring(parsed.getPart(i)).toUTF8String(name));
  }
  return names;
}

TEST(Catalogues, AreThoseOfTheNineLanguages) {
  std::vector<std::string> languages;
  for (const auto& [language, text] : CatalogueFiles()) languages.push_back(language);
  EXPECT_THAT(languages, ElementsAre("ar", "en", "es", "fa", "fr", "it", "ru", "tr", "zh"));
}

TEST(Catalogues, HaveEveryPhraseWithTheSamePlaceholdersAndValidPatterns) {
  const Catalogue& english = Catalogue::English();
  for (const auto& [language, text] : CatalogueFiles()) {
    const Catalogue* catalogue = Catalogue::Find(language);
    ASSERT_NE(catalogue, nullptr) << language << " is no JSON object";
    EXPECT_EQ(catalogue->phrases().size(), english.phrases().size()) << language;
    for (const auto& [key, pattern] : english.phrases()) {
      const auto phrase = catalogue->phrases().find(key);
      ASSERT_NE(phrase, catalogue->phrases().end()) << language << " lacks " << key;
      EXPECT_EQ(PlaceholdersOf(phrase->second), PlaceholdersOf(pattern)) << language << " " << key;
      UErrorCode status = U_ZERO_ERROR;
      const icu::MessageFormat format(icu::UnicodeString::fromUTF8(phrase->second),
                                      icu::Locale(language.c_str()), status);
      EXPECT_TRUE(U_SUCCESS(status)) << language << " " << key;
      // MessageFormat takes the straight apostrophe for a quote.
      EXPECT_THAT(phrase->second, Not(testing::HasSubstr("'"))) << language << " " << key;
    }
  }
}

TEST(Catalogues, AreFoundByTheLanguageOfATag) {
  EXPECT_EQ(Catalogue::Find("zh-Hans"), Catalogue::Find("zh"));
  EXPECT_EQ(Catalogue::Find("hy"), nullptr);
  EXPECT_EQ(Catalogue::Find(""), nullptr);
  EXPECT_TRUE(Catalogue::Find("fa")->is_right_to_left());
  EXPECT_TRUE(Catalogue::Find("ar")->is_right_to_left());
  EXPECT_FALSE(Catalogue::Find("ru")->is_right_to_left());
}

struct Length {
  const char* language;
  int hours;
  int minutes;
  const char* expected;
};

TEST(Catalogues, CountByTheRulesOfTheLanguage) {
  const Length lengths[] = {
      {"en", 1, 30, "1 hour 30 minutes"},   {"en", 2, 0, "2 hours"},
      {"en", 0, 45, "45 minutes"},          {"fa", 1, 30, "۱ ساعت و ۳۰ دقیقه"},
      {"zh", 1, 30, "1小时30分钟"},         {"ru", 1, 21, "1 час 21 минута"},
      {"ru", 2, 22, "2 часа 22 минуты"},    {"ru", 5, 45, "5 часов 45 минут"},
      {"ar", 1, 0, "ساعة واحدة"},           {"ar", 2, 0, "ساعتان"},
      {"es", 1, 30, "1 hora y 30 minutos"}, {"it", 2, 0, "2 ore"},
      {"tr", 1, 30, "1 saat 30 dakika"},    {"fr", 1, 30, "1 heure et 30 minutes"},
  };
  for (const Length& each : lengths) {
    const bool both = each.hours > 0 && each.minutes > 0;
    EXPECT_EQ(Catalogue::Find(each.language)
                  ->Say("duration", {{"hours", each.hours},
                                     {"minutes", each.minutes},
                                     {"both", std::string(both ? "yes" : "no")}}),
              each.expected);
  }
}

TEST(Catalogues, TakeAValueForTextAndNotForAPattern) {
  EXPECT_EQ(Catalogue::English().Say("salutation", {{"name", std::string("{host} '{0}' #")}}),
            "For the attention of {host} '{0}' #");
}

}  // namespace
}  // namespace neshast
