#include "rpc/token.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "store/chain.h"

namespace neshast {
namespace {

constexpr char kPrefix[] = "nst_pat_";
constexpr size_t kIdLength = 10;
constexpr size_t kSecretLength = 32;
constexpr size_t kCrcLength = 6;
constexpr char kBase62[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

// `length` random characters of the first `alphabet` of base62, without the bias of a remainder.
std::string RandomText(size_t length, int alphabet) {
  std::string text;
  const int usable = 256 - 256 % alphabet;
  while (text.size() < length) {
    unsigned char byte = 0;
    if (RAND_bytes(&byte, 1) != 1) std::abort();  // no random source, no secrets
    if (byte < usable) text.push_back(kBase62[byte % alphabet]);
  }
  return text;
}

// CRC-32 of each byte by itself.
constexpr std::array<uint32_t, 256> kCrcOfByte = [] {
  std::array<uint32_t, 256> table{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xedb88320 & (0 - (crc & 1)));
    table[byte] = crc;
  }
  return table;
}();

// CRC-32 (ISO 3309, as GitHub's tokens have it) in six base62 digits.
std::string CrcText(absl::string_view text) {
  uint32_t crc = 0xffffffff;
  for (const char c : text) crc = (crc >> 8) ^ kCrcOfByte[(crc ^ static_cast<uint32_t>(c)) & 0xff];
  crc = ~crc;
  std::string digits(kCrcLength, '0');
  for (size_t i = kCrcLength; i-- > 0; crc /= 62) digits[i] = kBase62[crc % 62];
  return digits;
}

}  // namespace

std::string NewTokenText() {
  const std::string body =
      absl::StrCat(kPrefix, RandomText(kIdLength, 36), "_", RandomText(kSecretLength, 62));
  return absl::StrCat(body, CrcText(body));
}

std::optional<TokenText> ParseTokenText(absl::string_view text) {
  constexpr size_t kPrefixLength = sizeof(kPrefix) - 1;
  constexpr size_t kLength = kPrefixLength + kIdLength + 1 + kSecretLength + kCrcLength;
  if (text.size() != kLength || !absl::StartsWith(text, kPrefix)) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(),
                   [](char c) { return absl::ascii_isalnum(c) || c == '_'; })) {
    return std::nullopt;
  }
  const absl::string_view body = text.substr(0, kLength - kCrcLength);
  if (CrcText(body) != text.substr(kLength - kCrcLength)) return std::nullopt;
  return TokenText{.id = std::string(text.substr(kPrefixLength, kIdLength)),
                   .digest = Sha256(text)};
}

bool SameDigest(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string TokenResourceName(absl::string_view id) {
  return absl::StrCat("tokens/", id);
}

}  // namespace neshast
