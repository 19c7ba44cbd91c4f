#include "words/words.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "words/fold.h"
#include "words/segments.h"

namespace neshast::words {
namespace {

// What French, Italian and Catalan put before an apostrophe: an article or the like, no word to
// look for.
constexpr std::array<absl::string_view, 27> kElisions = {
    "l",    "d",     "j",     "m",     "t",      "s",      "c",      "n",      "v",
    "qu",   "un",    "gl",    "all",   "dell",   "nell",   "sull",   "dall",   "coll",
    "degl", "quest", "quell", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu"};

// What Persian writes after or before a word with a joiner, with a space or at once.
constexpr std::array<absl::string_view, 6> kPersianEndings = {"ها",   "های", "هایی",
                                                              "هایم", "تر",  "ترین"};
constexpr std::array<absl::string_view, 2> kPersianBeginnings = {"می", "نمی"};

template <class All>
bool IsOneOf(const All& all, absl::string_view word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

// What joins parts to one word in the eyes of ICU: the zero-width non-joiner, apostrophes, the
// middle dot, and a full stop between letters.
bool Joins(const icu::UnicodeString& text, const Segment& segment, int at) {
  switch (text[at]) {
    case 0x200c:
    case '\'':
    case 0x2019:
    case 0x2018:
    case 0x02bc:
    case 0x00b7:
    case '_':
      return true;
    case '.':
      return at > segment.begin && at + 1 < segment.end && u_isalpha(text[at - 1]) &&
             u_isalpha(text[at + 1]);
    default:
      return false;
  }
}

bool IsApostrophe(UChar c) {
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02bc;
}

class Reader {
 public:
  explicit Reader(const icu::UnicodeString& text) : text_(text) {}

  std::vector<Word> Read() {
    const std::vector<Segment> segments = SegmentsOf(text_);
    for (size_t i = 0; i < segments.size();) {
      if (!segments[i].spaceless) {
        AddSpaced(segments[i++]);
        continue;
      }
      Segment run = segments[i++];
      while (i < segments.size() && segments[i].spaceless && segments[i].begin == run.end) {
        run.end = segments[i++].end;
      }
      AddRun(run);
    }
    return std::move(words_);
  }

 private:
  // In Unicode characters. What is asked for only grows.
  int Characters(int units) {
    characters_ += text_.countChar32(units_, units - units_);
    units_ = units;
    return characters_;
  }

  std::string Folded(int begin, int end) const {
    return Fold(text_.tempSubStringBetween(begin, end));
  }

  void Add(std::string text, int begin, int end, Form form) {
    if (!text.empty()) words_.push_back({std::move(text), place_, begin, end, form});
  }

  void AddSpaced(Segment segment) {
    std::vector<Segment> parts = PartsOf(segment);
    if (parts.size() == 2 && IsApostrophe(text_[parts[0].end])) {
      // "l'expérience" is about experience, "mayor's" about a mayor.
      if (IsOneOf(kElisions, Folded(parts[0].begin, parts[0].end))) {
        segment = parts[1];
        parts = {parts[1]};
      } else if (Folded(parts[1].begin, parts[1].end) == "s") {
        segment = parts[0];
        parts = {parts[0]};
      }
    }
    const int begin = Characters(segment.begin);
    std::string whole;
    std::vector<Word> pieces;
    for (const Segment& part : parts) {
      const std::string folded = Folded(part.begin, part.end);
      const int from = Characters(part.begin);
      if (!folded.empty()) pieces.push_back({folded, place_, from, Characters(part.end)});
      whole += folded;
    }
    if (whole.empty()) return;
    const int end = Characters(segment.end);
    if (JoinToLast(whole, begin, end)) return;
    Add(whole, begin, end, Form::kWhole);
    if (pieces.size() > 1) {
      for (const Word& piece : pieces) Add(piece.text, piece.begin, piece.end, Form::kPart);
    }
    last_ = whole;
    ++place_;
  }

  std::vector<Segment> PartsOf(const Segment& segment) const {
    std::vector<Segment> parts{{segment.begin, segment.begin}};
    for (int i = segment.begin; i < segment.end; ++i) {
      if (Joins(text_, segment, i)) {
        parts.push_back({i + 1, i + 1});
      } else {
        parts.back().end = i + 1;
      }
    }
    std::erase_if(parts, [](const Segment& part) { return part.begin == part.end; });
    return parts;
  }

  // A Persian ending after a space makes one word with the word before, which then is only a part;
  // so does what follows a beginning.
  bool JoinToLast(const std::string& word, int begin, int end) {
    if (words_.empty() || last_.empty() || words_.back().place != place_ - 1 ||
        begin - words_.back().end != 1 ||
        !(IsOneOf(kPersianEndings, word) || IsOneOf(kPersianBeginnings, last_))) {
      return false;
    }
    int from = begin;
    for (auto each = words_.rbegin(); each != words_.rend() && each->place == place_ - 1; ++each) {
      each->form = Form::kPart;
      from = std::min(from, each->begin);
    }
    --place_;
    Add(word, begin, end, Form::kPart);
    last_ += word;
    Add(last_, from, end, Form::kWhole);
    ++place_;
    return true;
  }

  void AddRun(const Segment& run) {
    last_.clear();
    std::vector<int> starts;
    for (int i = run.begin; i < run.end; i = text_.moveIndex32(i, 1)) starts.push_back(i);
    starts.push_back(run.end);
    const size_t count = starts.size() - 1;
    for (size_t i = 0; i < count; ++i, ++place_) {
      const int begin = Characters(starts[i]);
      const bool last = i + 1 == count;
      const Form form = !last ? Form::kWhole : count == 1 ? Form::kLone : Form::kPart;
      const int length = last ? 1 : 2;
      Add(Folded(starts[i], starts[std::min(i + 2, count)]), begin, begin + length, form);
    }
  }

  const icu::UnicodeString& text_;
  std::vector<Word> words_;
  std::string last_;  // the word before, where it was written with spaces
  int place_ = 0;
  int units_ = 0;
  int characters_ = 0;
};

}  // namespace

std::vector<Word> WordsOf(absl::string_view text) {
  const auto unicode =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  return Reader(unicode).Read();
}

}  // namespace neshast::words
