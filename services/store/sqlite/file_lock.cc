#include "store/sqlite/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "errors.h"

namespace neshast {
namespace {

// Who wrote its number into the lock; only for people to read.
std::string HolderOf(int file) {
  std::array<char, 32> text{};
  const ssize_t length = pread(file, text.data(), text.size() - 1, 0);
  return length > 0 ? absl::StrCat("process ", text.data()) : "another process";
}

}  // namespace

absl::StatusOr<FileLock> FileLock::Take(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return Error(absl::StatusCode::kUnavailable,
                 absl::StrCat("The lock ", path, " cannot be opened: ", strerror(errno), "."),
                 {.reason = "STORE_UNAVAILABLE"});
  }
  FileLock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return Error(
        absl::StatusCode::kFailedPrecondition,
        absl::StrCat("The store ", absl::StripSuffix(path, ".lock"), " is already open in ",
                     HolderOf(file), ". Stop that one first, or give this one another directory."),
        {.reason = "STORE_IN_USE"});
  }
  const std::string self = absl::StrCat(getpid());
  // The number is a courtesy: a full disk must not keep the server from starting.
  if (ftruncate(file, 0) == 0) static_cast<void>(!pwrite(file, self.data(), self.size(), 0));
  return lock;
}

FileLock::~FileLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace neshast
