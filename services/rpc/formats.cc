#include "rpc/formats.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"

namespace neshast {
namespace {

constexpr char kZones[] = "/usr/share/zoneinfo/";

bool IsIdCharacter(char c) {
  return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
}

// Whether `text` has the form of `shape`, in which '0' stands for any digit, 'x' for any
// hexadecimal digit, and everything else for itself.
bool HasShape(absl::string_view text, absl::string_view shape) {
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(), [](char c, char wanted) {
    if (wanted == '0') return absl::ascii_isdigit(c);
    if (wanted == 'x') return absl::ascii_isxdigit(c);
    return c == wanted;
  });
}

int Number(absl::string_view digits) {
  int number = -1;
  return absl::SimpleAtoi(digits, &number) ? number : -1;
}

bool Deceives(UChar32 c) {
  const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool bidirectional = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  return control || separator || bidirectional;
}

bool MatchesPattern(absl::string_view name, absl::string_view pattern) {
  const std::vector<absl::string_view> segments = absl::StrSplit(name, '/');
  const std::vector<absl::string_view> wanted = absl::StrSplit(pattern, '/');
  return std::equal(segments.begin(), segments.end(), wanted.begin(), wanted.end(),
                    [](absl::string_view segment, absl::string_view want) {
                      if (want != "*") return segment == want;
                      return !segment.empty() && segment.size() <= 63 &&
                             std::all_of(segment.begin(), segment.end(), IsIdCharacter);
                    });
}

}  // namespace

std::optional<int64_t> LengthOfPlainText(absl::string_view text) {
  const char* bytes = text.data();
  const int64_t size = static_cast<int64_t>(text.size());
  int64_t length = 0;
  for (int64_t i = 0; i < size; ++length) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c < 0 || Deceives(c)) return std::nullopt;
  }
  return length;
}

bool IsResourceName(absl::string_view name, absl::string_view pattern) {
  const std::vector<absl::string_view> alternatives = absl::StrSplit(pattern, '|');
  return std::any_of(alternatives.begin(), alternatives.end(),
                     [&](absl::string_view one) { return MatchesPattern(name, one); });
}

bool IsId(absl::string_view text) {
  return text.size() >= 4 && text.size() <= 63 && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), IsIdCharacter);
}

bool IsLanguageTag(absl::string_view text) {
  if (text.size() > 35) return false;
  const std::vector<absl::string_view> subtags = absl::StrSplit(text, '-');
  const absl::string_view language = subtags.front();
  if (language.size() < 2 || !std::all_of(language.begin(), language.end(), absl::ascii_isalpha)) {
    return false;
  }
  return std::all_of(subtags.begin(), subtags.end(), [](absl::string_view subtag) {
    return !subtag.empty() && subtag.size() <= 8 &&
           std::all_of(subtag.begin(), subtag.end(), absl::ascii_isalnum);
  });
}

bool IsTimeZoneName(absl::string_view text) {
  if (text == "UTC") return true;
  if (text.size() > 64 || !absl::StrContains(text, '/')) return false;
  for (const absl::string_view segment : absl::StrSplit(text, '/')) {
    if (segment.empty() || !absl::ascii_isupper(segment.front())) return false;
    const bool plain = std::all_of(segment.begin(), segment.end(), [](char c) {
      return absl::ascii_isalnum(c) || c == '_' || c == '-';
    });
    if (!plain) return false;
  }
  if (absl::StartsWith(text, "Etc/") && text != "Etc/UTC") return false;
  std::error_code ignored;
  return std::filesystem::is_regular_file(absl::StrCat(kZones, text), ignored);
}

bool IsDate(absl::string_view text) {
  if (!HasShape(text, "0000-00-00")) return false;
  const int year = Number(text.substr(0, 4));
  const int month = Number(text.substr(5, 2));
  const int day = Number(text.substr(8, 2));
  const absl::CivilDay date(year, month, day);  // carries what is too large
  return year >= 1900 && year <= 2200 && date.month() == month && date.day() == day;
}

bool IsLocalTime(absl::string_view text) {
  if (text.size() < 16 || text[10] != 'T' || !IsDate(text.substr(0, 10))) return false;
  const absl::string_view time = text.substr(11);
  if (!HasShape(time, "00:00") && !HasShape(time, "00:00:00")) return false;
  const int second = time.size() > 5 ? Number(time.substr(6)) : 0;
  return Number(time.substr(0, 2)) < 24 && Number(time.substr(3, 2)) < 60 && second < 60;
}

bool IsUuid(absl::string_view text) {
  return HasShape(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
}

bool IsCountry(absl::string_view text) {
  const absl::string_view country = text.substr(0, 2);
  if (country.size() != 2 || !std::all_of(country.begin(), country.end(), absl::ascii_isupper)) {
    return false;
  }
  if (text.size() == 2) return true;
  const absl::string_view part = text.substr(3);
  return text[2] == '-' && !part.empty() && part.size() <= 3 &&
         std::all_of(part.begin(), part.end(),
                     [](char c) { return absl::ascii_isupper(c) || absl::ascii_isdigit(c); });
}

}  // namespace neshast
