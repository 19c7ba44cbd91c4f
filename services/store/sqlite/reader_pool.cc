#include "store/sqlite/reader_pool.h"

#include <utility>

namespace neshast {

absl::StatusOr<std::unique_ptr<Database>> ReaderPool::Take() {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return !shut_; });
    ++taken_;
    if (!idle_.empty()) {
      std::unique_ptr<Database> reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
  }
  absl::StatusOr<std::unique_ptr<Database>> reader = Database::Open(path_, Database::Access::kRead);
  if (!reader.ok()) Give(nullptr);
  return reader;
}

void ReaderPool::Give(std::unique_ptr<Database> reader) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (reader != nullptr) idle_.push_back(std::move(reader));
  --taken_;
  if (shut_) changed_.notify_all();
}

bool ReaderPool::Shut(absl::Duration patience) {
  std::unique_lock<std::mutex> lock(mutex_);
  shut_ = true;
  const bool all_back =
      changed_.wait_for(lock, absl::ToChronoMilliseconds(patience), [&] { return taken_ == 0; });
  if (all_back) {
    idle_.clear();
  } else {
    shut_ = false;
    changed_.notify_all();
  }
  return all_back;
}

void ReaderPool::Open() {
  const std::lock_guard<std::mutex> lock(mutex_);
  shut_ = false;
  changed_.notify_all();
}

}  // namespace neshast
