// What makes two spellings one. Internal to words.
#pragma once

#include <unicode/unistr.h>

#include <string>

namespace neshast::words {

// `text` folded as words.h says, at most kLongestWord characters of it; empty where only marks are
// left of it.
std::string Fold(const icu::UnicodeString& text);

}  // namespace neshast::words
