#include "mailer/catalogue.h"

#include <unicode/locid.h>
#include <unicode/msgfmt.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/ascii.h"

namespace neshast {
namespace {

std::map<std::string, Catalogue> ReadAll() {
  std::map<std::string, Catalogue> all;
  for (const auto& [language, text] : CatalogueFiles()) {
    const auto phrases = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!phrases.is_object()) continue;
    all.try_emplace(language, language, phrases.get<std::map<std::string, std::string>>());
  }
  return all;
}

const std::map<std::string, Catalogue>& All() {
  static const auto* const all = new std::map<std::string, Catalogue>(ReadAll());
  return *all;
}

icu::Formattable ToIcu(const std::variant<std::string, int>& value) {
  if (const int* number = std::get_if<int>(&value)) return icu::Formattable(int32_t{*number});
  return icu::Formattable(icu::UnicodeString::fromUTF8(std::get<std::string>(value)));
}

}  // namespace

std::string LanguageOf(absl::string_view tag) {
  return absl::AsciiStrToLower(tag.substr(0, tag.find('-')));
}

const Catalogue* Catalogue::Find(absl::string_view tag) {
  const auto found = All().find(LanguageOf(tag));
  return found == All().end() ? nullptr : &found->second;
}

const Catalogue& Catalogue::English() {
  return *Find("en");
}

bool Catalogue::is_right_to_left() const {
  return icu::Locale(language_.c_str()).isRightToLeft();
}

std::string Catalogue::Say(const std::string& key, const Values& values) const {
  const auto phrase = phrases_.find(key);
  if (phrase == phrases_.end()) return key;
  UErrorCode status = U_ZERO_ERROR;
  const icu::MessageFormat format(icu::UnicodeString::fromUTF8(phrase->second),
                                  icu::Locale(language_.c_str()), status);
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> arguments;
  for (const auto& [name, value] : values) {
    names.push_back(icu::UnicodeString::fromUTF8(name));
    arguments.push_back(ToIcu(value));
  }
  icu::UnicodeString text;
  format.format(names.data(), arguments.data(), static_cast<int32_t>(names.size()), text, status);
  std::string utf8;
  return U_FAILURE(status) ? key : text.toUTF8String(utf8);
}

}  // namespace neshast
