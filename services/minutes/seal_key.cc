#include "minutes/seal_key.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "errors.h"
#include "seal/ed25519.h"
#include "status_macros.h"

namespace neshast {
namespace {

absl::Status CannotUse(const std::string& path, const char* why) {
  return Error(absl::StatusCode::kUnavailable, absl::StrCat("Cannot use ", path, ": ", why, "."),
               {.reason = "STORE_UNAVAILABLE", .metadata = {}, .violations = {}});
}

// Makes what stands in the folder or file `path` durable.
bool Sync(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  return synced;
}

// Writes a key to a file that is not there yet; whole and durable, or not at all: nothing may be
// sealed by a key that a power cut takes away.
absl::Status WriteKey(const std::string& path, const std::string& key) {
  const std::string draft = path + ".new";
  const std::string line = absl::BytesToHexString(key) + "\n";
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return CannotUse(draft, strerror(errno));
  const bool written = write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       fsync(file) == 0;
  close(file);
  const std::string folder = std::filesystem::path(path).parent_path().string();
  if (!written || rename(draft.c_str(), path.c_str()) != 0 ||
      !Sync(folder.empty() ? "." : folder)) {
    return CannotUse(path, strerror(errno));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadOrMakeKey(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    if (errno != ENOENT) return CannotUse(path, strerror(errno));
    std::string key = seal::NewPrivateKey();
    RETURN_IF_ERROR(WriteKey(path, key));
    return key;
  }
  std::string line;
  std::getline(file, line);
  if (line.size() != 2 * seal::kKeyLength ||
      line.find_first_not_of("0123456789abcdef") != line.npos) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat(path,
                              " holds no key of 64 hexadecimal digits. Restore it from the "
                              "backup."),
                 {.reason = "CORRUPT_DOCUMENT", .metadata = {}, .violations = {}});
  }
  return absl::HexStringToBytes(line);
}

}  // namespace

absl::StatusOr<std::string> SealKey::Private() {
  const std::lock_guard lock(mutex_);
  if (private_.empty()) {
    ASSIGN_OR_RETURN(private_, ReadOrMakeKey(path_));
  }
  return private_;
}

absl::StatusOr<std::string> SealKey::Public() {
  ASSIGN_OR_RETURN(const std::string key, Private());
  return absl::BytesToHexString(seal::PublicKeyOf(key));
}

}  // namespace neshast
