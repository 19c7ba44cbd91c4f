// Thin wrappers over one SQLite connection and its cached statements.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace neshast {

class Database;

// Bytes for a BLOB column; as with text, they must live as long as the statement.
struct Blob {
  absl::string_view bytes;
};

// A cached statement while someone uses it; goes back, reset, when it dies.
class Statement {
 public:
  Statement(Database& database, sqlite3_stmt* statement, absl::Status status)
      : database_(database), statement_(statement), failure_(std::move(status)) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_reset(statement_); }

  // Binds $1, $2 … in order.
  template <class... Values>
  Statement& Bind(const Values&... values) {
    int index = 0;
    (BindOne(++index, values), ...);
    return *this;
  }

  // True when there is a row, false at the end.
  absl::StatusOr<bool> Step();
  // Steps to the end.
  absl::Status Run();

  int64_t Number(int column) const { return sqlite3_column_int64(statement_, column); }
  // Text or blob, valid until the next Step.
  absl::string_view Bytes(int column) const;
  std::string String(int column) const { return std::string(Bytes(column)); }

 private:
  void BindOne(int index, int64_t value) { Note(sqlite3_bind_int64(statement_, index, value)); }
  void BindOne(int index, absl::string_view text);
  void BindOne(int index, Blob blob);
  void Note(int code);

  Database& database_;
  sqlite3_stmt* statement_;
  absl::Status failure_;
};

// One connection, used by one thread at a time.
//
// Errors: UNAVAILABLE / STORE_UNAVAILABLE when the disk or a lock refuses, DATA_LOSS /
// STORE_CORRUPT when the file is damaged: both are remembered (trouble()); INTERNAL for a defect of
// ours.
class Database {
 public:
  enum class Access { kRead, kWrite };
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& path, Access access);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // `sql` must be a constant of the program: its address is the key of the cache. Its parameters
  // must be $1, $2 … in the order of their first use.
  Statement Prepare(const char* sql);

  // Runs a script that returns no rows.
  absl::Status Execute(const std::string& script);

  // OK, or the last error of the disk, a lock or the file since ClearTrouble.
  const absl::Status& trouble() const { return trouble_; }
  // Whether the last trouble was a failing disk, rather than a full one or a lock.
  bool DiskFailed() const { return (trouble_code_ & 0xff) == SQLITE_IOERR; }
  void ClearTrouble() {
    trouble_ = absl::OkStatus();
    trouble_code_ = SQLITE_OK;
  }

  bool InTransaction() const { return sqlite3_get_autocommit(handle_) == 0; }

  // Pages in the write-ahead log after the last commit of this connection.
  int wal_pages() const { return wal_pages_; }
  // Copies from the write-ahead log into the database what it can without waiting for a reader; the
  // next commit begins the log anew when all was copied and nobody reads it.
  absl::Status Checkpoint();
  // As Checkpoint, and waits a moment for readers so that the log can begin anew; else UNAVAILABLE.
  absl::Status CheckpointAll();
  // The last connection to close will not copy the log into the database.
  void KeepLogOnClose();

 private:
  friend class Statement;
  explicit Database(sqlite3* handle) : handle_(handle) {}
  absl::StatusOr<sqlite3_stmt*> Compile(const char* sql);
  absl::Status StatusOf(int code);
  absl::Status RunCheckpoint(int mode);

  sqlite3* handle_;
  absl::flat_hash_map<const char*, sqlite3_stmt*> statements_;
  absl::Status trouble_;
  int trouble_code_ = SQLITE_OK;
  int wal_pages_ = 0;
};

}  // namespace neshast
