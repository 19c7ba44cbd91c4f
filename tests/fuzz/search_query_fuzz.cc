// Whatever is looked for in itself: bounded, and its marks stand in it, in order and apart.
#include <unicode/unistr.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "words/query.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace neshast::words;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::vector<Word> words = WordsOf(text);
  const int length = icu::UnicodeString::fromUTF8(text).countChar32();
  int place = 0;
  for (const Word& word : words) {
    if (word.text.empty() || word.place < place || word.begin >= word.end || word.end > length) {
      std::abort();
    }
    place = word.place;
  }
  const auto query = ReadQuery(text);
  if (!query.ok()) return 0;
  size_t sought = 0;
  for (const Term& term : query->terms) sought += term.words.size();
  if (sought == 0 || sought > kMostSought) std::abort();
  int last = -1;
  for (const Range& range : MarksOf(*query, words)) {
    if (range.begin <= last || range.begin >= range.end || range.end > length) std::abort();
    last = range.end;
  }
  return 0;
}
