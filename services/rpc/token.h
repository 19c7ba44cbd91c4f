// API tokens: `nst_pat_<id:10>_<secret:32><crc:6>`; id base36, the rest base62. The CRC lets a
// mistyped token be refused and a log be scrubbed without asking the store.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace neshast {

struct TokenText {
  std::string id;      // 10 of [a-z0-9]; the token's resource is "tokens/<id>"
  std::string digest;  // SHA-256 of the whole text, 32 bytes: all that is stored
};

// A new token's text, from the system's random source: a 190-bit secret.
std::string NewTokenText();

// The parts of a token's text; nullopt where form or CRC are not those of a token of ours.
std::optional<TokenText> ParseTokenText(absl::string_view text);

// Whether two digests are equal, in a time that does not depend on where they differ.
bool SameDigest(absl::string_view a, absl::string_view b);

// "tokens/<id>".
std::string TokenResourceName(absl::string_view id);

}  // namespace neshast
