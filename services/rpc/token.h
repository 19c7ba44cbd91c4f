// The texts of API tokens, `nst_pat_<id:10>_<secret:32><crc:6>`, and of personal links, which begin
// with `nst_inv_`; id base36, the rest base62. The CRC lets a mistyped text be refused and a log be
// scrubbed without asking the store.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace neshast {

inline constexpr char kTokenPrefix[] = "nst_pat_";
inline constexpr char kLinkPrefix[] = "nst_inv_";  // as long as the other
inline constexpr int kIdLength = 10;
inline constexpr int kSecretLength = 32;

struct TokenText {
  std::string id;      // 10 of [a-z0-9]; the resource is "tokens/<id>" or "links/<id>"
  std::string digest;  // SHA-256 of the whole text, 32 bytes: all that is stored
};

// A new token's text, from the system's random source: a 190-bit secret.
std::string NewTokenText();

// `length` characters of the first `alphabet` of base62, without the bias of a remainder, from
// `next_byte`.
std::string Base62Text(int length, int alphabet, const std::function<unsigned char()>& next_byte);

// The text of these parts.
std::string TokenTextOf(absl::string_view prefix, absl::string_view id, absl::string_view secret);

// The parts of a text that begins with `prefix`; nullopt where form or CRC are not ours.
std::optional<TokenText> ParseTokenText(absl::string_view text,
                                        absl::string_view prefix = kTokenPrefix);

// Whether two digests are equal, in a time that does not depend on where they differ.
bool SameDigest(absl::string_view a, absl::string_view b);

// "tokens/<id>".
std::string TokenResourceName(absl::string_view id);

}  // namespace neshast
