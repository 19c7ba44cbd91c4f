// Ed25519 (RFC 8032) and SHA-256, as seals use them. Keys, messages and signatures are bytes here.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace neshast::seal {

inline constexpr size_t kKeyLength = 32;
inline constexpr size_t kSignatureLength = 64;

// A new private key, from the system's random source.
std::string NewPrivateKey();

// The public key, 32 bytes, of a private one of 32 bytes; of other lengths the empty text.
std::string PublicKeyOf(absl::string_view private_key);

// The signature, 64 bytes, of `message` by a private key of 32 bytes.
std::string Sign(absl::string_view private_key, absl::string_view message);

// Whether `signature` is the one of `message` by the holder of `public_key`; false for anything
// that is no key or no signature.
bool Verifies(absl::string_view public_key, absl::string_view message, absl::string_view signature);

// The SHA-256 of `bytes` in 64 lower-case hexadecimal digits.
std::string Sha256Hex(absl::string_view bytes);

}  // namespace neshast::seal
