#include "ical/text.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ical/calendar.h"
#include "ical/refusal.h"

namespace neshast::ical {
namespace {

bool IsLineEnd(UChar32 c) {
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool IsControl(UChar32 c) {
  return (c < 0x20 && c != '\t') || (c >= 0x7f && c <= 0x9f);
}

void Append(UChar32 c, std::string& text) {
  char bytes[4];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  text.append(bytes, length);
}

bool IsCalledUtf8(absl::string_view charset) {
  for (const char* name : {"", "utf-8", "utf8", "us-ascii", "ascii"}) {
    if (absl::EqualsIgnoreCase(charset, name)) return true;
  }
  return false;
}

}  // namespace

std::string Clean(absl::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  const auto length = static_cast<int32_t>(text.size());
  bool after_cr = false;
  for (int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(text.data(), at, length, c);
    if (IsLineEnd(c)) {
      if (c != '\n' || !after_cr) clean += '\n';
    } else if (!IsControl(c)) {
      Append(c, clean);
    }
    after_cr = c == '\r';
  }
  return clean;
}

bool IsUtf8(absl::string_view bytes) {
  const auto length = static_cast<int32_t>(bytes.size());
  for (int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT(bytes.data(), at, length, c);
    if (c < 0) return false;
  }
  return true;
}

std::string Excerpt(absl::string_view text) {
  std::string excerpt = Clean(text.substr(0, 80));
  for (char& c : excerpt) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return excerpt;
}

std::string EscapeText(absl::string_view text) {
  std::string value;
  for (const char c : Clean(text)) {
    if (c == '\n') {
      value += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') value += '\\';
    value += c;
  }
  return value;
}

std::string UnescapeText(absl::string_view value) {
  std::string text;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      text += value[i];
      continue;
    }
    ++i;
    text += value[i] == 'n' || value[i] == 'N' ? '\n' : value[i];
  }
  return Clean(text);
}

std::string EncodeParameter(absl::string_view text) {
  std::string value;
  for (const char c : Clean(text)) {
    if (c == '^') {
      value += "^^";
    } else if (c == '"') {
      value += "^'";
    } else if (c == '\n') {
      value += "^n";
    } else {
      value += c;
    }
  }
  return value;
}

std::string DecodeParameter(absl::string_view value) {
  std::string text;
  for (size_t i = 0; i < value.size(); ++i) {
    const char next = value[i] == '^' && i + 1 < value.size() ? value[i + 1] : '\0';
    if (next != '^' && next != '\'' && next != 'n') {
      text += value[i];
      continue;
    }
    ++i;
    text += next == 'n' ? '\n' : next == '\'' ? '"' : '^';
  }
  return Clean(text);
}

absl::StatusOr<std::string> ToUtf8(absl::string_view bytes, absl::string_view charset) {
  if (bytes.size() > kMaxText) {
    return OutOfBounds("text",
                       absl::StrCat("The calendar text is longer than ", kMaxText, " bytes."));
  }
  if (IsCalledUtf8(charset)) return std::string(bytes);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(std::string(charset).c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) {
    return InvalidField("charset", absl::StrCat("No charset is named \"", Excerpt(charset), "\"."));
  }
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(),
                                status);
  if (U_FAILURE(status)) {
    return InvalidField("text", absl::StrCat("The calendar text is not written in the charset \"",
                                             Excerpt(charset), "\" that its header names."));
  }
  std::string utf8;
  return text.toUTF8String(utf8);
}

}  // namespace neshast::ical
