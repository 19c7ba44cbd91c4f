#include "store/sqlite/group_writer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace neshast {
namespace {

// The longer the log, the more changes of one page reach the database as one; readers still find
// their way in 4,000 pages (16 MiB) with one look. Beyond 32,000 it is worth waiting for readers.
constexpr int kCheckpointPages = 4000;
constexpr int kLongLogPages = 32000;
constexpr int kAnswersForgottenAtOnce = 128;
constexpr absl::Duration kPatienceWithReaders = absl::Seconds(1);

constexpr char kBegin[] = "BEGIN IMMEDIATE";
constexpr char kCommit[] = "COMMIT";
constexpr char kRollback[] = "ROLLBACK";
constexpr char kSavepoint[] = "SAVEPOINT one";
constexpr char kRelease[] = "RELEASE one";
constexpr char kRollbackToSavepoint[] = "ROLLBACK TO one";
constexpr char kCountRefusedCommit[] = "UPDATE meta SET refused_commits = refused_commits + 1";
constexpr char kForgetAnswers[] = R"(
  DELETE FROM request WHERE (actor, id) IN
    (SELECT actor, id FROM request WHERE at < $1 ORDER BY at LIMIT $2))";

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> OpenForWriting(const SqliteOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database,
                   Database::Open(options.path, Database::Access::kWrite));
  RETURN_IF_ERROR(database->Execute(absl::StrCat("PRAGMA synchronous = ", options.synchronous)));
  return database;
}

GroupWriter::GroupWriter(std::unique_ptr<Database> database, const SqliteOptions& options,
                         Listeners& listeners, ReaderPool& readers)
    : options_(options),
      listeners_(listeners),
      readers_(readers),
      database_(std::move(database)),
      checkpoint_at_(kCheckpointPages),
      thread_([this] { Loop(); }) {}

GroupWriter::~GroupWriter() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    wake_.notify_one();
  }
  thread_.join();
  readers_.Shut(absl::ZeroDuration());  // the last to close copies the write-ahead log
  if (database_ != nullptr && checkpoint_failed_) database_->KeepLogOnClose();
}

void GroupWriter::Add(QueuedWrite write) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (queue_.size() < static_cast<size_t>(options_.queue_limit)) {
      queue_.push_back(std::move(write));
      if (queue_.size() == 1) wake_.notify_one();
      return;
    }
  }
  write.done(Error(absl::StatusCode::kResourceExhausted,
                   "Too many changes are waiting to be written. Try again in a moment.",
                   {.reason = "WRITE_QUEUE_FULL"}));
}

void GroupWriter::Loop() {
  while (true) {
    Group group = NextGroup();
    if (group.empty()) return;
    Run(group);
    group.clear();  // what the writes hold on to is let go before the disk is waited for again
    Checkpoint();
  }
}

GroupWriter::Group GroupWriter::NextGroup() {
  std::unique_lock<std::mutex> lock(mutex_);
  wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  const size_t size = std::min(queue_.size(), static_cast<size_t>(options_.max_group));
  Group group(std::make_move_iterator(queue_.begin()),
              std::make_move_iterator(queue_.begin() + static_cast<std::ptrdiff_t>(size)));
  queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(size));
  return group;
}

void GroupWriter::Run(Group& group) {
  const int64_t before = head_.revision;
  const absl::Status committed = Commit(group);
  if (!committed.ok()) {
    // A refusal, too, may rest on what another of the group wrote and lost.
    for (QueuedWrite& write : group) write.result = committed;
  } else if (head_.revision > before) {
    listeners_.Call(head_.revision);
  }
  for (QueuedWrite& write : group) write.done(std::move(write.result));
}

absl::Status GroupWriter::Commit(Group& group) {
  if (database_ == nullptr) {
    ASSIGN_OR_RETURN(database_, OpenForWriting(options_));
  }
  database_->ClearTrouble();
  const Head before = head_;
  absl::Status status = RunInTransaction(group);
  if (status.ok()) {
    status = database_->Prepare(kCommit).Run();
    commit_refused_ = !status.ok();
    if (status.ok()) return status;
  }
  head_ = before;
  if (database_->InTransaction()) {
    static_cast<void>(database_->Prepare(kRollback).Run());  // the first error is the one to tell
  }
  if (commit_refused_) OverwriteRefusedCommit();
  return status;
}

absl::Status GroupWriter::RunInTransaction(Group& group) {
  RETURN_IF_ERROR(database_->Prepare(kBegin).Run());
  ASSIGN_OR_RETURN(head_, ReadHead(*database_));
  for (QueuedWrite& write : group) {
    RETURN_IF_ERROR(RunOne(write));
    // What the disk refuses to one it refuses to all, even where the write itself made light of it.
    RETURN_IF_ERROR(database_->trouble());
  }
  const absl::Time old = options_.clock() - kAnswersAreKept;
  return database_->Prepare(kForgetAnswers)
      .Bind(absl::ToUnixMicros(old), kAnswersForgottenAtOnce)
      .Run();
}

absl::Status GroupWriter::RunOne(QueuedWrite& write) {
  RETURN_IF_ERROR(database_->Prepare(kSavepoint).Run());
  WriteTransaction transaction(*database_, options_.clock(), options_.indexer, write.writer, head_);
  write.result = write.fn(transaction);
  if (write.result.ok()) {
    head_ = transaction.head();
  } else {
    RETURN_IF_ERROR(database_->Prepare(kRollbackToSavepoint).Run());
  }
  return database_->Prepare(kRelease).Run();
}

// A commit whose fsync failed stays in the write-ahead log, perhaps whole. While this process lives
// nobody reads it, but a server started after a crash would take it for committed, though its
// writers were told otherwise: the next commit is written over it, so one is made at once.
void GroupWriter::OverwriteRefusedCommit() {
  commit_refused_ = !database_->Prepare(kCountRefusedCommit).Run().ok();
}

void GroupWriter::Checkpoint() {
  const int pages = database_ == nullptr ? 0 : database_->wal_pages();
  if (pages < kCheckpointPages) checkpoint_at_ = kCheckpointPages;  // the log began anew
  if (pages < checkpoint_at_) return;
  checkpoint_at_ = pages + kCheckpointPages;
  if (checkpoint_failed_) Reopen();
  if (checkpoint_failed_ || database_ == nullptr) return;
  database_->ClearTrouble();
  const absl::Status status =
      pages < kLongLogPages ? database_->Checkpoint() : database_->CheckpointAll();
  checkpoint_failed_ = !status.ok() && database_->DiskFailed();
}

// After a failed fsync the kernel forgets what it could not write, and SQLite would not copy those
// pages again. Closing every connection and opening the file anew makes it copy the whole
// write-ahead log, all of which is on the disk.
void GroupWriter::Reopen() {
  if (commit_refused_ || !readers_.Shut(kPatienceWithReaders)) return;
  database_->KeepLogOnClose();
  database_.reset();
  checkpoint_failed_ = false;
  absl::StatusOr<std::unique_ptr<Database>> opened = OpenForWriting(options_);
  if (opened.ok()) database_ = *std::move(opened);
  readers_.Open();
}

}  // namespace neshast
