#include "precedence/lots.h"

#include <openssl/evp.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace neshast::precedence {

std::string LotOf(absl::string_view seed, absl::string_view party_id) {
  const std::string drawn = absl::StrCat(seed, "\n", party_id);
  std::string digest(32, '\0');
  EVP_Digest(drawn.data(), drawn.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
             EVP_sha256(), nullptr);
  return absl::BytesToHexString(digest);
}

}  // namespace neshast::precedence
