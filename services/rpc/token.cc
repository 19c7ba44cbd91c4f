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

constexpr size_t kCrcLength = 6;
constexpr char kBase62[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

unsigned char RandomByte() {
  unsigned char byte = 0;
  if (RAND_bytes(&byte, 1) != 1) std::abort();  // no random source, no secrets
  return byte;
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

std::string Base62Text(int length, int alphabet, const std::function<unsigned char()>& next_byte) {
  std::string text;
  const int usable = 256 - 256 % alphabet;
  while (text.size() < static_cast<size_t>(length)) {
    const unsigned char byte = next_byte();
    if (byte < usable) text.push_back(kBase62[byte % alphabet]);
  }
  return text;
}

std::string TokenTextOf(absl::string_view prefix, absl::string_view id, absl::string_view secret) {
  const std::string body = absl::StrCat(prefix, id, "_", secret);
  return absl::StrCat(body, CrcText(body));
}

std::string NewTokenText() {
  return TokenTextOf(kTokenPrefix, Base62Text(kIdLength, 36, &RandomByte),
                     Base62Text(kSecretLength, 62, &RandomByte));
}

std::optional<TokenText> ParseTokenText(absl::string_view text, absl::string_view prefix) {
  const size_t length = prefix.size() + kIdLength + 1 + kSecretLength + kCrcLength;
  if (text.size() != length || !absl::StartsWith(text, prefix)) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(),
                   [](char c) { return absl::ascii_isalnum(c) || c == '_'; })) {
    return std::nullopt;
  }
  const absl::string_view body = text.substr(0, length - kCrcLength);
  if (CrcText(body) != text.substr(length - kCrcLength)) return std::nullopt;
  return TokenText{.id = std::string(text.substr(prefix.size(), kIdLength)),
                   .digest = Sha256(text)};
}

bool SameDigest(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string TokenResourceName(absl::string_view id) {
  return absl::StrCat("tokens/", id);
}

}  // namespace neshast
