#include "store/sqlite/migrate.h"

#include <openssl/rand.h>

#include <array>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "errors.h"
#include "status_macros.h"

namespace neshast {
namespace {

constexpr char kCountTables[] =
    "SELECT count(*) FILTER (WHERE name = 'meta'), count(*) FROM sqlite_master";
constexpr char kFormat[] = "SELECT format FROM meta WHERE id = 1";
constexpr char kSetFormat[] = R"(
  INSERT INTO meta (id, epoch, format) VALUES (1, $1, $2)
  ON CONFLICT (id) DO UPDATE SET format = excluded.format)";
constexpr char kEpoch[] = "SELECT epoch FROM meta WHERE id = 1";

std::string NewEpoch() {
  std::array<unsigned char, 16> bytes{};
  RAND_bytes(bytes.data(), bytes.size());
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

// 0 for an empty file.
absl::StatusOr<int64_t> FormatOf(Database& database) {
  Statement tables = database.Prepare(kCountTables);
  RETURN_IF_ERROR(tables.Step().status());
  if (tables.Number(1) == 0) return 0;
  if (tables.Number(0) == 0) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 "This SQLite file was not made by Neshast. Nothing in it was touched.",
                 {.reason = "NOT_A_STORE"});
  }
  Statement format = database.Prepare(kFormat);
  RETURN_IF_ERROR(format.Step().status());
  return format.Number(0);
}

// Only once the format is known to be ours: a file that is refused stays as it was.
absl::Status UseWriteAheadLog(Database& database) {
  Statement mode = database.Prepare("PRAGMA journal_mode = WAL");
  RETURN_IF_ERROR(mode.Step().status());
  if (mode.Bytes(0) == "wal") return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition,
               "This file system cannot hold a write-ahead log; use a local disk.",
               {.reason = "STORE_UNAVAILABLE"});
}

absl::Status Apply(Database& database, const Migration& migration, int64_t format) {
  RETURN_IF_ERROR(database.Execute("BEGIN IMMEDIATE"));
  absl::Status status = database.Execute(migration.sql);
  if (status.ok()) {
    const std::string epoch = NewEpoch();
    status = database.Prepare(kSetFormat).Bind(epoch, format).Run();
  }
  if (status.ok()) status = database.Execute("COMMIT");
  if (!status.ok() && database.InTransaction()) {
    static_cast<void>(database.Execute("ROLLBACK"));  // the first error is the one to tell
  }
  return status;
}

}  // namespace

absl::StatusOr<std::string> Migrate(Database& database, const std::vector<Migration>& migrations) {
  const auto newest = static_cast<int64_t>(migrations.size());
  ASSIGN_OR_RETURN(const int64_t format, FormatOf(database));
  if (format > newest) {
    return Error(
        absl::StatusCode::kFailedPrecondition,
        absl::StrCat("The database has format ", format,
                     "; this version of Neshast knows formats up to ", newest,
                     ". Start a newer version, or restore a backup made by this one."),
        {.reason = "DATABASE_TOO_NEW",
         .metadata = {{"format", absl::StrCat(format)}, {"newest", absl::StrCat(newest)}}});
  }
  RETURN_IF_ERROR(UseWriteAheadLog(database));
  for (int64_t next = format + 1; next <= newest; ++next) {
    RETURN_IF_ERROR(Apply(database, migrations[static_cast<size_t>(next - 1)], next));
  }
  Statement epoch = database.Prepare(kEpoch);
  RETURN_IF_ERROR(epoch.Step().status());
  return epoch.String(0);
}

}  // namespace neshast
