#include "words/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <memory>
#include <vector>

#include "words/words.h"

namespace neshast::words {
namespace {

constexpr UChar32 kFirstHan = 0x4e00;
constexpr UChar32 kLastHan = 0x9fff;

// Of each character of the block of Han the simplified one, by ICU's table; itself where there is
// none.
std::vector<UChar32> SimplifiedHan() {
  std::vector<UChar32> simplified;
  for (UChar32 c = kFirstHan; c <= kLastHan; ++c) simplified.push_back(c);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> simplify(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  if (simplify == nullptr) return simplified;
  for (UChar32& c : simplified) {
    icu::UnicodeString one(c);
    simplify->transliterate(one);
    // Few characters become several; they stay as they are.
    if (one.countChar32() == 1) c = one.char32At(0);
  }
  return simplified;
}

// Letters that are written for one another and that Unicode does not decompose; 0: left out.
UChar32 LetterFor(UChar32 c) {
  if (c >= kFirstHan && c <= kLastHan) {
    static const std::vector<UChar32>& simplified = *new std::vector<UChar32>(SimplifiedHan());
    return simplified[static_cast<size_t>(c - kFirstHan)];
  }
  switch (c) {
    case 0x0131:  // ı
      return 'i';
    case 0x00f8:  // ø
      return 'o';
    case 0x0142:  // ł
      return 'l';
    case 0x0111:  // đ
    case 0x00f0:  // ð
      return 'd';
    case 0x0643:      // ك
    case 0x06aa:      // ڪ
      return 0x06a9;  // ک
    case 0x0649:      // ى
    case 0x064a:      // ي
    case 0x06d2:      // ے
      return 0x06cc;  // ی
    case 0x0629:      // ة
    case 0x06be:      // ھ
    case 0x06c1:      // ہ
    case 0x06c3:      // ۃ
    case 0x06d5:      // ە
      return 0x0647;  // ه
    case 0x0671:      // ٱ
      return 0x0627;  // ا
    case 0x0621:      // ء
    case 0x0640:      // the tatweel
      return 0;
    default:
      return u_isdigit(c) ? '0' + u_charDigitValue(c) : c;
  }
}

// Whether a mark above or below `base` makes no other word: where letters have none at all, or only
// for those who cannot read without. In Russian й is no и; the marks of Indian scripts are vowels.
bool MarkCounts(UChar32 base, UChar32 mark) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(base, &status)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
      return false;
    case USCRIPT_CYRILLIC:
      return !(base == 0x0435 && mark == 0x0308);  // ё
    default:
      return true;
  }
}

icu::UnicodeString Normalized(const icu::Normalizer2* normalizer, const icu::UnicodeString& text,
                              UErrorCode& status) {
  return normalizer == nullptr ? text : normalizer->normalize(text, status);
}

}  // namespace

std::string Fold(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  // Case, width, ligatures, joiners; then letters apart from their marks.
  const icu::UnicodeString plain = Normalized(
      icu::Normalizer2::getNFDInstance(status),
      Normalized(icu::Normalizer2::getNFKCCasefoldInstance(status), text, status), status);
  icu::UnicodeString kept;
  UChar32 base = 0;
  for (int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
    const UChar32 c = plain.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) {
      if (MarkCounts(base, c)) kept.append(c);
      continue;
    }
    base = c;
    if (c == 0x00e6 || c == 0x0153) {  // æ, œ
      kept.append(UChar32{c == 0x00e6 ? 'a' : 'o'}).append(UChar32{'e'});
    } else if (const UChar32 letter = LetterFor(c); letter != 0) {
      kept.append(letter);
    }
  }
  kept = Normalized(icu::Normalizer2::getNFCInstance(status), kept, status);
  if (kept.countChar32() > kLongestWord) kept.truncate(kept.moveIndex32(0, kLongestWord));
  std::string folded;
  kept.toUTF8String(folded);
  return folded;
}

}  // namespace neshast::words
