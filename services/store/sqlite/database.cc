#include "store/sqlite/database.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "status_macros.h"

namespace neshast {
namespace {

constexpr int kBusyTimeoutMs = 5000;  // only tools from outside ever hold the write lock against us

constexpr char kSettings[] = R"(
  PRAGMA foreign_keys = OFF;
  PRAGMA secure_delete = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA mmap_size = 1073741824;
  PRAGMA wal_autocheckpoint = 0;
)";

// Of the writer. SQLite 3.40 walks its whole cache at each commit in which a page was split (it
// gives the page for a moment the number of the lock byte's), so the cache is small: the kernel has
// the pages too. What one group changes may exceed it; written early, it would be written twice.
constexpr char kWriterSettings[] = R"(
  PRAGMA cache_size = -8192;
  PRAGMA cache_spill = OFF;
)";

absl::StatusCode CodeOf(int code) {
  switch (code & 0xff) {  // the primary result code
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
    case SQLITE_PERM:
      return absl::StatusCode::kUnavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::StatusCode::kDataLoss;
    default:
      return absl::StatusCode::kInternal;
  }
}

absl::Status ErrorOf(int code, absl::string_view message) {
  const absl::StatusCode kind = CodeOf(code);
  const std::string cause = absl::StrCat(message, " (SQLite ", code, ")");
  if (kind == absl::StatusCode::kUnavailable) {
    return Error(kind, absl::StrCat("The store cannot be used now: ", cause, "."),
                 {.reason = "STORE_UNAVAILABLE"});
  }
  if (kind == absl::StatusCode::kDataLoss) {
    return Error(kind, absl::StrCat("The store's file is damaged: ", cause, "."),
                 {.reason = "STORE_CORRUPT"});
  }
  return absl::InternalError(cause);
}

}  // namespace

absl::StatusOr<bool> Statement::Step() {
  RETURN_IF_ERROR(failure_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_.StatusOf(code);
}

absl::Status Statement::Run() {
  while (true) {
    ASSIGN_OR_RETURN(const bool row, Step());
    if (!row) return absl::OkStatus();
  }
}

absl::string_view Statement::Bytes(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {bytes == nullptr ? "" : bytes,
          static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

void Statement::BindOne(int index, absl::string_view text) {
  // A null pointer would bind NULL.
  const char* bytes = text.data() == nullptr ? "" : text.data();
  Note(sqlite3_bind_text64(statement_, index, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::BindOne(int index, Blob blob) {
  const char* bytes = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  Note(sqlite3_bind_blob64(statement_, index, bytes, blob.bytes.size(), SQLITE_STATIC));
}

void Statement::Note(int code) {
  if (code != SQLITE_OK && failure_.ok()) failure_ = database_.StatusOf(code);
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& path, Access access) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Database> database(new Database(handle));
  if (code != SQLITE_OK) return ErrorOf(code, absl::StrCat(path, ": ", sqlite3_errstr(code)));
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  RETURN_IF_ERROR(database->Execute(kSettings));
  if (access == Access::kRead) {
    RETURN_IF_ERROR(database->Execute("PRAGMA query_only = ON"));
    database->KeepLogOnClose();
    return database;
  }
  RETURN_IF_ERROR(database->Execute(kWriterSettings));
  sqlite3_wal_hook(
      handle,
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<Database*>(self)->wal_pages_ = pages;
        return SQLITE_OK;
      },
      database.get());
  return database;
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Statement Database::Prepare(const char* sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return Statement(*this, known->second, absl::OkStatus());
  const absl::StatusOr<sqlite3_stmt*> compiled = Compile(sql);
  if (!compiled.ok()) return Statement(*this, nullptr, compiled.status());
  statements_[sql] = *compiled;
  return Statement(*this, *compiled, absl::OkStatus());
}

absl::StatusOr<sqlite3_stmt*> Database::Compile(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return StatusOf(code);
  // To SQLite "$2" is a name; the places go by first use.
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
    const char* name = sqlite3_bind_parameter_name(statement, i);
    if (name == nullptr || absl::StrCat("$", i) != name) {
      sqlite3_finalize(statement);
      return absl::InternalError(absl::StrCat("Parameters out of order: ", sql));
    }
  }
  return statement;
}

absl::Status Database::Execute(const std::string& script) {
  const int code = sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : StatusOf(code);
}

absl::Status Database::Checkpoint() {
  return RunCheckpoint(SQLITE_CHECKPOINT_PASSIVE);
}

absl::Status Database::CheckpointAll() {
  return RunCheckpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

absl::Status Database::RunCheckpoint(int mode) {
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : StatusOf(code);
}

void Database::KeepLogOnClose() {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

absl::Status Database::StatusOf(int code) {
  absl::Status status = ErrorOf(code, sqlite3_errmsg(handle_));
  if (CodeOf(code) != absl::StatusCode::kInternal) {
    trouble_ = status;
    trouble_code_ = code;
  }
  return status;
}

}  // namespace neshast
