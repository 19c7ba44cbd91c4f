#include "links/link_key.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "errors.h"
#include "rpc/token.h"
#include "status_macros.h"

namespace neshast {
namespace {

constexpr size_t kKeyLength = 32;
constexpr size_t kReplyTokenLength = 26;  // of five bits each: 130

absl::Status CannotUse(const std::string& path, const char* why) {
  return Error(absl::StatusCode::kUnavailable, absl::StrCat("Cannot use ", path, ": ", why, "."),
               {.reason = "STORE_UNAVAILABLE", .metadata = {}, .violations = {}});
}

std::string NewKey() {
  std::string bytes(kKeyLength, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), kKeyLength) != 1) std::abort();
  return bytes;
}

// Writes `bytes` to a file that must not exist yet; whole and durable, or not at all.
absl::Status WriteKey(const std::string& path, const std::string& bytes) {
  const std::string draft = path + ".new";
  const std::string line = absl::BytesToHexString(bytes) + "\n";
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return CannotUse(draft, strerror(errno));
  const bool written = write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       fsync(file) == 0;
  close(file);
  if (!written || rename(draft.c_str(), path.c_str()) != 0) return CannotUse(path, strerror(errno));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LinkKey> LinkKey::Open(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    if (errno != ENOENT) return CannotUse(path, strerror(errno));
    std::string bytes = NewKey();
    RETURN_IF_ERROR(WriteKey(path, bytes));
    return LinkKey(std::move(bytes));
  }
  std::string line;
  std::getline(file, line);
  const bool is_key =
      line.size() == 2 * kKeyLength && line.find_first_not_of("0123456789abcdef") == line.npos;
  if (!is_key) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat(path,
                              " holds no key of 64 hexadecimal digits. Restore it from the "
                              "backup, or remove it, which ends all personal links."),
                 {.reason = "CORRUPT_DOCUMENT", .metadata = {}, .violations = {}});
  }
  return LinkKey(absl::HexStringToBytes(line));
}

std::string LinkKey::Derive(absl::string_view purpose,
                            const std::vector<std::string>& fields) const {
  std::string text = absl::StrCat(purpose.size(), ":", purpose);
  for (const std::string& field : fields) absl::StrAppend(&text, field.size(), ":", field);
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  HMAC(EVP_sha256(), bytes_.data(), static_cast<int>(bytes_.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(digest.data()), &length);
  digest.resize(length);
  return digest;
}

std::string LinkText(const LinkKey& key, const std::string& target, const std::string& person,
                     int32_t generation) {
  std::string bytes;
  size_t used = 0;
  int block = 0;
  const auto next_byte = [&]() -> unsigned char {
    if (used == bytes.size()) {
      bytes = key.Derive("link", {target, person, absl::StrCat(generation), absl::StrCat(block++)});
      used = 0;
    }
    return static_cast<unsigned char>(bytes[used++]);
  };
  const std::string id = Base62Text(kIdLength, 36, next_byte);
  return TokenTextOf(kLinkPrefix, id, Base62Text(kSecretLength, 62, next_byte));
}

std::string ReplyToken(const LinkKey& key, const std::string& subject, const std::string& person) {
  constexpr char kBase32[] = "abcdefghijklmnopqrstuvwxyz234567";
  const std::string digest = key.Derive("reply", {subject, person});
  std::string token;
  for (size_t bit = 0; token.size() < kReplyTokenLength; bit += 5) {
    const auto high = static_cast<unsigned char>(digest[bit / 8]);
    const auto low = static_cast<unsigned char>(digest[bit / 8 + 1]);
    token.push_back(kBase32[((high << 8 | low) >> (11 - bit % 8)) & 31]);
  }
  return token;
}

}  // namespace neshast
