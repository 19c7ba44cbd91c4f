// The words of a text, as searches compare them: the same words however they are written.
//
// Where words end is ICU's matter (UAX #29). What is written without spaces between words (Han and
// Kana) stands in every pair of neighbouring characters, so that what is looked for is found
// whatever a dictionary makes of its neighbours. A word is folded: case, accents, width, vowel
// marks and joiners are gone; Arabic letters and digits are Persian's and Latin's; traditional
// characters are simplified; ё is е, and both i of Turkish are one, for whoever searches may not
// have them on the keyboard. No language is needed: a query has none.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace neshast::words {

// No word is longer; the rest of a longer one is left out. Unicode characters.
inline constexpr int kLongestWord = 64;

// How a word stands in its text.
enum class Form {
  kWhole,
  kPart,  // of a compound that stands there too ("شهر" of "شهر‌ها", "an" of "Xi'an"), or
          // the last character of a run without spaces: to be found, not to look for
  kLone,  // one character that stands alone in its run: to look for as the beginning of a pair
};

struct Word {
  std::string text;  // folded
  int place = 0;     // words that follow each other have places that do; parts share their whole's
  int begin = 0;     // what it covers of the text: a half-open range of Unicode characters
  int end = 0;
  Form form = Form::kWhole;

  bool operator==(const Word&) const = default;
};

// The words of `text` in their order; none where it has none. What is not UTF-8 divides words.
std::vector<Word> WordsOf(absl::string_view text);

}  // namespace neshast::words
