// The one thread that writes: takes all writes that wait and commits them together.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/listeners.h"
#include "store/sqlite/database.h"
#include "store/sqlite/reader_pool.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/write_transaction.h"

namespace neshast {

struct QueuedWrite {
  Writer writer;
  std::function<absl::Status(Transaction&)> fn;
  std::function<void(absl::Status)> done;
  absl::Status result;  // what `done` will be told
};

// Opens the database for writing, with `options.synchronous`.
absl::StatusOr<std::unique_ptr<Database>> OpenForWriting(const SqliteOptions& options);

class GroupWriter {
 public:
  // `options`, `listeners` and `readers` must outlive the writer.
  GroupWriter(std::unique_ptr<Database> database, const SqliteOptions& options,
              Listeners& listeners, ReaderPool& readers);
  // Finishes the writes that wait.
  ~GroupWriter();

  // Calls `done` at once when too many wait.
  void Add(QueuedWrite write);

 private:
  using Group = std::vector<QueuedWrite>;

  void Loop();
  Group NextGroup();
  void Run(Group& group);
  absl::Status Commit(Group& group);
  absl::Status RunInTransaction(Group& group);
  absl::Status RunOne(QueuedWrite& write);
  void OverwriteRefusedCommit();
  void Checkpoint();
  void Reopen();

  const SqliteOptions& options_;
  Listeners& listeners_;
  ReaderPool& readers_;

  // Used by the thread only.
  std::unique_ptr<Database> database_;  // null when it could not be reopened
  Head head_;
  bool commit_refused_ = false;     // the last commit was, and lies in the write-ahead log
  bool checkpoint_failed_ = false;  // the database file may lack what was copied into it
  int checkpoint_at_;               // pages in the write-ahead log

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<QueuedWrite> queue_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all the others
};

}  // namespace neshast
