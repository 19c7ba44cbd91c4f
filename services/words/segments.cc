#include "words/segments.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>

#include <memory>

namespace neshast::words {

std::vector<Segment> SegmentsOf(const icu::UnicodeString& text) {
  // To make one takes longer than most texts do.
  thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::BreakIterator>(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  }();
  std::vector<Segment> segments;
  if (breaks == nullptr) return segments;
  breaks->setText(text);
  for (int begin = breaks->first(), end = breaks->next(); end != icu::BreakIterator::DONE;
       begin = end, end = breaks->next()) {
    const int status = breaks->getRuleStatus();
    if (status < UBRK_WORD_NONE_LIMIT) continue;
    segments.push_back({begin, end, status >= UBRK_WORD_KANA && status < UBRK_WORD_IDEO_LIMIT});
  }
  return segments;
}

}  // namespace neshast::words
