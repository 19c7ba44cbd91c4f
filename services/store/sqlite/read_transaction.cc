#include "store/sqlite/read_transaction.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "store/record.h"
#include "store/sqlite/postings.h"

namespace neshast {
namespace {

constexpr char kGet[] = "SELECT name, kind, revision, body FROM document WHERE name = $1";
constexpr char kUnderParent[] = R"(
  SELECT name, kind, revision, body FROM document
  WHERE kind = $1 AND parent = $2 AND name > $3 ORDER BY name LIMIT $4)";
constexpr char kInList[] = R"(
  SELECT document.name, document.kind, document.revision, document.body
  FROM listing JOIN document ON document.name = listing.name
  WHERE listing.kind = $1 AND listing.list = $2 AND listing.name > $3
  ORDER BY listing.name LIMIT $4)";
constexpr char kAll[] = R"(
  SELECT name, kind, revision, body FROM document WHERE name > $1 ORDER BY name LIMIT $2)";
constexpr char kOccupied[] = R"(
  SELECT party, begins, ends, holder, strength, expires FROM occupancy
  WHERE party = $1 AND begins >= $2 AND begins < $3 AND ends > $4 AND strength >= $5
    AND expires > $6 AND (begins, holder) > ($7, $8)
  ORDER BY begins, holder LIMIT $9)";
constexpr char kChanges[] = R"(
  SELECT revision, name, kind, actor, action, at, deleted, audience, digest, hash FROM change
  WHERE revision > $1 ORDER BY revision LIMIT $2)";
constexpr char kRevisionsOfAudience[] = R"(
  SELECT revision FROM change_audience
  WHERE audience = $1 AND revision > $2 ORDER BY revision LIMIT $3)";
constexpr char kRevision[] = "SELECT revision FROM change ORDER BY revision DESC LIMIT 1";
constexpr char kFindAnswer[] = R"(
  SELECT digest, response FROM request WHERE actor = $1 AND id = $2 AND at > $3)";

Document DocumentIn(const Statement& row) {
  return {.name = row.String(0),
          .kind = row.String(1),
          .revision = row.Number(2),
          .body = row.String(3)};
}

Occupancy OccupancyIn(const Statement& row) {
  return {.party = row.String(0),
          .begins = row.Number(1),
          .ends = row.Number(2),
          .holder = row.String(3),
          .strength = static_cast<Occupancy::Strength>(row.Number(4)),
          .expires = row.Number(5)};
}

Change ChangeIn(const Statement& row) {
  return {.revision = row.Number(0),
          .name = row.String(1),
          .kind = row.String(2),
          .actor = row.String(3),
          .action = row.String(4),
          .at = absl::FromUnixMicros(row.Number(5)),
          .deleted = row.Number(6) != 0,
          .audience = SplitLines(row.Bytes(7)),
          .digest = row.String(8),
          .hash = row.String(9)};
}

// Every row of `statement`, read by `read`.
template <class Row>
absl::StatusOr<std::vector<Row>> Rows(Statement& statement, Row (*read)(const Statement&)) {
  std::vector<Row> rows;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, statement.Step());
    if (!row) return rows;
    rows.push_back(read(statement));
  }
}

absl::Status OnlyReading() {
  return absl::InternalError("A read transaction cannot write.");
}

}  // namespace

absl::Status NoSuchDocument(absl::string_view name) {
  return Error(absl::StatusCode::kNotFound, absl::StrCat("There is no ", name, "."),
               {.reason = "RESOURCE_NOT_FOUND", .metadata = {{"name", std::string(name)}}});
}

absl::StatusOr<Document> ReadTransaction::GetDocument(absl::string_view name) {
  if (last_.has_value() && last_->name == name) return *last_;
  Statement get = database_.Prepare(kGet);
  ASSIGN_OR_RETURN(const bool found, get.Bind(name).Step());
  if (!found) return NoSuchDocument(name);
  last_ = DocumentIn(get);
  return *last_;
}

absl::StatusOr<std::vector<Document>> ReadTransaction::ListDocuments(const ListQuery& query) {
  Statement list = database_.Prepare(query.list.has_value() ? kInList : kUnderParent);
  const std::string& group = query.list.has_value() ? *query.list : query.parent;
  return Rows(list.Bind(query.kind, group, query.after, query.limit), DocumentIn);
}

absl::StatusOr<std::vector<Document>> ReadTransaction::AllDocuments(absl::string_view after,
                                                                    int limit) {
  Statement all = database_.Prepare(kAll);
  return Rows(all.Bind(after, limit), DocumentIn);
}

absl::StatusOr<std::vector<Occupancy>> ReadTransaction::Occupied(const OccupancyQuery& query) {
  // Nothing that began earlier can still last: this keeps the search as short as the window.
  const int64_t earliest = query.begins < std::numeric_limits<int64_t>::min() + kLongestOccupancy
                               ? std::numeric_limits<int64_t>::min()
                               : query.begins - kLongestOccupancy;
  Statement occupied = database_.Prepare(kOccupied);
  return Rows(
      occupied.Bind(query.party, std::max(earliest, query.after_begins), query.ends, query.begins,
                    static_cast<int64_t>(query.least), absl::ToUnixSeconds(now_),
                    query.after_begins, query.after_holder, query.limit),
      OccupancyIn);
}

absl::StatusOr<SearchAnswer> ReadTransaction::Search(const SearchQuery& query) {
  SqlitePostings postings(database_);
  return AnswerSearch(query, postings);
}

absl::StatusOr<std::vector<Change>> ReadTransaction::Changes(const ChangeQuery& query) {
  if (query.audiences.has_value()) return ChangesOfAudiences(query);
  Statement changes = database_.Prepare(kChanges);
  return Rows(changes.Bind(query.after, query.limit), ChangeIn);
}

absl::StatusOr<std::vector<Change>> ReadTransaction::ChangesOfAudiences(const ChangeQuery& query) {
  // A merge of the first `limit` of each audience: as cheap in a long log as in a short one.
  std::vector<int64_t> revisions;
  for (const std::string& audience : *query.audiences) {
    Statement statement = database_.Prepare(kRevisionsOfAudience);
    statement.Bind(audience, query.after, query.limit);
    while (true) {
      ASSIGN_OR_RETURN(const bool row, statement.Step());
      if (!row) break;
      revisions.push_back(statement.Number(0));
    }
  }
  std::sort(revisions.begin(), revisions.end());
  revisions.erase(std::unique(revisions.begin(), revisions.end()), revisions.end());
  revisions.resize(std::min(revisions.size(), static_cast<size_t>(std::max(query.limit, 0))));
  std::vector<Change> changes;
  changes.reserve(revisions.size());
  for (const int64_t revision : revisions) {
    Statement one = database_.Prepare(kChanges);
    RETURN_IF_ERROR(one.Bind(revision - 1, 1).Step().status());
    changes.push_back(ChangeIn(one));
  }
  return changes;
}

absl::StatusOr<int64_t> ReadTransaction::Revision() {
  Statement newest = database_.Prepare(kRevision);
  ASSIGN_OR_RETURN(const bool found, newest.Step());
  return found ? newest.Number(0) : 0;
}

absl::StatusOr<std::optional<RecordedAnswer>> ReadTransaction::FindAnswer(
    absl::string_view actor, absl::string_view request_id) {
  Statement find = database_.Prepare(kFindAnswer);
  find.Bind(actor, request_id, absl::ToUnixMicros(now_ - kAnswersAreKept));
  ASSIGN_OR_RETURN(const bool found, find.Step());
  if (!found) return std::nullopt;
  return RecordedAnswer{.request_digest = find.String(0), .response = find.String(1)};
}

absl::StatusOr<int64_t> ReadTransaction::PutMessage(const google::protobuf::Message&) {
  return OnlyReading();
}

absl::Status ReadTransaction::Delete(absl::string_view) {
  return OnlyReading();
}

absl::Status ReadTransaction::RecordAnswer(absl::string_view, absl::string_view,
                                           const RecordedAnswer&) {
  return OnlyReading();
}

}  // namespace neshast
