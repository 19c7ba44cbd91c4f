#include "rpc/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "store/chain.h"

namespace neshast {
namespace {

constexpr size_t kDigestBytes = 32;

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(unsigned char* bytes) const { OPENSSL_free(bytes); }
};

}  // namespace

std::optional<std::string> PinOfCertificate(absl::string_view pem) {
  const std::unique_ptr<BIO, Free> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const std::unique_ptr<X509, Free> certificate(
      PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) return std::nullopt;
  unsigned char* der = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &der);
  const std::unique_ptr<unsigned char, Free> owner(der);
  if (length <= 0) return std::nullopt;
  return absl::BytesToHexString(
      Sha256({reinterpret_cast<const char*>(der), static_cast<size_t>(length)}));
}

std::optional<std::string> CanonicalPin(absl::string_view text) {
  if (text.size() == 2 * kDigestBytes &&
      std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isxdigit(c); })) {
    return absl::AsciiStrToLower(text);
  }
  std::string digest;
  if (absl::Base64Unescape(text, &digest) && digest.size() == kDigestBytes &&
      absl::Base64Escape(digest) == text) {
    return absl::BytesToHexString(digest);
  }
  return std::nullopt;
}

std::string HoldersOfPin(const std::string& pin) {
  return absl::StrCat("pinned@", pin);
}

}  // namespace neshast
