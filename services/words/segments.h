// Where the words of a text stand. Internal to words.
#pragma once

#include <unicode/unistr.h>

#include <vector>

namespace neshast::words {

// A stretch of a text, in its code units: between two breaks of ICU's that are next to each other.
struct Segment {
  int begin = 0;
  int end = 0;
  bool spaceless = false;  // Han or Kana; where it ends is a dictionary's opinion
};

// Those that hold letters or digits, in their order.
std::vector<Segment> SegmentsOf(const icu::UnicodeString& text);

}  // namespace neshast::words
