#include "store/sqlite/write_transaction.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "store/chain.h"
#include "store/sqlite/postings.h"

namespace neshast {
namespace {

constexpr char kHead[] = "SELECT revision, hash FROM change ORDER BY revision DESC LIMIT 1";
constexpr char kStored[] =
    "SELECT kind, audience, lists, occupied, searchable FROM document WHERE name = $1";
constexpr char kWriteDocument[] = R"(
  INSERT INTO document (name, kind, parent, revision, audience, lists, occupied, body, searchable)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, parent = excluded.parent,
    revision = excluded.revision, audience = excluded.audience, lists = excluded.lists,
    occupied = excluded.occupied, body = excluded.body, searchable = excluded.searchable)";
constexpr char kDeleteDocument[] = "DELETE FROM document WHERE name = $1";
constexpr char kWriteOccupancy[] = R"(
  INSERT INTO occupancy (party, begins, holder, ends, strength, expires)
  VALUES ($1, $2, $3, $4, $5, $6))";
constexpr char kDeleteOccupancy[] =
    "DELETE FROM occupancy WHERE party = $1 AND begins = $2 AND holder = $3";
constexpr char kWriteListing[] = "INSERT INTO listing (list, kind, name) VALUES ($1, $2, $3)";
constexpr char kDeleteListing[] = "DELETE FROM listing WHERE list = $1 AND kind = $2 AND name = $3";
constexpr char kWriteChange[] = R"(
  INSERT INTO change (revision, name, kind, actor, action, at, deleted, audience, digest, hash)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))";
constexpr char kWriteAudience[] =
    "INSERT INTO change_audience (audience, revision) VALUES ($1, $2)";
constexpr char kWriteAnswer[] = R"(
  INSERT INTO request (actor, id, digest, response, at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (actor, id) DO UPDATE SET digest = excluded.digest, response = excluded.response,
    at = excluded.at)";

// What the log needs of a document that is about to be replaced or removed.
struct Stored {
  std::string kind;
  std::vector<std::string> audience = {};
  std::string lists = {};
  std::string occupied = {};
  int64_t searchable = 0;
};

absl::StatusOr<std::optional<Stored>> FindStored(Database& database, absl::string_view name) {
  Statement stored = database.Prepare(kStored);
  ASSIGN_OR_RETURN(const bool found, stored.Bind(name).Step());
  if (!found) return std::nullopt;
  return Stored{.kind = stored.String(0),
                .audience = SplitLines(stored.Bytes(1)),
                .lists = stored.String(2),
                .occupied = stored.String(3),
                .searchable = stored.Number(4)};
}

std::string OccupiedLines(const std::vector<Occupancy>& occupancy) {
  return absl::StrJoin(occupancy, "\n", [](std::string* out, const Occupancy& one) {
    absl::StrAppend(out, one.begins, " ", one.ends, " ", static_cast<int>(one.strength), " ",
                    one.expires, " ", one.party);
  });
}

absl::Status DeleteOccupied(Database& database, absl::string_view name, const Stored& stored) {
  for (const std::string& line : SplitLines(stored.occupied)) {
    const std::vector<absl::string_view> fields = absl::StrSplit(line, absl::MaxSplits(' ', 4));
    int64_t begins = 0;
    if (fields.size() != 5 || !absl::SimpleAtoi(fields[0], &begins)) {
      return absl::InternalError(absl::StrCat("The index of ", name, " cannot be read."));
    }
    RETURN_IF_ERROR(database.Prepare(kDeleteOccupancy).Bind(fields[4], begins, name).Run());
  }
  return absl::OkStatus();
}

absl::Status WriteOccupied(Database& database, const Record& record) {
  for (const Occupancy& one : record.index.occupancy) {
    RETURN_IF_ERROR(database.Prepare(kWriteOccupancy)
                        .Bind(one.party, one.begins, record.name, one.ends,
                              static_cast<int64_t>(one.strength), one.expires)
                        .Run());
  }
  return absl::OkStatus();
}

absl::Status DeleteListed(Database& database, absl::string_view name, const Stored& stored) {
  for (const std::string& list : SplitLines(stored.lists)) {
    RETURN_IF_ERROR(database.Prepare(kDeleteListing).Bind(list, stored.kind, name).Run());
  }
  return absl::OkStatus();
}

absl::Status WriteListed(Database& database, const Record& record) {
  for (const std::string& list : record.index.lists) {
    RETURN_IF_ERROR(database.Prepare(kWriteListing).Bind(list, record.kind, record.name).Run());
  }
  return absl::OkStatus();
}

std::vector<std::string> United(const std::vector<std::string>& a,
                                const std::vector<std::string>& b) {
  std::vector<std::string> united;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(united));
  return united;
}

}  // namespace

absl::StatusOr<Head> ReadHead(Database& database) {
  Statement head = database.Prepare(kHead);
  ASSIGN_OR_RETURN(const bool found, head.Step());
  return found ? Head{.revision = head.Number(0), .hash = head.String(1)} : Head{};
}

absl::StatusOr<int64_t> WriteTransaction::PutMessage(const google::protobuf::Message& message) {
  Forget();
  ASSIGN_OR_RETURN(const Record record, MakeRecord(message, indexer_));
  ASSIGN_OR_RETURN(const std::optional<Stored> before, FindStored(database(), record.name));
  Change change{.revision = 0,
                .name = record.name,
                .kind = record.kind,
                .actor = writer_.actor,
                .action = writer_.action,
                .at = now(),
                .deleted = false,
                .audience = {},
                .digest = record.digest,
                .hash = ""};
  const Stored old = before.value_or(Stored{.kind = record.kind});
  change.audience = United(old.audience, record.index.audience);
  RETURN_IF_ERROR(Append(std::move(change)));
  const std::string occupied = OccupiedLines(record.index.occupancy);
  ASSIGN_OR_RETURN(
      const int64_t searchable,
      WriteSearchable(database(), record.name, record.index.searchable, old.searchable));
  RETURN_IF_ERROR(WriteDocument(record, occupied, searchable));
  // Most changes leave the index as it was.
  if (occupied != old.occupied) {
    RETURN_IF_ERROR(DeleteOccupied(database(), record.name, old));
    RETURN_IF_ERROR(WriteOccupied(database(), record));
  }
  if (record.kind != old.kind || JoinLines(record.index.lists) != old.lists) {
    RETURN_IF_ERROR(DeleteListed(database(), record.name, old));
    RETURN_IF_ERROR(WriteListed(database(), record));
  }
  return head_.revision;
}

absl::Status WriteTransaction::Delete(absl::string_view name) {
  Forget();
  ASSIGN_OR_RETURN(const std::optional<Stored> before, FindStored(database(), name));
  if (!before.has_value()) return NoSuchDocument(name);
  RETURN_IF_ERROR(DeleteOccupied(database(), name, *before));
  RETURN_IF_ERROR(DeleteListed(database(), name, *before));
  RETURN_IF_ERROR(WriteSearchable(database(), name, std::nullopt, before->searchable).status());
  RETURN_IF_ERROR(database().Prepare(kDeleteDocument).Bind(name).Run());
  return Append({.revision = 0,
                 .name = std::string(name),
                 .kind = before->kind,
                 .actor = writer_.actor,
                 .action = writer_.action,
                 .at = now(),
                 .deleted = true,
                 .audience = before->audience,
                 .digest = "",
                 .hash = ""});
}

absl::Status WriteTransaction::RecordAnswer(absl::string_view actor, absl::string_view request_id,
                                            const RecordedAnswer& answer) {
  return database()
      .Prepare(kWriteAnswer)
      .Bind(actor, request_id, Blob{answer.request_digest}, Blob{answer.response},
            absl::ToUnixMicros(now()))
      .Run();
}

absl::Status WriteTransaction::Append(Change change) {
  change.revision = head_.revision + 1;
  change.hash = ChainHash(head_.hash, change);
  const std::string audience = JoinLines(change.audience);
  RETURN_IF_ERROR(database()
                      .Prepare(kWriteChange)
                      .Bind(change.revision, change.name, change.kind, change.actor, change.action,
                            absl::ToUnixMicros(change.at), change.deleted ? 1 : 0, audience,
                            Blob{change.digest}, Blob{change.hash})
                      .Run());
  for (const std::string& member : change.audience) {
    RETURN_IF_ERROR(database().Prepare(kWriteAudience).Bind(member, change.revision).Run());
  }
  head_ = {.revision = change.revision, .hash = std::move(change.hash)};
  return absl::OkStatus();
}

absl::Status WriteTransaction::WriteDocument(const Record& record, const std::string& occupied,
                                             int64_t searchable) {
  const std::string audience = JoinLines(record.index.audience);
  const std::string lists = JoinLines(record.index.lists);
  return database()
      .Prepare(kWriteDocument)
      .Bind(record.name, record.kind, record.parent, head_.revision, audience, lists, occupied,
            Blob{record.body}, searchable)
      .Run();
}

}  // namespace neshast
