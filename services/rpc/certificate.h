// Certificates of partner cities, known by the pins of their keys.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace neshast {

// The pin of a certificate in PEM: the SHA-256 of its SubjectPublicKeyInfo (DER), as RFC 7469 has
// it, in 64 lower-case hexadecimal digits. A certificate renewed with the same key keeps its pin.
// nullopt for what is no certificate.
std::optional<std::string> PinOfCertificate(absl::string_view pem);

// A pin as it is stored, lower-case hexadecimal, of one written in 64 hexadecimal digits or in 44
// characters of base64; nullopt for other texts.
std::optional<std::string> CanonicalPin(absl::string_view text);

// The list in which the principals with this (canonical) pin stand.
std::string HoldersOfPin(const std::string& pin);

}  // namespace neshast
