#include "mail/header_text.h"

#include <unicode/utf8.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "errors.h"

namespace neshast::mail {
namespace {

constexpr size_t kLine = 76;       // RFC 2047: a line that holds encoded words.
constexpr size_t kWordFrame = 12;  // =?UTF-8?B?...?=

bool IsPlain(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isprint) &&
         !absl::StrContains(text, "=?") && !absl::StartsWith(text, " ") &&
         !absl::EndsWith(text, " ");
}

// How many octets of `text`, `most` at the most, end at the end of a character.
size_t WholeCharacters(absl::string_view text, size_t most) {
  if (text.size() <= most) return text.size();
  while (most > 0 && (text[most] & 0xC0) == 0x80) --most;
  return most;
}

// Encoded words, the first of which begins at `column`.
std::string EncodedWords(absl::string_view text, size_t column) {
  std::string words;
  while (!text.empty()) {
    const size_t most = (kLine - column - kWordFrame) / 4 * 3;
    const size_t length = WholeCharacters(text, most);
    if (!words.empty()) words += "\r\n ";
    absl::StrAppend(&words, "=?UTF-8?B?", absl::Base64Escape(text.substr(0, length)), "?=");
    text.remove_prefix(length);
    column = 1;
  }
  return words;
}

}  // namespace

absl::Status UnfitField(absl::string_view field, absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, absl::StrCat("The ", field, " of a mail ", why),
               {.reason = "INVALID_FIELD", .violations = {{std::string(field), std::string(why)}}});
}

absl::Status CheckHeaderText(absl::string_view field, absl::string_view text) {
  const int32_t size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 character;
    U8_NEXT(text.data(), at, size, character);
    if (character < 0) return UnfitField(field, "is not UTF-8.");
    if (character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x2028 ||
        character == 0x2029) {
      return UnfitField(field, "holds a line break or another control character.");
    }
  }
  return absl::OkStatus();
}

bool IsMessageId(absl::string_view id) {
  return id.size() <= 250 && std::count(id.begin(), id.end(), '@') == 1 && id.front() != '@' &&
         id.back() != '@' && std::all_of(id.begin(), id.end(), [](char c) {
           return absl::ascii_isgraph(c) && !absl::StrContains("<>()[],;:\\\"", c);
         });
}

std::string TextHeader(absl::string_view name, absl::string_view text) {
  const size_t column = name.size() + 2;
  const bool plain = IsPlain(text) && column + text.size() <= kLine;
  return absl::StrCat(name, ": ", plain ? std::string(text) : EncodedWords(text, column), "\r\n");
}

std::string MailboxHeader(absl::string_view name, const Mailbox& mailbox) {
  const size_t column = name.size() + 2;
  const std::string address = absl::StrCat("<", mailbox.address.text(), ">\r\n");
  if (mailbox.name.empty()) return absl::StrCat(name, ": ", address);
  const std::string quoted =
      absl::StrCat("\"", absl::StrReplaceAll(mailbox.name, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
  const bool plain = IsPlain(mailbox.name) && column + quoted.size() <= kLine;
  return absl::StrCat(name, ": ", plain ? quoted : EncodedWords(mailbox.name, column), "\r\n ",
                      address);
}

std::string Parameter(absl::string_view name, absl::string_view value) {
  const auto is_token = [](char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
  };
  if (std::all_of(value.begin(), value.end(), is_token)) {
    return absl::StrCat(";\r\n ", name, "=\"", value, "\"");
  }
  std::string encoded;
  for (const char c : value) {
    if (is_token(c)) {
      encoded += c;
    } else {
      absl::StrAppendFormat(&encoded, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return absl::StrCat(";\r\n ", name, "*=UTF-8''", encoded);
}

}  // namespace neshast::mail
