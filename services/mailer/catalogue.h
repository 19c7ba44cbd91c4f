// What mails say, by language: one file of phrases for each (catalogue/fa.json), each phrase a
// pattern of ICU's MessageFormat, so that plurals follow the language's own rules. The files are
// part of the program. https://unicode-org.github.io/icu/userguide/format_parse/messages/
#pragma once

#include <map>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"

namespace neshast {

// The file of each language, as it was built in: {"fa", "{ … }"}.
const std::map<std::string, const char*>& CatalogueFiles();

class Catalogue {
 public:
  using Values = std::map<std::string, std::variant<std::string, int>>;

  // The catalogue for a BCP 47 tag by its language ("zh-Hans" finds zh), nullptr where there is
  // none.
  static const Catalogue* Find(absl::string_view tag);
  static const Catalogue& English();

  Catalogue(std::string language, std::map<std::string, std::string> phrases)
      : language_(std::move(language)), phrases_(std::move(phrases)) {}

  // "fa"
  const std::string& language() const { return language_; }
  bool is_right_to_left() const;
  const std::map<std::string, std::string>& phrases() const { return phrases_; }

  // The phrase `key` with its values, plain text. A key that no catalogue has is a defect, and
  // comes back itself.
  std::string Say(const std::string& key, const Values& values = {}) const;

 private:
  std::string language_;
  std::map<std::string, std::string> phrases_;
};

// The part of a BCP 47 tag that names the language: "zh" of "zh-Hans".
std::string LanguageOf(absl::string_view tag);

}  // namespace neshast
