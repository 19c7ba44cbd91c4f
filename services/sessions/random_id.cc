#include "sessions/random_id.h"

#include <openssl/rand.h>

#include <array>
#include <cstdlib>

namespace neshast {

std::string RandomId() {
  constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr int kLetters = 36;
  constexpr size_t kLength = 26;
  std::array<unsigned char, 32> bytes;  // nearly always enough; each draw costs a microsecond
  size_t used = bytes.size();
  std::string id;
  while (id.size() < kLength) {
    if (used == bytes.size()) {
      // No random source, no secrets.
      if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::abort();
      used = 0;
    }
    const unsigned char byte = bytes[used++];
    if (byte < 256 - 256 % kLetters) id.push_back(kAlphabet[byte % kLetters]);
  }
  return id;
}

}  // namespace neshast
