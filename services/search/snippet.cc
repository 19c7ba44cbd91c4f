#include "search/snippet.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace neshast {
namespace {

constexpr int kBeforeFirstMark = 50;
constexpr int kNearestSpace = 20;
constexpr char kLeftOut[] = "…";

// `text` character by character.
std::vector<UChar32> CharactersOf(const std::string& text) {
  std::vector<UChar32> characters;
  const auto unicode = icu::UnicodeString::fromUTF8(text);
  for (int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
    characters.push_back(unicode.char32At(i));
  }
  return characters;
}

// A place to cut at or after `at`, before `limit`: after a space where there is one near.
int CutAfterSpace(const std::vector<UChar32>& characters, int at, int limit) {
  for (int i = at; i < std::min(limit, at + kNearestSpace); ++i) {
    if (u_isUWhiteSpace(characters[static_cast<size_t>(i)])) return i + 1;
  }
  return at;
}

int CutBeforeSpace(const std::vector<UChar32>& characters, int at, int limit) {
  for (int i = at; i > std::max(limit, at - kNearestSpace); --i) {
    if (u_isUWhiteSpace(characters[static_cast<size_t>(i - 1)])) return i - 1;
  }
  return at;
}

v1::Snippet Cut(const SubjectText& text, const std::vector<words::Range>& marks) {
  const std::vector<UChar32> characters = CharactersOf(text.text);
  const int length = static_cast<int>(characters.size());
  int begin = 0;
  int end = length;
  if (length > kLongestSnippet) {
    const int first = marks.empty() ? 0 : marks[0].begin;
    begin = std::clamp(first - kBeforeFirstMark, 0, length - kLongestSnippet);
    end = begin + kLongestSnippet;
    if (begin > 0) begin = CutAfterSpace(characters, begin, first);
    if (end < length) end = CutBeforeSpace(characters, end, marks.empty() ? begin : marks[0].end);
  }
  v1::Snippet snippet;
  snippet.set_language(text.language);
  const int shift = begin > 0 ? 1 - begin : 0;
  std::string& shown = *snippet.mutable_text();
  if (begin > 0) shown = kLeftOut;
  icu::UnicodeString::fromUTF32(characters.data() + begin, end - begin).toUTF8String(shown);
  if (end < length) shown += kLeftOut;
  for (const words::Range& mark : marks) {
    const words::Range seen{std::max(mark.begin, begin), std::min(mark.end, end)};
    if (seen.begin >= seen.end) continue;
    v1::TextRange& range = *snippet.add_highlights();
    range.set_begin(seen.begin + shift);
    range.set_end(seen.end + shift);
  }
  return snippet;
}

}  // namespace

v1::Snippet SnippetOf(const Subject& subject, const words::Query& query,
                      const std::string& language) {
  if (subject.texts.empty()) return {};
  const SubjectText* best = &subject.texts.back();
  std::vector<words::Range> best_marks;
  for (const SubjectText& text : subject.texts) {
    std::vector<words::Range> marks = MarksOf(query, words::WordsOf(text.text));
    const bool is_asked_for = text.language == language && best->language != language;
    if (marks.size() < best_marks.size() || (marks.size() == best_marks.size() && !is_asked_for)) {
      continue;
    }
    best = &text;
    best_marks = std::move(marks);
  }
  return Cut(*best, best_marks);
}

}  // namespace neshast
