// Mail addresses and links as values of properties.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace neshast::ical {

// Whether `address` is "local@domain" of ASCII letters, digits and the marks that RFC 5322 lets
// stand unquoted, at most 254 characters. Nothing else goes into a line of ours.
bool IsAddress(absl::string_view address);

// "mailto:protocol@isfahan.example"; what a URI may not hold is percent-encoded (RFC 6068).
std::string ToMailto(absl::string_view address);

// The address, in lower case, of a calendar user as clients write one: "MAILTO:", no scheme at all,
// quotes or angle brackets around it. Nothing where there is no address.
std::optional<std::string> FromMailto(absl::string_view value);

// Whether `uri` is an absolute https, http, tel or sip URI in ASCII, without quotes or blanks.
bool IsLink(absl::string_view uri);

}  // namespace neshast::ical
