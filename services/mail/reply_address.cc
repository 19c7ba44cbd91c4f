#include "mail/reply_address.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace neshast::mail {

absl::StatusOr<Address> ReplyAddress(const Address& office, absl::string_view token) {
  return Address::Read(absl::StrCat(office.local(), "+", token, "@", office.domain()));
}

std::optional<std::string> TokenIn(absl::string_view address, const Address& office) {
  const std::string lower = absl::AsciiStrToLower(address);
  const std::string before = absl::StrCat(absl::AsciiStrToLower(office.local()), "+");
  const std::string after = absl::StrCat("@", absl::AsciiStrToLower(office.domain()));
  if (lower.size() != before.size() + kReplyTokenLength + after.size()) return std::nullopt;
  std::string token = lower.substr(before.size(), kReplyTokenLength);
  const bool is_ours = absl::StrCat(before, token, after) == lower;
  if (!is_ours || token.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") != token.npos) {
    return std::nullopt;
  }
  return token;
}

}  // namespace neshast::mail
