// The store in one SQLite file: the default engine, for one server on one machine.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "store/store.h"

namespace neshast {

struct SqliteOptions {
  // Of the database, on a local disk; created with mode 0600. Beside it stand `path`-wal,
  // `path`-shm (SQLite's own) and `path`.lock.
  std::string path;
  Indexer indexer;
  // Which of the indexer's ways to find words made the postings: where it was another, all are made
  // anew when the store is opened.
  int indexing = 0;
  std::function<absl::Time()> clock = absl::Now;
  // How many writes may share one commit; 1 commits each by itself.
  int max_group = 256;
  // How many writes may wait; more are refused with RESOURCE_EXHAUSTED / WRITE_QUEUE_FULL.
  int queue_limit = 10000;
  // SQLite's setting. With "NORMAL" a power cut loses acknowledged writes: for tests only.
  std::string synchronous = "FULL";
};

// Opens the store, creates it where there is none and brings an older format up to date. Destroying
// it finishes the writes that wait. A disk that fills up or fails while it runs makes writes
// UNAVAILABLE; reads go on, and writes too as soon as the disk takes them again.
//
// FAILED_PRECONDITION: STORE_IN_USE (another process has it open), DATABASE_TOO_NEW (made by a
// newer version), NOT_A_STORE (another program's file). UNAVAILABLE / STORE_UNAVAILABLE: the file
// or its directory cannot be read and written. DATA_LOSS / STORE_CORRUPT: the file is damaged.
absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(SqliteOptions options);

}  // namespace neshast
