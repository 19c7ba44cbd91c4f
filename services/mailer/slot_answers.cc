#include "mailer/slot_answers.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "mailer/own_words.h"

namespace neshast {
namespace {

using Answer = v1::SlotAnswer::Answer;
using Why = UnreadLine::Why;

constexpr int kMostSlots = 12;

constexpr std::pair<Answer, const char*> kKeys[] = {
    {v1::SlotAnswer::ANSWER_YES, "answer_yes"},
    {v1::SlotAnswer::ANSWER_IF_NEED_BE, "answer_if_need_be"},
    {v1::SlotAnswer::ANSWER_NO, "answer_no"},
};

// Letters that keyboards exchange, and those that decompose into no others.
char32_t Plain(UChar32 c) {
  switch (c) {
    case 0x0643:  // Arabic kaf for the Persian keheh
      return 0x06A9;
    case 0x064A:  // Arabic yeh and
    case 0x0649:  // alef maksura for the Persian yeh
      return 0x06CC;
    case 0x0131:  // Turkish dotless i
      return U'i';
    case 0x2019:
    case 0x02BC:
      return U'\'';
    case 0x060C:  // Arabic comma
    case 0x061B:  // and semicolon
    case 0x3001:  // Chinese commas
    case 0x3002:  // and full stop
      return U',';
    case 0x2013:
    case 0x2014:
      return U'-';
    default:
      break;
  }
  const int32_t digit = u_charDigitValue(c);
  if (digit >= 0) return U'0' + static_cast<char32_t>(digit);
  return u_isUWhiteSpace(c) ? U' ' : static_cast<char32_t>(c);
}

// `text` as answers are compared: without case, accents and joiners, digits in ASCII.
std::u32string Folded(absl::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString given =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  given.findAndReplace(icu::UnicodeString(UChar32{0x2116}), icu::UnicodeString("#"));  // "№ 1"
  const icu::UnicodeString apart =
      icu::Normalizer2::getNFKDInstance(status)->normalize(given.foldCase(), status);
  std::u32string folded;
  for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    const int32_t type = U_GET_GC_MASK(c);
    if ((type & (U_GC_M_MASK | U_GC_CF_MASK)) != 0) continue;
    const char32_t plain = Plain(c);
    if (plain != U' ' || (!folded.empty() && folded.back() != U' ')) folded.push_back(plain);
  }
  while (!folded.empty() && folded.back() == U' ') folded.pop_back();
  return folded;
}

using Words = std::map<std::u32string, Answer>;

void AddWords(const Catalogue& catalogue, Words& words) {
  for (const auto& [answer, key] : kKeys) {
    const std::vector<std::string> each = absl::StrSplit(catalogue.phrases().at(key), '|');
    for (const std::string& word : each) words.emplace(Folded(word), answer);
  }
}

// One line while it is read from left to right.
class Line {
 public:
  Line(const std::string& line, const Words& words) : text_(Folded(line)), words_(words) {}

  bool is_read() const { return at_ == text_.size(); }

  void Skip(const std::u32string& marks) {
    while (!is_read() && marks.find(text_[at_]) != std::u32string::npos) ++at_;
  }

  // The number that follows; nullopt, and nothing read, where none from 1 to 12 does.
  std::optional<int> Number() {
    int number = 0;
    size_t end = at_;
    for (; end < text_.size() && text_[end] >= U'0' && text_[end] <= U'9'; ++end) {
      number = std::min(number * 10 + static_cast<int>(text_[end] - U'0'), kMostSlots + 1);
    }
    if (end == at_ || number < 1 || number > kMostSlots) return std::nullopt;
    at_ = end;
    return number;
  }

  // The longest answer that follows and ends where a word may end.
  std::optional<Answer> AnswerWord() {
    std::optional<Answer> answer;
    size_t end = at_;
    for (const auto& [word, each] : words_) {
      const size_t after = at_ + word.size();
      if (after <= end || text_.compare(at_, word.size(), word) != 0) continue;
      if (after < text_.size() && u_isalpha(static_cast<UChar32>(text_[after]))) continue;
      answer = each;
      end = after;
    }
    at_ = end;
    return answer;
  }

  // What ends an answer: nothing more, the number of the next slot, or a mark that remarks follow.
  bool EndsHere() const {
    const size_t next = text_.find_first_not_of(U' ', at_);
    if (next == std::u32string::npos) return true;
    const char32_t c = text_[next];
    return (c >= U'0' && c <= U'9') || std::u32string(U",;.:!(-").find(c) != std::u32string::npos;
  }

 private:
  const std::u32string text_;
  const Words& words_;
  size_t at_ = 0;
};

class Reading {
 public:
  explicit Reading(Words words) : words_(std::move(words)) {}

  void Read(const std::string& line) {
    Line rest(line, words_);
    rest.Skip(U" -*#(\u2022\u00B7");
    std::optional<NumberedAnswer> last;
    while (const std::optional<int> number = rest.Number()) {
      rest.Skip(U" .:)-=,");
      const std::optional<Answer> answer = rest.AnswerWord();
      if (!answer || !rest.EndsHere()) return Refuse(Why::kUnknownAnswer, line);
      last = NumberedAnswer{*number, *answer};
      Take(*last, line);
      rest.Skip(U" .,;:!-");
    }
    if (last && rest.is_read()) return;
    const std::optional<Answer> another = rest.AnswerWord();
    if (!another || !rest.EndsHere()) {
      remark_.push_back(line);
    } else if (!last) {
      Refuse(Why::kNoSlot, line);
    } else {
      Take({last->number, *another}, line);  // "3 yes, no"
    }
  }

  SlotAnswers Result() const {
    SlotAnswers result{
        .answers = {}, .remark = absl::StrJoin(remark_, "\n"), .problems = problems_};
    for (const auto& [number, answer] : answers_) {
      if (contradicted_.count(number) == 0) result.answers.push_back({number, answer});
    }
    return result;
  }

 private:
  void Refuse(Why why, const std::string& line) { problems_.push_back({why, line}); }

  void Take(const NumberedAnswer& given, const std::string& line) {
    const auto [taken, is_new] = answers_.emplace(given.number, given.answer);
    if (is_new || taken->second == given.answer) return;
    contradicted_.insert(given.number);
    Refuse(Why::kContradiction, line);
  }

  const Words words_;
  std::map<int, Answer> answers_;
  std::set<int> contradicted_;
  std::vector<std::string> remark_;
  std::vector<UnreadLine> problems_;
};

}  // namespace

std::string WordOf(Answer answer, const Catalogue& catalogue) {
  for (const auto& [each, key] : kKeys) {
    if (each != answer) continue;
    const std::string& words = catalogue.phrases().at(key);
    return words.substr(0, words.find('|'));
  }
  return "";
}

SlotAnswers ReadSlotAnswers(absl::string_view text, absl::string_view language) {
  Words words;
  if (const Catalogue* own = Catalogue::Find(language)) AddWords(*own, words);
  AddWords(Catalogue::English(), words);
  Reading reading(std::move(words));
  for (const std::string& line : OwnLines(text)) reading.Read(line);
  return reading.Result();
}

}  // namespace neshast
