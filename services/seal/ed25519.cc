#include "seal/ed25519.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cstdlib>
#include <memory>

#include "absl/strings/escaping.h"

namespace neshast::seal {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

Key PrivateKey(absl::string_view bytes) {
  return {EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Bytes(bytes), bytes.size()),
          &EVP_PKEY_free};
}

}  // namespace

std::string NewPrivateKey() {
  std::string bytes(kKeyLength, '\0');
  if (RAND_bytes(Bytes(bytes), kKeyLength) != 1) std::abort();  // no random source, no secrets
  return bytes;
}

std::string PublicKeyOf(absl::string_view private_key) {
  const Key key = PrivateKey(private_key);
  std::string bytes(kKeyLength, '\0');
  size_t length = bytes.size();
  if (key == nullptr || EVP_PKEY_get_raw_public_key(key.get(), Bytes(bytes), &length) != 1) {
    return "";
  }
  return bytes;
}

std::string Sign(absl::string_view private_key, absl::string_view message) {
  const Key key = PrivateKey(private_key);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string signature(kSignatureLength, '\0');
  size_t length = signature.size();
  const bool is_signed =
      key != nullptr && context != nullptr &&
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
      EVP_DigestSign(context.get(), Bytes(signature), &length, Bytes(message), message.size()) == 1;
  return is_signed ? signature : "";
}

bool Verifies(absl::string_view public_key, absl::string_view message,
              absl::string_view signature) {
  const Key key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(public_key), public_key.size()),
      &EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return key != nullptr && context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(message),
                          message.size()) == 1;
}

std::string Sha256Hex(absl::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(Bytes(bytes), bytes.size(), Bytes(digest));
  return absl::BytesToHexString(digest);
}

}  // namespace neshast::seal
