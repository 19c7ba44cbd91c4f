#include "words/query.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "errors.h"
#include "status_macros.h"
#include "words/segments.h"
#include "words/stop_words.h"

namespace neshast::words {
namespace {

absl::Status Invalid(const std::string& why) {
  return Error(absl::StatusCode::kInvalidArgument,
               absl::StrCat("The query cannot be searched for: ", why),
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{"query", why}}});
}

bool IsQuote(UChar c) {
  switch (c) {
    case '"':
    case 0x00ab:  // «
    case 0x00bb:  // »
    case 0x201c:  // “
    case 0x201d:  // ”
    case 0x201e:  // „
    case 0x300c:  // 「
    case 0x300d:  // 」
      return true;
    default:
      return false;
  }
}

std::string Utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

// The words of `text` as they are looked for.
Term TermOf(const icu::UnicodeString& text) {
  Term term;
  int first = -1;
  for (Word& word : WordsOf(Utf8(text))) {
    if (word.form == Form::kPart) continue;
    if (first < 0) first = word.place;
    term.words.push_back({std::move(word.text), word.form == Form::kLone, word.place - first});
  }
  return term;
}

class QueryReader {
 public:
  absl::StatusOr<Query> Read(const icu::UnicodeString& text) {
    bool quoted = false;
    for (int begin = 0, i = 0; i <= text.length(); ++i) {
      if (i < text.length() && !IsQuote(text[i])) continue;
      const icu::UnicodeString part = text.tempSubStringBetween(begin, i);
      if (quoted) {
        AddTerm(TermOf(part));
      } else {
        AddWords(part);
      }
      quoted = !quoted;
      begin = i + 1;
    }
    if (query_.terms.empty()) query_.terms = std::move(common_);
    RETURN_IF_ERROR(Check());
    return std::move(query_);
  }

 private:
  void AddTerm(Term term) {
    if (term.words.empty()) return;
    auto& terms = query_.terms;
    if (std::find(terms.begin(), terms.end(), term) == terms.end()) {
      terms.push_back(std::move(term));
    }
  }

  void AddWord(Term term) {
    const bool common = term.words.size() == 1 && IsStopWord(term.words[0].text);
    if (!common) return AddTerm(std::move(term));
    common_.push_back(std::move(term));
  }

  // Words with spaces between are terms; of a run without, those of the dictionary are.
  void AddWords(const icu::UnicodeString& text) {
    const std::vector<Segment> segments = SegmentsOf(text);
    for (size_t i = 0; i < segments.size();) {
      size_t end = i + 1;
      if (segments[i].spaceless) {
        end = EndOfWord(text, segments, i);
        AddWord(TermOf(text.tempSubStringBetween(segments[i].begin, segments[end - 1].end)));
      } else {
        while (end < segments.size() && !segments[end].spaceless) ++end;
        AddSpaced(text.tempSubStringBetween(
            segments[i].begin, end < segments.size() ? segments[end].begin : text.length()));
      }
      i = end;
    }
  }

  // Single characters next to each other are rather a word that the dictionary lacks.
  static size_t EndOfWord(const icu::UnicodeString& text, const std::vector<Segment>& segments,
                          size_t at) {
    const auto is_single = [&](size_t i) {
      const Segment& one = segments[i];
      const icu::UnicodeString part = text.tempSubStringBetween(one.begin, one.end);
      return one.spaceless && part.countChar32() == 1 && !IsStopWord(Utf8(part));
    };
    size_t end = at + 1;
    if (!is_single(at)) return end;
    while (end < segments.size() && segments[end].begin == segments[end - 1].end &&
           is_single(end)) {
      ++end;
    }
    return end;
  }

  void AddSpaced(const icu::UnicodeString& text) {
    for (Word& word : WordsOf(Utf8(text))) {
      if (word.form == Form::kPart) continue;
      const int after = text.moveIndex32(0, word.end);
      const bool beginning = after < text.length() && text[after] == '*';
      const auto length = icu::UnicodeString::fromUTF8(word.text).countChar32();
      if (beginning && length < kShortestBeginning) too_short_ = word.text;
      Term term{{{std::move(word.text), beginning, 0}}};
      beginning ? AddTerm(std::move(term)) : AddWord(std::move(term));
    }
  }

  absl::Status Check() const {
    int sought = 0;
    int beginnings = 0;
    for (const Term& term : query_.terms) {
      for (const Sought& word : term.words) {
        ++sought;
        if (word.beginning) ++beginnings;
      }
    }
    if (sought == 0) return Invalid("There is no word in it.");
    if (!too_short_.empty()) {
      return Invalid(absl::StrCat("\"", too_short_, "*\" is too short a beginning; give at least ",
                                  kShortestBeginning, " letters."));
    }
    if (sought > kMostSought) {
      return Invalid(absl::StrCat("It has ", sought, " words; at most ", kMostSought,
                                  " are looked for at once."));
    }
    if (beginnings > kMostBeginnings) {
      return Invalid(absl::StrCat("It has ", beginnings, " beginnings; at most ", kMostBeginnings,
                                  " are looked for at once."));
    }
    return absl::OkStatus();
  }

  Query query_;
  std::vector<Term> common_;
  std::string too_short_;
};

bool Answers(const Word& word, const Sought& sought) {
  return sought.beginning ? absl::StartsWith(word.text, sought.text) : word.text == sought.text;
}

// The index of the first of `words` at or after `from` that stands at `place` and answers; -1 for
// none.
int FindAt(const std::vector<Word>& words, size_t from, int place, const Sought& sought) {
  for (size_t i = from; i < words.size() && words[i].place <= place; ++i) {
    if (words[i].place == place && Answers(words[i], sought)) return static_cast<int>(i);
  }
  return -1;
}

// The range of `term` where it begins with the word at `at`; empty where it does not.
Range RangeOf(const Term& term, const std::vector<Word>& words, size_t at) {
  if (!Answers(words[at], term.words[0])) return {};
  Range range{words[at].begin, words[at].end};
  size_t from = at;
  while (from > 0 && words[from - 1].place == words[at].place) --from;
  for (const Sought& sought : term.words) {
    if (sought.place == 0) continue;
    const int found = FindAt(words, from, words[at].place + sought.place, sought);
    if (found < 0) return {};
    range.end = std::max(range.end, words[static_cast<size_t>(found)].end);
  }
  return range;
}

}  // namespace

absl::StatusOr<Query> ReadQuery(absl::string_view text) {
  // A character has at most four bytes: no more is decoded than can be searched for.
  if (text.size() > size_t{4} * kLongestQuery) return Invalid("It is too long.");
  const auto unicode =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  if (unicode.countChar32() > kLongestQuery) return Invalid("It is too long.");
  return QueryReader().Read(unicode);
}

std::vector<Range> MarksOf(const Query& query, const std::vector<Word>& words) {
  std::vector<Range> ranges;
  for (const Term& term : query.terms) {
    for (size_t at = 0; at < words.size(); ++at) {
      const Range range = RangeOf(term, words, at);
      if (range.begin < range.end) ranges.push_back(range);
    }
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.begin < b.begin; });
  std::vector<Range> apart;
  for (const Range& range : ranges) {
    if (apart.empty() || range.begin > apart.back().end) {
      apart.push_back(range);
    } else {
      apart.back().end = std::max(apart.back().end, range.end);
    }
  }
  return apart;
}

}  // namespace neshast::words
