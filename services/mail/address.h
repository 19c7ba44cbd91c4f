// The mail addresses that we write to: a strict subset of RFC 5321, so that no address can carry a
// command or a header (libcurl passes a line break in a recipient on to the server as it stands).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace neshast::mail {

// An address that is safe to put into a command or a header. There is no other way to make one than
// to read it.
class Address {
 public:
  // The address that `text` is: letters, digits and !#$%&'*+-/=?^_`{|}~ in parts joined by single
  // dots, an at sign, and a domain of letters, digits and hyphens. A domain in another script
  // becomes its ASCII form ("شهرداری.ir" -> "xn--mgbpfcl8i75b.ir") and lower case; the part before
  // the at sign is kept as it is. Quoted names, comments, address literals such as [192.0.2.1] and
  // names in other scripts (RFC 6531) are not accepted.
  // Errors: INVALID_ARGUMENT / INVALID_FIELD, with a sentence that says what is wrong.
  static absl::StatusOr<Address> Read(absl::string_view text);

  // "reply+q7x@isfahan.example", at most 254 octets of ASCII.
  const std::string& text() const { return text_; }
  // Before the at sign, with the tag: "reply+q7x".
  absl::string_view local() const { return absl::string_view(text_).substr(0, at_); }
  // "isfahan.example".
  absl::string_view domain() const { return absl::string_view(text_).substr(at_ + 1); }
  // What stands between the first plus sign and the at sign: "q7x"; empty where there is none.
  absl::string_view tag() const;

  friend bool operator==(const Address&, const Address&) = default;

 private:
  Address(absl::string_view local, absl::string_view domain);

  std::string text_;
  size_t at_;
};

// Somebody's address with the name that people see: {"گلناز رضایی", golnaz@isfahan.example}.
struct Mailbox {
  std::string name;  // UTF-8; may be empty.
  Address address;
};

}  // namespace neshast::mail
