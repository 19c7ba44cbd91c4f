// Networks of addresses: what a token may be limited to.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace neshast {

// The addresses whose first `bits` bits are those of `address`. An IPv4 address counts as the IPv6
// address it is mapped to (RFC 4291, ::ffff:a.b.c.d), so that one form serves both.
struct Network {
  std::string address;  // 16 bytes
  int bits = 0;         // 0 to 128
};

// The network that "10.4.0.0/16" or "2001:db8:4::/48" denotes. INVALID_ARGUMENT / INVALID_FIELD,
// with a sentence for people, for other texts and where a bit after the prefix is set.
absl::StatusOr<Network> ParseNetwork(absl::string_view text);

// The 16 bytes of "10.4.0.7" or "2001:db8:4::7"; empty for what is no address.
std::string ParseAddress(absl::string_view text);

// Whether `address`, as ParseAddress gives it, lies in `network`; an empty one lies in none.
bool Contains(const Network& network, const std::string& address);

}  // namespace neshast
