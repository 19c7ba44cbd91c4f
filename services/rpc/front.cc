#include "rpc/front.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "rpc/certificate.h"

namespace neshast {
namespace {

std::string HeaderOf(const grpc::CallbackServerContext& context, const char* name) {
  const auto [first, last] = context.client_metadata().equal_range(name);
  if (first == last || std::next(first) != last) return "";
  return {first->second.data(), first->second.size()};
}

// RFC 3986, section 2.1. A '%' without two hexadecimal digits stays as it is.
std::string PercentDecoded(absl::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    const absl::string_view digits = text.substr(i, 3).substr(1);
    if (text[i] == '%' && digits.size() == 2 && absl::ascii_isxdigit(digits[0]) &&
        absl::ascii_isxdigit(digits[1])) {
      decoded += absl::HexStringToBytes(digits);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

// The address in gRPC's name of a peer: "ipv4:127.0.0.1:53412", "ipv6:%5B::1%5D:53412".
std::string AddressIn(absl::string_view peer) {
  const size_t colon = peer.find(':');
  const size_t port = peer.rfind(':');
  if (!absl::StartsWith(peer, "ipv") || port <= colon) return "";
  std::string address = PercentDecoded(peer.substr(colon + 1, port - colon - 1));
  if (absl::StartsWith(address, "[")) address = address.substr(1, address.size() - 2);
  return address;
}

}  // namespace

Credentials CredentialsOf(const grpc::CallbackServerContext& context, bool has_front) {
  Credentials credentials{.authorization = HeaderOf(context, "authorization")};
  const std::string peer = context.peer();
  if (has_front && absl::StartsWith(peer, "unix:")) {
    credentials.peer = HeaderOf(context, "x-neshast-peer");
    const std::string certificate = PercentDecoded(HeaderOf(context, "x-neshast-client-cert"));
    credentials.pin = PinOfCertificate(certificate).value_or("");
  } else {
    credentials.peer = AddressIn(peer);
  }
  return credentials;
}

}  // namespace neshast
