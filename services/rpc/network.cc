#include "rpc/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "errors.h"

namespace neshast {
namespace {

constexpr int kAddressBytes = 16;
constexpr int kMappedBits = 96;  // of the prefix before an IPv4 address

absl::Status NoNetwork(absl::string_view sentence) {
  return Error(absl::StatusCode::kInvalidArgument, sentence, {.reason = "INVALID_FIELD"});
}

bool BitAt(const std::string& address, int bit) {
  return ((static_cast<unsigned char>(address[bit / 8]) >> (7 - bit % 8)) & 1) != 0;
}

}  // namespace

std::string ParseAddress(absl::string_view text) {
  std::array<char, kAddressBytes> bytes{};
  const std::string terminated(text);
  if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) {
    return {bytes.begin(), bytes.end()};
  }
  bytes[10] = bytes[11] = '\xff';
  if (inet_pton(AF_INET, terminated.c_str(), bytes.data() + kMappedBits / 8) == 1) {
    return {bytes.begin(), bytes.end()};
  }
  return "";
}

absl::StatusOr<Network> ParseNetwork(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  Network network{.address = ParseAddress(parts[0])};
  const int before = absl::StrContains(parts[0], ':') ? 0 : kMappedBits;
  int prefix = 0;
  if (parts.size() != 2 || network.address.empty() || !absl::SimpleAtoi(parts[1], &prefix) ||
      prefix < 0 || before + prefix > kAddressBytes * 8) {
    return NoNetwork("It is no network like \"10.4.0.0/16\" or \"2001:db8:4::/48\".");
  }
  network.bits = before + prefix;
  for (int bit = network.bits; bit < kAddressBytes * 8; ++bit) {
    if (BitAt(network.address, bit)) {
      return NoNetwork(absl::StrCat("A bit after the first ", prefix, " is set: that is an ",
                                    "address in a network, not a network."));
    }
  }
  return network;
}

bool Contains(const Network& network, const std::string& address) {
  if (address.size() != kAddressBytes) return false;
  for (int bit = 0; bit < network.bits; ++bit) {
    if (BitAt(network.address, bit) != BitAt(address, bit)) return false;
  }
  return true;
}

}  // namespace neshast
