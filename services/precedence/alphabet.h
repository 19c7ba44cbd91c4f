// A language's alphabetical order. Internal to the rules.
#pragma once

#include <unicode/coll.h>

#include <memory>
#include <optional>
#include <string>

#include "precedence/order.h"
#include "precedence/party.h"

namespace neshast::precedence {

class Alphabet {
 public:
  // As ByAlphabet::language says; nothing where it is not such a tag.
  static std::optional<Alphabet> Open(const std::string& language);

  // The name that stands for `party`, which has at least one.
  NameInAlphabet NameOf(const Party& party) const;

  // Bytes that compare as the texts do. Alike for texts that the alphabet does not tell apart.
  std::string SortKey(const std::string& text) const;

 private:
  Alphabet(std::string rule, std::string language, std::unique_ptr<icu::Collator> collator);

  std::string rule_;
  std::string language_;  // Without the collation.
  std::unique_ptr<icu::Collator> collator_;
};

}  // namespace neshast::precedence
