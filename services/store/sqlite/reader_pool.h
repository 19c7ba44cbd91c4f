// Connections for readers: as many as read at once, kept for the next.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "store/sqlite/database.h"

namespace neshast {

class ReaderPool {
 public:
  explicit ReaderPool(std::string path) : path_(std::move(path)) {}

  // A connection of one's own, to be given back. Waits only while the pool is shut.
  absl::StatusOr<std::unique_ptr<Database>> Take();
  // Null when the connection is no longer fit for use.
  void Give(std::unique_ptr<Database> reader);

  // Waits up to `patience` for every reader to come back, then closes all connections and makes new
  // readers wait for Open; false, and nothing is shut, when one stayed away.
  bool Shut(absl::Duration patience);
  void Open();

 private:
  const std::string path_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Database>> idle_;
  int taken_ = 0;
  bool shut_ = false;
};

}  // namespace neshast
