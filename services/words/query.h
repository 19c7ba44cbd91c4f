// What somebody looks for: words, "words one after another" and beginnings*.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "words/words.h"

namespace neshast::words {

inline constexpr int kLongestQuery = 1000;  // Unicode characters
inline constexpr int kMostSought = 64;      // words, counted as they stand in the index
inline constexpr int kMostBeginnings = 8;
inline constexpr int kShortestBeginning = 2;  // Unicode characters

// A word that is looked for, or the beginning of one.
struct Sought {
  std::string text;
  bool beginning = false;
  int place = 0;  // after the first of its term

  bool operator==(const Sought&) const = default;
};

// Words that follow each other at their places; one, for a plain word.
struct Term {
  std::vector<Sought> words;

  bool operator==(const Term&) const = default;
};

// A text answers it when it holds every term.
struct Query {
  std::vector<Term> terms;
};

// Reads a query. Words in any quotes follow each other; a quote that is not closed lasts to the
// end. Of text without spaces every word of the dictionary is a term of its own. "*" after a word
// of at least kShortestBeginning characters makes it a beginning; elsewhere it is nothing.
// Articles, prepositions and the like are left out where something else remains.
//
// INVALID_ARGUMENT / INVALID_FIELD for "query": longer than kLongestQuery, no word in it, more than
// kMostSought words or kMostBeginnings beginnings, or one that is too short.
absl::StatusOr<Query> ReadQuery(absl::string_view text);

// A half-open range of Unicode characters.
struct Range {
  int begin = 0;
  int end = 0;

  bool operator==(const Range&) const = default;
};

// Where words of `query` stand in a text that has `words`: in order, apart from each other.
std::vector<Range> MarksOf(const Query& query, const std::vector<Word>& words);

}  // namespace neshast::words
