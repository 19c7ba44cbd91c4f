// One write on SQLite: documents with their index rows and log entries.
#pragma once

#include <string>

#include "store/record.h"
#include "store/sqlite/read_transaction.h"

namespace neshast {

// The end of the log.
struct Head {
  int64_t revision = 0;
  std::string hash;
};

absl::StatusOr<Head> ReadHead(Database& database);

class WriteTransaction final : public ReadTransaction {
 public:
  // The next entry of the log follows `head`. All must outlive the transaction.
  WriteTransaction(Database& database, absl::Time now, const Indexer& indexer, const Writer& writer,
                   Head head)
      : ReadTransaction(database, now),
        indexer_(indexer),
        writer_(writer),
        head_(std::move(head)) {}

  absl::StatusOr<int64_t> PutMessage(const google::protobuf::Message& message) override;
  absl::Status Delete(absl::string_view name) override;
  absl::Status RecordAnswer(absl::string_view actor, absl::string_view request_id,
                            const RecordedAnswer& answer) override;

  // The end of the log after what was written so far.
  const Head& head() const { return head_; }

 private:
  absl::Status Append(Change change);
  absl::Status WriteDocument(const Record& record, const std::string& occupied, int64_t searchable);

  const Indexer& indexer_;
  const Writer& writer_;
  Head head_;
};

}  // namespace neshast
