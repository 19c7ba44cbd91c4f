#include "store/sqlite/postings.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "store/chain.h"
#include "store/record.h"

namespace neshast {
namespace {

constexpr int kDocumentsAtOnce = 1000;

constexpr char kPostings[] =
    "SELECT document, shelf, weight, positions FROM posting WHERE word = $1";
constexpr char kPostingsFrom[] = R"(
  SELECT document, shelf, weight, positions FROM posting WHERE word >= $1 AND word < $2)";
constexpr char kShelfText[] = "SELECT traits FROM shelf WHERE id = $1";
constexpr char kDates[] = "SELECT begins, ends FROM searchable WHERE id = $1";
constexpr char kName[] = "SELECT name FROM searchable WHERE id = $1";

constexpr char kStored[] = "SELECT shelf, digest, words FROM searchable WHERE id = $1";
constexpr char kTakeShelf[] = R"(
  INSERT INTO shelf (traits, documents) VALUES ($1, 1)
  ON CONFLICT (traits) DO UPDATE SET documents = documents + 1 RETURNING id)";
constexpr char kLeaveShelf[] = "UPDATE shelf SET documents = documents - 1 WHERE id = $1";
constexpr char kDeleteEmptyShelf[] = "DELETE FROM shelf WHERE id = $1 AND documents = 0";
constexpr char kInsert[] = R"(
  INSERT INTO searchable (name, shelf, begins, ends, digest, words)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING id)";
constexpr char kUpdate[] = R"(
  UPDATE searchable SET shelf = $1, begins = $2, ends = $3, digest = $4, words = $5
  WHERE id = $6)";
constexpr char kDelete[] = "DELETE FROM searchable WHERE id = $1";
constexpr char kWritePosting[] = R"(
  INSERT INTO posting (word, document, shelf, weight, positions) VALUES ($1, $2, $3, $4, $5))";
constexpr char kDeletePosting[] = "DELETE FROM posting WHERE word = $1 AND document = $2";

constexpr char kIndexing[] = "SELECT indexing FROM meta WHERE id = 1";
constexpr char kSetIndexing[] = "UPDATE meta SET indexing = $1 WHERE id = 1";
constexpr char kDocuments[] = R"(
  SELECT name, kind, revision, body FROM document WHERE name > $1 ORDER BY name LIMIT $2)";
constexpr char kSetSearchable[] = "UPDATE document SET searchable = $1 WHERE name = $2";
constexpr char kForgetAll[] = R"(
  DELETE FROM posting;
  DELETE FROM searchable;
  DELETE FROM shelf;
  UPDATE document SET searchable = 0 WHERE searchable <> 0;
)";

std::string DigestOf(const Searchable& searchable) {
  std::string bytes =
      absl::StrCat(ShelfText(searchable), "\n\n", searchable.begins, "\n", searchable.ends, "\n");
  for (const Posting& posting : searchable.postings) {
    absl::StrAppend(&bytes, posting.word, " ", posting.weight, " ",
                    absl::StrJoin(posting.positions, ","), "\n");
  }
  return Sha256(bytes);
}

std::string WordLines(const Searchable& searchable) {
  return absl::StrJoin(searchable.postings, "\n", [](std::string* out, const Posting& posting) {
    absl::StrAppend(out, posting.word);
  });
}

struct Stored {
  int64_t shelf = 0;
  std::string digest;
  std::string words;
};

absl::StatusOr<Stored> ReadStored(Database& database, int64_t id) {
  Statement stored = database.Prepare(kStored);
  ASSIGN_OR_RETURN(const bool found, stored.Bind(id).Step());
  if (!found) return absl::InternalError(absl::StrCat("Nothing is searchable as ", id, "."));
  return Stored{stored.Number(0), stored.String(1), stored.String(2)};
}

absl::Status RemovePostings(Database& database, const Stored& stored, int64_t id) {
  for (const std::string& word : SplitLines(stored.words)) {
    RETURN_IF_ERROR(database.Prepare(kDeletePosting).Bind(word, id).Run());
  }
  RETURN_IF_ERROR(database.Prepare(kLeaveShelf).Bind(stored.shelf).Run());
  return database.Prepare(kDeleteEmptyShelf).Bind(stored.shelf).Run();
}

// The number that a statement with RETURNING answers.
absl::StatusOr<int64_t> Returned(Statement& statement) {
  RETURN_IF_ERROR(statement.Step().status());
  const int64_t number = statement.Number(0);
  RETURN_IF_ERROR(statement.Run());
  return number;
}

// `id` 0: under a new one.
absl::StatusOr<int64_t> WriteNew(Database& database, absl::string_view name,
                                 const Searchable& searchable, const std::string& digest,
                                 int64_t id) {
  const std::string traits = ShelfText(searchable);
  Statement take = database.Prepare(kTakeShelf);
  ASSIGN_OR_RETURN(const int64_t shelf, Returned(take.Bind(traits)));
  const std::string words = WordLines(searchable);
  if (id == 0) {
    Statement insert = database.Prepare(kInsert);
    ASSIGN_OR_RETURN(id, Returned(insert.Bind(name, shelf, searchable.begins, searchable.ends,
                                              Blob{digest}, words)));
  } else {
    RETURN_IF_ERROR(database.Prepare(kUpdate)
                        .Bind(shelf, searchable.begins, searchable.ends, Blob{digest}, words, id)
                        .Run());
  }
  for (const Posting& posting : searchable.postings) {
    const std::string positions = PackPositions(posting.positions);
    RETURN_IF_ERROR(database.Prepare(kWritePosting)
                        .Bind(posting.word, id, shelf, posting.weight, Blob{positions})
                        .Run());
  }
  return id;
}

absl::Status ReindexDocument(Database& database, const Indexer& indexer, const Document& document) {
  const auto message = MessageOf(document);
  if (!message.ok()) return absl::OkStatus();  // of a kind that this program has not
  ASSIGN_OR_RETURN(const Record record, MakeRecord(**message, indexer));
  ASSIGN_OR_RETURN(const int64_t id,
                   WriteSearchable(database, document.name, record.index.searchable, 0));
  if (id == 0) return absl::OkStatus();
  return database.Prepare(kSetSearchable).Bind(id, document.name).Run();
}

absl::Status ReindexAll(Database& database, const Indexer& indexer, int indexing) {
  RETURN_IF_ERROR(database.Execute(kForgetAll));
  std::string after;
  while (true) {
    std::vector<Document> documents;
    {
      Statement rows = database.Prepare(kDocuments);
      rows.Bind(after, kDocumentsAtOnce);
      while (true) {
        ASSIGN_OR_RETURN(const bool row, rows.Step());
        if (!row) break;
        documents.push_back({rows.String(0), rows.String(1), rows.Number(2), rows.String(3)});
      }
    }
    if (documents.empty()) return database.Prepare(kSetIndexing).Bind(indexing).Run();
    after = documents.back().name;
    for (const Document& document : documents) {
      RETURN_IF_ERROR(ReindexDocument(database, indexer, document));
    }
  }
}

}  // namespace

absl::StatusOr<int64_t> WriteSearchable(Database& database, absl::string_view name,
                                        const std::optional<Searchable>& searchable, int64_t id) {
  if (id == 0 && !searchable.has_value()) return 0;
  const std::string digest = searchable.has_value() ? DigestOf(*searchable) : "";
  if (id != 0) {
    ASSIGN_OR_RETURN(const Stored stored, ReadStored(database, id));
    if (stored.digest == digest) return id;
    RETURN_IF_ERROR(RemovePostings(database, stored, id));
  }
  if (searchable.has_value()) return WriteNew(database, name, *searchable, digest, id);
  RETURN_IF_ERROR(database.Prepare(kDelete).Bind(id).Run());
  return 0;
}

absl::Status Reindex(Database& database, const Indexer& indexer, int indexing) {
  int64_t made_by = 0;
  {
    Statement row = database.Prepare(kIndexing);
    RETURN_IF_ERROR(row.Step().status());
    made_by = row.Number(0);
  }
  if (made_by == indexing) return absl::OkStatus();
  RETURN_IF_ERROR(database.Execute("BEGIN IMMEDIATE"));
  absl::Status status = ReindexAll(database, indexer, indexing);
  if (status.ok()) status = database.Execute("COMMIT");
  if (!status.ok() && database.InTransaction()) {
    static_cast<void>(database.Execute("ROLLBACK"));  // the first error is the one to tell
  }
  return status;
}

absl::Status SqlitePostings::Postings(const SoughtWord& word,
                                      const std::function<void(const PostingRow&)>& take) {
  const std::string end = absl::StrCat(word.text, "\U0010ffff");
  Statement rows = database_.Prepare(word.beginning ? kPostingsFrom : kPostings);
  word.beginning ? rows.Bind(word.text, end) : rows.Bind(word.text);
  while (true) {
    ASSIGN_OR_RETURN(const bool row, rows.Step());
    if (!row) return absl::OkStatus();
    take({rows.Number(0), rows.Number(1), static_cast<int>(rows.Number(2)), rows.Bytes(3)});
  }
}

absl::StatusOr<std::string> SqlitePostings::ShelfTextOf(int64_t shelf) {
  Statement row = database_.Prepare(kShelfText);
  RETURN_IF_ERROR(row.Bind(shelf).Step().status());
  return row.String(0);
}

absl::StatusOr<std::pair<std::string, std::string>> SqlitePostings::DatesOf(int64_t document) {
  Statement row = database_.Prepare(kDates);
  RETURN_IF_ERROR(row.Bind(document).Step().status());
  return std::make_pair(row.String(0), row.String(1));
}

absl::StatusOr<std::string> SqlitePostings::NameOf(int64_t document) {
  Statement row = database_.Prepare(kName);
  RETURN_IF_ERROR(row.Bind(document).Step().status());
  return row.String(0);
}

}  // namespace neshast
