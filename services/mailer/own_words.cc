#include "mailer/own_words.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace neshast {
namespace {

constexpr char kWideQuote[] = "\xEF\xBC\x9E";  // U+FF1E, as some Chinese clients mark quotations
constexpr char kWideColon[] = "\xEF\xBC\x9A";  // U+FF1A

bool IsQuoted(absl::string_view line) {
  return absl::StartsWith(line, ">") || absl::StartsWith(line, kWideQuote);
}

bool EndsWithColon(absl::string_view line) {
  return absl::EndsWith(line, ":") || absl::EndsWith(line, kWideColon);
}

bool HasColon(absl::string_view line) {
  return absl::StrContains(line, ":") || absl::StrContains(line, kWideColon);
}

// Four ASCII digits in a row: a year, in the dates that clients write.
bool HasYear(absl::string_view line) {
  int digits = 0;
  for (const char c : line) {
    digits = absl::ascii_isdigit(c) ? digits + 1 : 0;
    if (digits == 4) return true;
  }
  return false;
}

bool IsAttribution(absl::string_view line) {
  return EndsWithColon(line) && (absl::StrContains(line, "@") || HasYear(line));
}

// "-----Original Message-----", "------------------ 原始邮件 ------------------", "__________".
bool IsRule(absl::string_view line) {
  const bool is_framed = absl::StartsWith(line, "-----") && absl::EndsWith(line, "--") &&
                         line.find_first_not_of("- ") != absl::string_view::npos;
  return is_framed || (line.size() >= 10 && line.find_first_not_of('_') == absl::string_view::npos);
}

// "From: Protocol Office <protocol@isfahan.example>" with another such line below it.
bool IsHeaderBlock(absl::string_view line, absl::string_view next) {
  return HasColon(line) && absl::StrContains(line, "@") && HasColon(next);
}

}  // namespace

std::vector<std::string> OwnLines(absl::string_view text) {
  std::vector<absl::string_view> lines;
  for (const absl::string_view line : absl::StrSplit(text, absl::ByAnyChar("\r\n"))) {
    const absl::string_view bare = absl::StripAsciiWhitespace(line);
    if (!bare.empty()) lines.push_back(bare);
  }
  std::vector<std::string> own;
  for (size_t i = 0; i < lines.size(); ++i) {
    const absl::string_view next = i + 1 < lines.size() ? lines[i + 1] : absl::string_view();
    if (IsQuoted(lines[i])) continue;
    if (lines[i] == "--" || IsRule(lines[i]) || IsHeaderBlock(lines[i], next)) break;
    if (IsAttribution(lines[i])) {
      if (IsQuoted(next)) continue;
      break;
    }
    // An attribution that was folded: "On Tuesday, 24 November 2026, Protocol Office".
    const absl::string_view below = i + 2 < lines.size() ? lines[i + 2] : absl::string_view();
    if (IsAttribution(next) && IsQuoted(below) && HasYear(lines[i])) continue;
    own.emplace_back(lines[i]);
  }
  return own;
}

}  // namespace neshast
