// What a transaction reads from SQLite; for a reader, also what it refuses to write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/sqlite/database.h"
#include "store/store.h"

namespace neshast {

class ReadTransaction : public Transaction {
 public:
  // `database` is in a transaction that began at `now`, which is cut to the microsecond.
  ReadTransaction(Database& database, absl::Time now)
      : database_(database), now_(absl::FromUnixMicros(absl::ToUnixMicros(now))) {}

  absl::Time now() const override { return now_; }
  absl::StatusOr<Document> GetDocument(absl::string_view name) override;
  absl::StatusOr<std::vector<Document>> ListDocuments(const ListQuery& query) override;
  absl::StatusOr<std::vector<Document>> AllDocuments(absl::string_view after, int limit) override;
  absl::StatusOr<std::vector<Occupancy>> Occupied(const OccupancyQuery& query) override;
  absl::StatusOr<SearchAnswer> Search(const SearchQuery& query) override;
  absl::StatusOr<std::vector<Change>> Changes(const ChangeQuery& query) override;
  absl::StatusOr<int64_t> Revision() override;
  absl::StatusOr<std::optional<RecordedAnswer>> FindAnswer(absl::string_view actor,
                                                           absl::string_view request_id) override;

  // INTERNAL: a defect of the caller.
  absl::StatusOr<int64_t> PutMessage(const google::protobuf::Message& message) override;
  absl::Status Delete(absl::string_view name) override;
  absl::Status RecordAnswer(absl::string_view actor, absl::string_view request_id,
                            const RecordedAnswer& answer) override;

 protected:
  Database& database() { return database_; }
  // To be called whenever a document changes.
  void Forget() { last_ = std::nullopt; }

 private:
  absl::StatusOr<std::vector<Change>> ChangesOfAudiences(const ChangeQuery& query);

  Database& database_;
  const absl::Time now_;
  // The document that was read last: the policy and the handler both look at the object of a call.
  std::optional<Document> last_;
};

// How long an answer is kept for a request that comes again.
inline constexpr absl::Duration kAnswersAreKept = absl::Hours(24);

absl::Status NoSuchDocument(absl::string_view name);

}  // namespace neshast
