#include "ical/address.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace neshast::ical {
namespace {

bool IsLocalPart(absl::string_view local) {
  return !local.empty() && local.size() <= 64 &&
         std::all_of(local.begin(), local.end(), [](char c) {
           return absl::ascii_isalnum(c) || absl::StrContains(".!#$%&'*+/=?^_`{|}~-", c);
         });
}

bool IsDomain(absl::string_view domain) {
  for (absl::string_view label : absl::StrSplit(domain, '.')) {
    const bool named = !label.empty() && std::all_of(label.begin(), label.end(), [](char c) {
      return absl::ascii_isalnum(c) || c == '-';
    });
    if (!named) return false;
  }
  return true;
}

std::string DecodePercent(absl::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) &&
                       absl::ascii_isxdigit(text[i + 2]);
    if (coded) {
      decoded += absl::HexStringToBytes(text.substr(i + 1, 2));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

// `value` without the blanks, quotes and angle brackets around it.
absl::string_view Unwrapped(absl::string_view value) {
  for (const absl::string_view around : {"\"\"", "<>", "''"}) {
    value = absl::StripAsciiWhitespace(value);
    if (value.size() < 2 || value.front() != around[0] || value.back() != around[1]) continue;
    value = value.substr(1, value.size() - 2);
  }
  return value;
}

}  // namespace

bool IsAddress(absl::string_view address) {
  const std::vector<absl::string_view> parts = absl::StrSplit(address, '@');
  return address.size() <= 254 && parts.size() == 2 && IsLocalPart(parts[0]) && IsDomain(parts[1]);
}

std::string ToMailto(absl::string_view address) {
  std::string uri = "mailto:";
  for (const char c : address) {
    if (absl::ascii_isalnum(c) || absl::StrContains("@.!$'*+_~-", c)) {
      uri += c;
    } else {
      absl::StrAppendFormat(&uri, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::optional<std::string> FromMailto(absl::string_view value) {
  constexpr absl::string_view kScheme = "mailto:";
  value = Unwrapped(value);
  if (absl::StartsWithIgnoreCase(value, kScheme)) value.remove_prefix(kScheme.size());
  value = Unwrapped(value);
  std::string address = absl::AsciiStrToLower(DecodePercent(value));
  if (!IsAddress(address)) return std::nullopt;
  return address;
}

bool IsLink(absl::string_view uri) {
  const size_t colon = std::min(uri.find(':'), uri.size());
  const std::string scheme = absl::AsciiStrToLower(uri.substr(0, colon));
  const bool known = scheme == "https" || scheme == "http" || scheme == "tel" || scheme == "sip";
  return known && uri.size() > colon + 1 && uri.size() <= 2000 &&
         std::all_of(uri.begin(), uri.end(), [](char c) {
           return absl::ascii_isgraph(c) && !absl::StrContains("\"<>\\^`{|}", c);
         });
}

}  // namespace neshast::ical
