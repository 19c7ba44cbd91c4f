// The rows by which SQLite's documents are searched.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "store/search.h"
#include "store/sqlite/database.h"

namespace neshast {

// Makes `searchable` what the document `name` is searched by, in place of what it was under `id`
// (0: nothing), and returns its id (0 where it is searched no more). What is as it was costs one
// look.
absl::StatusOr<int64_t> WriteSearchable(Database& database, absl::string_view name,
                                        const std::optional<Searchable>& searchable, int64_t id);

// Makes all of it anew where the rows were made by another `indexing` than this.
absl::Status Reindex(Database& database, const Indexer& indexer, int indexing);

class SqlitePostings final : public PostingSource {
 public:
  explicit SqlitePostings(Database& database) : database_(database) {}

  absl::Status Postings(const SoughtWord& word,
                        const std::function<void(const PostingRow&)>& take) override;
  absl::StatusOr<std::string> ShelfTextOf(int64_t shelf) override;
  absl::StatusOr<std::pair<std::string, std::string>> DatesOf(int64_t document) override;
  absl::StatusOr<std::string> NameOf(int64_t document) override;

 private:
  Database& database_;
};

}  // namespace neshast
