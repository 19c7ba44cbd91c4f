#include "precedence/alphabet.h"

#include <unicode/locid.h>
#include <unicode/strenum.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace neshast::precedence {
namespace {

constexpr size_t kLongestTag = 100;
constexpr absl::string_view kCollation = "collation";

// "zh" of "zh-Hant-TW".
absl::string_view LanguageOf(absl::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

bool IsIso639(absl::string_view language) {
  for (const char* const* known = uloc_getISOLanguages(); *known != nullptr; ++known) {
    if (language == *known) return true;
  }
  return false;
}

// ICU passes over keywords and values that it does not know; a rule must not.
bool HasOnlyAKnownCollation(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> keywords(locale.createKeywords(status));
  if (keywords == nullptr) return U_SUCCESS(status);
  if (keywords->count(status) != 1 || kCollation != keywords->next(nullptr, status)) return false;
  const auto asked = locale.getKeywordValue<std::string>(kCollation.data(), status);
  const std::unique_ptr<icu::StringEnumeration> known(
      icu::Collator::getKeywordValuesForLocale(kCollation.data(), locale, false, status));
  while (U_SUCCESS(status)) {
    const char* const value = known->next(nullptr, status);
    if (value == nullptr) return false;
    if (asked == value) return true;
  }
  return false;
}

// The tags by which a name is looked for, best first, as rules.h promises.
std::vector<std::string> TagsFor(const std::string& language, const Party& party) {
  std::vector<std::string> tags;
  for (size_t end = language.size(); end != std::string::npos; end = language.rfind('-', end - 1)) {
    tags.push_back(language.substr(0, end));
  }
  for (const auto& [tag, name] : party.names) {
    if (LanguageOf(tag) == LanguageOf(language)) tags.push_back(tag);
  }
  tags.insert(tags.end(), {"en", party.original_language, party.names.begin()->first});
  return tags;
}

}  // namespace

std::optional<Alphabet> Alphabet::Open(const std::string& language) {
  if (language.empty() || language.size() > kLongestTag) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(language, status);
  if (U_FAILURE(status) || !IsIso639(locale.getLanguage()) || !HasOnlyAKnownCollation(locale)) {
    return std::nullopt;
  }
  std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(locale, status));
  auto plain = icu::Locale(locale.getBaseName()).toLanguageTag<std::string>(status);
  if (U_FAILURE(status)) return std::nullopt;
  return Alphabet(language, std::move(plain), std::move(collator));
}

Alphabet::Alphabet(std::string rule, std::string language, std::unique_ptr<icu::Collator> collator)
    : rule_(std::move(rule)), language_(std::move(language)), collator_(std::move(collator)) {}

NameInAlphabet Alphabet::NameOf(const Party& party) const {
  const std::vector<std::string> tags = TagsFor(language_, party);
  const auto tag = std::find_if(tags.begin(), tags.end(),
                                [&](const auto& each) { return party.names.count(each) > 0; });
  return {rule_, party.names.at(*tag), *tag, LanguageOf(*tag) != LanguageOf(language_)};
}

std::string Alphabet::SortKey(const std::string& text) const {
  const auto unicode = icu::UnicodeString::fromUTF8(text);
  std::string key(static_cast<size_t>(collator_->getSortKey(unicode, nullptr, 0)), '\0');
  collator_->getSortKey(unicode, reinterpret_cast<uint8_t*>(key.data()),
                        static_cast<int32_t>(key.size()));
  return key;
}

}  // namespace neshast::precedence
