// The key of the server's seals, in a file of its own beside the database.
#pragma once

#include <mutex>
#include <string>

#include "absl/status/statusor.h"

namespace neshast {

class SealKey {
 public:
  explicit SealKey(std::string path) : path_(std::move(path)) {}

  // The private key, 32 bytes; made, readable by its owner only, where the file is not there. Any
  // thread may ask. FAILED_PRECONDITION / CORRUPT_DOCUMENT where the file holds no key; UNAVAILABLE
  // / STORE_UNAVAILABLE where it cannot be read or written. Who loses the file can seal no more by
  // that key; what was sealed by it is still verified.
  absl::StatusOr<std::string> Private();

  // The public one, in hexadecimal.
  absl::StatusOr<std::string> Public();

 private:
  const std::string path_;
  std::mutex mutex_;
  std::string private_;  // empty before it was first asked for
};

}  // namespace neshast
