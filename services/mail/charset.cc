#include "mail/charset.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace neshast::mail {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

struct Meaning {
  const char* name;
  const char* meant;
};
constexpr Meaning kMeanings[] = {{"gb2312", "gb18030"},      {"gb_2312-80", "gb18030"},
                                 {"gbk", "gb18030"},         {"iso-8859-1", "windows-1252"},
                                 {"latin1", "windows-1252"}, {"us-ascii", "windows-1252"},
                                 {"ascii", "windows-1252"},  {"iso-8859-9", "windows-1254"}};

bool IsUtf8(absl::string_view bytes) {
  const int32_t size = static_cast<int32_t>(bytes.size());
  for (int32_t at = 0; at < size;) {
    UChar32 character;
    U8_NEXT(bytes.data(), at, size, character);
    if (character < 0) return false;
  }
  return true;
}

// Null where ICU knows no such set. ICU may take other characters for the path of a file.
Converter Open(absl::string_view name) {
  const bool is_name = std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(c) || absl::StrContains("-_.:", c);
  });
  if (!is_name || name.empty() || name.size() > 40) return nullptr;
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(std::string(name).c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

Converter ByName(absl::string_view charset) {
  for (const Meaning& each : kMeanings) {
    if (absl::EqualsIgnoreCase(charset, each.name)) return Open(each.meant);
  }
  return Open(charset);
}

}  // namespace

std::string Utf8From(absl::string_view bytes, absl::string_view charset) {
  if (IsUtf8(bytes) && !absl::StartsWithIgnoreCase(charset, "utf-16") &&
      !absl::StartsWithIgnoreCase(charset, "iso-2022") &&
      !absl::StartsWithIgnoreCase(charset, "hz")) {
    return std::string(bytes);  // Whatever it claims: no other text looks like UTF-8 by chance.
  }
  Converter converter = ByName(charset);
  if (!converter) converter = Open("windows-1252");
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(),
                                status);
  std::string utf8;
  return U_SUCCESS(status) ? text.toUTF8String(utf8) : OneLine(bytes);
}

std::string OneLine(absl::string_view text) {
  const int32_t size = static_cast<int32_t>(text.size());
  icu::UnicodeString line;
  for (int32_t at = 0; at < size;) {
    UChar32 character;
    U8_NEXT_OR_FFFD(text.data(), at, size, character);
    const bool breaks = character < 0x20 || (character >= 0x7F && character < 0xA0) ||
                        character == 0x2028 || character == 0x2029;
    line.append(breaks ? UChar32{' '} : character);
  }
  std::string utf8;
  return line.toUTF8String(utf8);
}

}  // namespace neshast::mail
