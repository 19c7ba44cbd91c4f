// Words that nobody looks for. Internal to words.
#pragma once

#include "absl/strings/string_view.h"

namespace neshast::words {

// Whether `word`, folded, is an article, a preposition or the like in one of the languages of the
// sister cities.
bool IsStopWord(absl::string_view word);

}  // namespace neshast::words
