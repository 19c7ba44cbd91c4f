// Lots that anybody can draw again.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace neshast::precedence {

// The lot of a party: SHA-256 of the seed, a line feed and the party's id, in 64 hexadecimal
// digits. The least lot comes first.
//
// This never changes, so that an order can be proved years later with common tools:
//   printf '%s\n%s' SEED ID | sha256sum
// A party's lot does not depend on who else takes part. Whoever may choose the seed after the ids
// are known can try seeds until the order pleases: have it drawn in the presence of all.
std::string LotOf(absl::string_view seed, absl::string_view party_id);

}  // namespace neshast::precedence
