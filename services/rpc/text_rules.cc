#include "rpc/text_rules.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"

namespace neshast {
namespace {

constexpr int kMostText = 4000;

// Characters that change how the rest is shown or parsed: C0, C1, line and paragraph separators,
// bidirectional embeddings, overrides and isolates. ZWNJ and ZWJ stay: Persian needs them.
bool IsUnsafe(UChar32 c) {
  // Not u_iscntrl: it counts the joiners in.
  const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
  return control || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

std::string WhyUnsafe(const std::string& text, int most) {
  int length = 0;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size()); ++length) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, static_cast<int32_t>(text.size()), c);
    if (c < 0) return "It is not valid UTF-8.";
    if (IsUnsafe(c)) return "It holds a control or direction-changing character.";
  }
  return length > most
             ? absl::StrCat("It has ", length, " characters; at most ", most, " are allowed.")
             : "";
}

bool IsId(absl::string_view text, size_t least) {
  return text.size() >= least && text.size() <= 63 && text[0] != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

// Ids of resources that exist may be shorter than those a client may choose ("cities/rio").
bool Matches(absl::string_view pattern, absl::string_view name) {
  const std::vector<absl::string_view> want = absl::StrSplit(pattern, '/');
  const std::vector<absl::string_view> have = absl::StrSplit(name, '/');
  if (want.size() != have.size()) return false;
  for (size_t i = 0; i < want.size(); ++i) {
    if (want[i] == "*" ? !IsId(have[i], 1) : want[i] != have[i]) return false;
  }
  return true;
}

bool IsResource(absl::string_view patterns, absl::string_view name) {
  const std::vector<absl::string_view> alternatives = absl::StrSplit(patterns, '|');
  return std::any_of(alternatives.begin(), alternatives.end(),
                     [&](absl::string_view pattern) { return Matches(pattern, name); });
}

bool IsLanguage(absl::string_view tag) {
  const std::vector<absl::string_view> parts = absl::StrSplit(tag, '-');
  if (tag.size() > 35 || parts[0].size() < 2 || parts[0].size() > 3) return false;
  return std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
    return !part.empty() && part.size() <= 8 &&
           std::all_of(part.begin(), part.end(), [](char c) { return absl::ascii_isalnum(c); });
  });
}

// An IANA name: offsets ("+03:30", "Etc/GMT-3"), abbreviations ("IRST") and paths are none.
bool IsTimeZone(absl::string_view name) {
  if (name == "UTC") return true;
  if (!absl::StrContains(name, '/') || !absl::ascii_isupper(name[0]) ||
      absl::StartsWith(name, "Etc/GMT") || name.size() > 64) {
    return false;
  }
  for (const char c : name) {
    if (!absl::ascii_isalnum(c) && c != '/' && c != '_' && c != '-') return false;
  }
  // Not LoadTimeZone: it remembers every name it was ever asked for, and these come from outside.
  std::error_code ignored;
  return std::filesystem::is_regular_file(absl::StrCat("/usr/share/zoneinfo/", name), ignored);
}

bool IsDate(absl::string_view text) {
  absl::CivilDay day;
  return text.size() == 10 && absl::ParseCivilTime(text, &day) && day.year() >= 1900 &&
         day.year() <= 2200;
}

bool IsLocalTime(absl::string_view text) {
  absl::CivilSecond second;
  absl::CivilMinute minute;
  const bool parsed = text.size() == 19   ? absl::ParseCivilTime(text, &second)
                      : text.size() == 16 ? absl::ParseCivilTime(text, &minute)
                                          : false;
  return parsed && text[10] == 'T' && IsDate(text.substr(0, 10));
}

bool IsUuid(absl::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !absl::ascii_isxdigit(text[i])) return false;
  }
  return true;
}

bool IsCountry(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '-');
  const auto upper = [](char c) { return absl::ascii_isupper(c) || absl::ascii_isdigit(c); };
  return parts.size() <= 2 && parts[0].size() == 2 && absl::ascii_isupper(parts[0][0]) &&
         absl::ascii_isupper(parts[0][1]) &&
         (parts.size() == 1 || (!parts[1].empty() && parts[1].size() <= 3 &&
                                std::all_of(parts[1].begin(), parts[1].end(), upper)));
}

}  // namespace

std::string WhyBadText(const v1::FieldRules& rules, const std::string& text) {
  if (text.empty()) return rules.required() ? "It is required." : "";
  std::string unsafe =
      WhyUnsafe(text, rules.max_text() == 0 ? kMostText : static_cast<int>(rules.max_text()));
  if (!unsafe.empty()) return unsafe;
  if (!rules.resource().empty() && !IsResource(rules.resource(), text)) {
    return absl::StrCat("It is no resource name like \"", rules.resource(), "\".");
  }
  if (rules.id() && !IsId(text, 4)) return "An id has 4 to 63 of a-z, 0-9 and '-'.";
  if (rules.language() && !IsLanguage(text)) return "It is no language tag like \"fa\".";
  if (rules.time_zone() && !IsTimeZone(text)) {
    return "No time zone has this name; use an IANA name such as Asia/Tehran.";
  }
  if (rules.date() && !IsDate(text)) return "It is no date like 2026-12-01.";
  if (rules.local_time() && !IsLocalTime(text)) return "It is no local time like 2026-12-01T10:00.";
  if (rules.uuid() && !IsUuid(text)) return "It is no UUID.";
  if (rules.country() && !IsCountry(text)) return "It is no ISO 3166 code like IR or ES-CT.";
  return "";
}

}  // namespace neshast
