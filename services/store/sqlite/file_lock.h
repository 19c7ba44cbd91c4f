// One process writes a database: whoever opens it takes the lock on a file beside it.
#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace neshast {

// Held until it dies, and never longer than its process: a killed server leaves no stale lock.
class FileLock {
 public:
  // Takes the lock on `path` (created, 0600). FAILED_PRECONDITION / STORE_IN_USE, naming the
  // process, when another holds it; UNAVAILABLE / STORE_UNAVAILABLE when the file cannot be made.
  static absl::StatusOr<FileLock> Take(const std::string& path);

  FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}

  int file_;
};

}  // namespace neshast
