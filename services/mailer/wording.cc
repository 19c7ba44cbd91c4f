#include "mailer/wording.h"

#include <unicode/dtptngen.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "mailer/catalogue.h"
#include "time/solar_hijri.h"

namespace neshast {
namespace {

// `wall` as if its clock were Greenwich's, where ICU converts nothing.
std::string Format(const std::string& language, const icu::UnicodeString& pattern, WallTime wall) {
  UErrorCode status = U_ZERO_ERROR;
  icu::SimpleDateFormat format(pattern, icu::Locale(language.c_str()), status);
  if (U_FAILURE(status)) return FormatWallTime(wall);
  format.setTimeZone(*icu::TimeZone::getGMT());
  icu::UnicodeString text;
  format.format(static_cast<double>(wall.time_since_epoch().count()) * 1000.0, text);
  std::string utf8;
  return text.toUTF8String(utf8);
}

icu::UnicodeString BestPattern(const std::string& language, const char* skeleton) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(icu::Locale(language.c_str()), status));
  if (U_FAILURE(status)) return icu::UnicodeString("yyyy-MM-dd");
  return generator->getBestPattern(icu::UnicodeString(skeleton), status);
}

}  // namespace

std::string FormatDay(const std::string& language, date::local_days day) {
  if (language == "fa") {  // whose own calendar ICU would take here too
    return absl::StrCat(FormatSolarHijriLong(day), " (",
                        Format("fa@calendar=gregorian", icu::UnicodeString("d MMMM y"), day), ")");
  }
  return Format(language, BestPattern(language, "yMMMMEEEEd"), day);
}

std::string FormatHour(const std::string& language, WallTime wall) {
  return Format(language, icu::UnicodeString("HH:mm"), wall);
}

std::string FormatOffset(std::chrono::seconds offset) {
  const int64_t minutes = std::abs(offset.count()) / 60;
  return absl::StrFormat("UTC%s%02d:%02d", offset.count() < 0 ? "-" : "+", minutes / 60,
                         minutes % 60);
}

std::string LanguageName(const std::string& tag, const std::string& in_language) {
  icu::UnicodeString name;
  icu::Locale(tag.c_str()).getDisplayName(icu::Locale(in_language.c_str()), name);
  std::string utf8;
  return name.toUTF8String(utf8);
}

Chosen Choose(const v1::LocalizedText& text, const std::vector<std::string>& languages) {
  const std::map<std::string, std::string> texts(text.texts().begin(), text.texts().end());
  if (texts.empty()) return {};
  std::vector<std::string> wanted = languages;
  wanted.emplace_back("en");
  wanted.push_back(text.original());
  for (const std::string& tag : wanted) {
    const auto exact = texts.find(tag);
    if (exact != texts.end()) return {exact->second, exact->first};
    for (const auto& [language, each] : texts) {
      if (LanguageOf(language) == LanguageOf(tag)) return {each, language};
    }
  }
  return {texts.begin()->second, texts.begin()->first};
}

}  // namespace neshast
