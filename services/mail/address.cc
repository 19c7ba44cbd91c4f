#include "mail/address.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "errors.h"
#include "status_macros.h"

namespace neshast::mail {
namespace {

constexpr size_t kMostOctets = 254;  // RFC 5321 4.5.3.1.3, less the angle brackets.
constexpr size_t kMostLocalOctets = 64;

absl::Status NoAddress(absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, absl::StrCat("This is no mail address: ", why),
               {.reason = "INVALID_FIELD"});
}

bool IsAtomText(char c) {
  return absl::ascii_isalnum(c) ||
         absl::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != absl::string_view::npos;
}

absl::Status CheckLocal(absl::string_view local) {
  if (local.empty() || local.size() > kMostLocalOctets) {
    return NoAddress("the part before the at sign has 1 to 64 characters.");
  }
  for (const absl::string_view atom : absl::StrSplit(local, '.')) {
    if (atom.empty())
      return NoAddress("dots before the at sign stand singly, between other characters.");
    if (!std::all_of(atom.begin(), atom.end(), IsAtomText)) {
      return NoAddress(
          "before the at sign stand only Latin letters, digits, dots and !#$%&'*+-/=?^_`{|}~.");
    }
  }
  return absl::OkStatus();
}

// The ASCII form of a domain by UTS 46; nothing where it has none.
absl::StatusOr<std::string> AsciiDomain(absl::string_view domain) {
  constexpr uint32_t kStrict = UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                               UIDNA_NONTRANSITIONAL_TO_ASCII;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(kStrict, status));
  if (U_FAILURE(status)) return absl::InternalError("ICU has no table of domain names.");
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  icu::IDNAInfo info;
  idna->nameToASCII_UTF8({domain.data(), static_cast<int32_t>(domain.size())}, sink, info, status);
  if (U_FAILURE(status) || info.hasErrors()) {
    return NoAddress("after the at sign stands no valid domain.");
  }
  return ascii;
}

absl::Status CheckDomain(absl::string_view ascii) {
  const std::vector<absl::string_view> labels = absl::StrSplit(ascii, '.');
  for (const absl::string_view label : labels) {
    const bool is_ldh = std::all_of(label.begin(), label.end(),
                                    [](char c) { return absl::ascii_isalnum(c) || c == '-'; });
    if (label.empty() || label.size() > 63 || !is_ldh || label.front() == '-' ||
        label.back() == '-') {
      return NoAddress("after the at sign stands no valid domain.");
    }
  }
  const absl::string_view top = labels.back();
  if (std::all_of(top.begin(), top.end(), absl::ascii_isdigit)) {
    return NoAddress("after the at sign stands a number instead of a domain.");
  }
  return absl::OkStatus();
}

}  // namespace

Address::Address(absl::string_view local, absl::string_view domain)
    : text_(absl::StrCat(local, "@", domain)), at_(local.size()) {}

absl::StatusOr<Address> Address::Read(absl::string_view text) {
  // Also spares ICU a long text; the ASCII form of a domain is never shorter than a third of it.
  if (text.size() > 3 * kMostOctets) return NoAddress("it is longer than 254 characters.");
  const size_t at = text.find('@');
  if (at == absl::string_view::npos) return NoAddress("it has no at sign.");
  const absl::string_view local = text.substr(0, at);
  RETURN_IF_ERROR(CheckLocal(local));
  ASSIGN_OR_RETURN(const std::string domain, AsciiDomain(text.substr(at + 1)));
  RETURN_IF_ERROR(CheckDomain(domain));
  Address address(local, domain);
  if (address.text_.size() > kMostOctets) return NoAddress("it is longer than 254 characters.");
  return address;
}

absl::string_view Address::tag() const {
  const size_t plus = local().find('+');
  return plus == absl::string_view::npos ? absl::string_view() : local().substr(plus + 1);
}

}  // namespace neshast::mail
