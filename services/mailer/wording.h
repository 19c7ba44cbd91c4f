// Dates, hours and names as they are written in a language. Everything here is given wall times:
// ICU writes them and converts no zones, since its own rules are older than the system's.
#pragma once

#include <string>
#include <vector>

#include "neshast/v1/text.pb.h"
#include "time/zone.h"

namespace neshast {

// The day with its weekday: "Tuesday, December 1, 2026"; in Persian by the Solar Hijri calendar,
// with the Gregorian day behind it: "سه‌شنبه ۱۰ آذر ۱۴۰۵ (۱ دسامبر
// ۲۰۲۶)".
std::string FormatDay(const std::string& language, date::local_days day);

// "16:00", in the digits of the language.
std::string FormatHour(const std::string& language, WallTime wall);

// "UTC+03:30", "UTC-05:00", "UTC+00:00"; ASCII in every language, for that is how it is compared.
std::string FormatOffset(std::chrono::seconds offset);

// What a language is called in another: ("fa", "fr") is "persan".
std::string LanguageName(const std::string& tag, const std::string& in_language);

// A text in one of its languages.
struct Chosen {
  std::string text;
  std::string language;  // BCP 47, as the text has it
};

// The text in the first of `languages` that has one (the same tag, else the same language), else in
// English, which more guests read than the original, else the original, else the first by tag.
// Empty where there is none at all.
Chosen Choose(const v1::LocalizedText& text, const std::vector<std::string>& languages);

}  // namespace neshast
