#include "store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "store/listeners.h"
#include "store/sqlite/database.h"
#include "store/sqlite/file_lock.h"
#include "store/sqlite/group_writer.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/postings.h"
#include "store/sqlite/read_transaction.h"
#include "store/sqlite/reader_pool.h"

namespace neshast {
namespace {

constexpr char kBegin[] = "BEGIN";
constexpr char kCommit[] = "COMMIT";

class SqliteStore final : public Store {
 public:
  SqliteStore(SqliteOptions options, FileLock lock, std::unique_ptr<Database> database,
              std::string epoch)
      : options_(std::move(options)),
        lock_(std::move(lock)),
        epoch_(std::move(epoch)),
        readers_(options_.path),
        writer_(std::move(database), options_, listeners_, readers_) {}

  absl::Status Read(const std::function<absl::Status(Transaction&)>& fn) override {
    ASSIGN_OR_RETURN(std::unique_ptr<Database> reader, readers_.Take());
    absl::Status status = reader->Prepare(kBegin).Run();
    if (status.ok()) {
      ReadTransaction transaction(*reader, options_.clock());
      status = fn(transaction);
      if (!reader->Prepare(kCommit).Run().ok()) reader = nullptr;  // nothing to lose but a snapshot
    }
    readers_.Give(std::move(reader));
    return status;
  }

  void Write(Writer writer, std::function<absl::Status(Transaction&)> fn,
             std::function<void(absl::Status)> done) override {
    writer_.Add({std::move(writer), std::move(fn), std::move(done), absl::OkStatus()});
  }

  int64_t Subscribe(std::function<void(int64_t)> listener) override {
    return listeners_.Add(std::move(listener));
  }
  void Unsubscribe(int64_t handle) override { listeners_.Remove(handle); }

  const std::string& epoch() const override { return epoch_; }

 private:
  const SqliteOptions options_;
  const FileLock lock_;
  const std::string epoch_;
  Listeners listeners_;
  ReaderPool readers_;
  GroupWriter writer_;  // last: its thread uses the others
};

// Creates the file where there is none, readable by its owner only, and makes its name durable.
absl::Status MakePrivateFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  bool made = file >= 0 && fchmod(file, 0600) == 0;
  if (made) {
    const size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const int directory = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    made = directory >= 0 && fsync(directory) == 0;
    if (directory >= 0) close(directory);
  }
  const int error = errno;
  if (file >= 0) close(file);
  if (made) return absl::OkStatus();
  return Error(absl::StatusCode::kUnavailable,
               absl::StrCat("The store ", path, " cannot be opened: ", strerror(error), "."),
               {.reason = "STORE_UNAVAILABLE"});
}

// A server that was killed after a failing fsync cannot say what of its write-ahead log is on the
// disk: all of it is copied before anything is built on it. A full disk can wait.
absl::Status SettleThePast(Database& database) {
  absl::Status status = database.CheckpointAll();
  return database.DiskFailed() ? status : absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(SqliteOptions options) {
  ASSIGN_OR_RETURN(FileLock lock, FileLock::Take(options.path + ".lock"));
  RETURN_IF_ERROR(MakePrivateFile(options.path));
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, OpenForWriting(options));
  ASSIGN_OR_RETURN(std::string epoch, Migrate(*database, Migrations()));
  RETURN_IF_ERROR(SettleThePast(*database));
  RETURN_IF_ERROR(Reindex(*database, options.indexer, options.indexing));
  return std::make_unique<SqliteStore>(std::move(options), std::move(lock), std::move(database),
                                       std::move(epoch));
}

}  // namespace neshast
