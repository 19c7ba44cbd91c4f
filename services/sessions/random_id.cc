#include "sessions/random_id.h"

#include <openssl/rand.h>

#include <cstdlib>

namespace neshast {

std::string RandomId() {
  constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr int kLetters = 36;
  constexpr size_t kLength = 26;
  std::string id;
  while (id.size() < kLength) {
    unsigned char byte = 0;
    if (RAND_bytes(&byte, 1) != 1) std::abort();  // no random source, no secrets
    if (byte < 256 - 256 % kLetters) id.push_back(kAlphabet[byte % kLetters]);
  }
  return id;
}

}  // namespace neshast
