#include "store/sqlite/sqlite_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "store/chain.h"
#include "store/contract_search.h"

namespace neshast {
namespace {

using testing::HasSubstr;

// A folder that goes with its owner.
class Folder {
 public:
  Folder() {
    std::string pattern = testing::TempDir() + "neshast-store-XXXXXX";
    path_ = mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string File() const { return path_ + "/neshast.db"; }

 private:
  std::string path_;
};

class SqlitePlace final : public StorePlace {
 public:
  explicit SqlitePlace(int max_group) : max_group_(max_group) {}
  absl::StatusOr<std::unique_ptr<Store>> Open(const StoreSettings& settings) override {
    return OpenSqliteStore({.path = folder_.File(),
                            .indexer = settings.indexer,
                            .clock = settings.clock,
                            .max_group = max_group_,
                            .queue_limit = settings.queue_limit});
  }

 private:
  const int max_group_;
  Folder folder_;
};

INSTANTIATE_TEST_SUITE_P(
    Sqlite, StoreContract,
    testing::Values(Engine{"InGroups", [] { return std::make_unique<SqlitePlace>(256); }},
                    Engine{"OneByOne", [] { return std::make_unique<SqlitePlace>(1); }}),
    [](const auto& engine) { return engine.param.name; });

INSTANTIATE_TEST_SUITE_P(Sqlite, SearchContract,
                         testing::Values(Engine{"InGroups",
                                                [] { return std::make_unique<SqlitePlace>(256); }}),
                         [](const auto& engine) { return engine.param.name; });

class SqliteStoreTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Store>> Open() {
    return OpenSqliteStore({.path = file_, .indexer = IndexSessionsAndHolds});
  }
  std::unique_ptr<Store> MustOpen() {
    absl::StatusOr<std::unique_ptr<Store>> store = Open();
    EXPECT_EQ(absl::OkStatus(), store.status());
    return store.ok() ? *std::move(store) : nullptr;
  }

  // Behind the back of a closed store. Returns the first column of the last row.
  std::string Run(const std::string& sql) {
    sqlite3* database = nullptr;
    EXPECT_EQ(SQLITE_OK, sqlite3_open(file_.c_str(), &database));
    std::string last;
    const auto keep = [](void* text, int, char** columns, char**) {
      *static_cast<std::string*>(text) = columns[0] == nullptr ? "" : columns[0];
      return 0;
    };
    EXPECT_EQ(SQLITE_OK, sqlite3_exec(database, sql.c_str(), keep, &last, nullptr))
        << sqlite3_errmsg(database) << "\n"
        << sql;
    sqlite3_close(database);
    return last;
  }

  Folder folder_;
  const std::string file_ = folder_.File();
};

absl::Status Put(Store& store, const SessionPlan& plan) {
  return WriteAndWait(store, {"people/shirin", "BookSession"},
                      [&](Transaction& tx) { return tx.PutMessage(MakeSession(plan)).status(); });
}

absl::Status Verify(Store& store) {
  return store.Read([](Transaction& tx) { return VerifyLog(tx).status(); });
}

TEST_F(SqliteStoreTest, TheFilesAreForTheirOwnerOnly) {
  const std::unique_ptr<Store> store = MustOpen();
  ASSERT_EQ(absl::OkStatus(), Put(*store, {.name = "sessions/one"}));
  for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
    struct stat status = {};
    ASSERT_EQ(0, stat((file_ + suffix).c_str(), &status)) << suffix;
    EXPECT_EQ(0600u, status.st_mode & 0777u) << suffix;
  }
}

TEST_F(SqliteStoreTest, ASecondOpenerIsRefusedAndToldWhoIsThere) {
  const std::unique_ptr<Store> store = MustOpen();
  const absl::Status refused = Open().status();
  EXPECT_THAT(refused, IsError(absl::StatusCode::kFailedPrecondition, "STORE_IN_USE"));
  EXPECT_THAT(std::string(refused.message()),
              HasSubstr(absl::StrCat(file_, " is already open in process ", getpid())));
  EXPECT_EQ(absl::OkStatus(), Put(*store, {.name = "sessions/one"}));
}

TEST_F(SqliteStoreTest, ANewerFormatIsRefusedByBothNumbers) {
  MustOpen().reset();
  Run("UPDATE meta SET format = 7");
  const absl::Status refused = Open().status();
  EXPECT_THAT(refused, IsError(absl::StatusCode::kFailedPrecondition, "DATABASE_TOO_NEW"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("format 7"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("up to 2"));
  EXPECT_EQ("7", Run("SELECT format FROM meta"));
}

TEST_F(SqliteStoreTest, AnotherProgramsFileIsLeftAlone) {
  Run("CREATE TABLE meeting (title TEXT)");
  EXPECT_THAT(Open().status(), IsError(absl::StatusCode::kFailedPrecondition, "NOT_A_STORE"));
  EXPECT_EQ("delete", Run("PRAGMA journal_mode"));
  EXPECT_EQ("1", Run("SELECT count(*) FROM sqlite_master"));
}

TEST_F(SqliteStoreTest, AFileThatIsNoDatabaseIsCalledDamaged) {
  std::ofstream(file_) << std::string(8192, 'x');
  EXPECT_THAT(Open().status(), IsError(absl::StatusCode::kDataLoss, "STORE_CORRUPT"));
}

TEST_F(SqliteStoreTest, AFolderThatIsNotThereIsUnavailable) {
  const absl::StatusOr<std::unique_ptr<Store>> store =
      OpenSqliteStore({.path = file_ + "/no/neshast.db", .indexer = IndexSessionsAndHolds});
  EXPECT_THAT(store.status(), IsError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
}

// One byte of one column of one row, and the revision that Verify must name. Four sessions were
// put at revisions 1–4, the second put again at 5, the third removed at 6.
struct Tampering {
  const char* name;
  const char* sql;
  const char* revision;
};

constexpr Tampering kTamperings[] = {
    {"TheName", "UPDATE change SET name = 'sessions/t1' WHERE revision = 1", "1"},
    {"TheKind", "UPDATE change SET kind = 'Sessiom' WHERE revision = 2", "2"},
    {"TheActor", "UPDATE change SET actor = 'people/shirim' WHERE revision = 3", "3"},
    {"TheAction", "UPDATE change SET action = 'CookSession' WHERE revision = 4", "4"},
    {"TheTime", "UPDATE change SET at = at + 1 WHERE revision = 5", "5"},
    {"TheTombstone", "UPDATE change SET deleted = 0 WHERE revision = 6", "6"},
    {"TheAudience", "UPDATE change SET audience = 'cities/isfahan' WHERE revision = 2", "2"},
    {"TheDigest", "UPDATE change SET digest = zeroblob(32) WHERE revision = 2", "2"},
    {"TheHash", "UPDATE change SET hash = zeroblob(32) WHERE revision = 4", "4"},
    {"ALostEntry", "DELETE FROM change WHERE revision = 3", "3"},
    {"ALostEnd", "DELETE FROM change WHERE revision >= 5", "3"},  // 3: removed, but no tombstone
    {"TwoEntriesSwapped",
     "UPDATE change SET revision = -1 WHERE revision = 3;"
     "UPDATE change SET revision = 3 WHERE revision = 4;"
     "UPDATE change SET revision = 4 WHERE revision = -1",
     "3"},
    {"ADocumentsBody",
     "UPDATE document SET body = CAST(substr(body, 1, 30) || 'x' || substr(body, 32) AS BLOB)"
     " WHERE name = 'sessions/s4'",
     "4"},
    {"ADocumentsName", "UPDATE document SET name = 'sessions/t4' WHERE name = 'sessions/s4'", "4"},
    {"ADocumentsKind", "UPDATE document SET kind = 'Sessiom' WHERE name = 'sessions/s1'", "1"},
    {"ADocumentSetBack", "UPDATE document SET revision = 2 WHERE name = 'sessions/s2'", "5"},
    {"ADocumentSetForward", "UPDATE document SET revision = 6 WHERE name = 'sessions/s4'", "6"},
    {"ADocumentLost", "DELETE FROM document WHERE name = 'sessions/s1'", "1"},
    {"ADocumentInvented",
     "INSERT INTO document SELECT 'sessions/s9', kind, parent, 9, audience, '', '', body, 0 FROM "
     "document"
     " WHERE name = 'sessions/s1'",
     "9"},
};

TEST_F(SqliteStoreTest, VerifyNamesTheRevisionThatWasTamperedWith) {
  for (const Tampering& tampering : kTamperings) {
    SCOPED_TRACE(tampering.name);
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file_ + suffix);
    {
      const std::unique_ptr<Store> store = MustOpen();
      for (const int i : {1, 2, 3, 4, 2}) {
        ASSERT_EQ(absl::OkStatus(), Put(*store, {.name = absl::StrCat("sessions/s", i)}));
      }
      ASSERT_EQ(absl::OkStatus(),
                WriteAndWait(*store, {"people/shirin", "CancelSession"},
                             [](Transaction& tx) { return tx.Delete("sessions/s3"); }));
      ASSERT_EQ(absl::OkStatus(), Verify(*store));
    }
    Run(tampering.sql);
    const absl::Status broken = Verify(*MustOpen());
    EXPECT_THAT(broken, IsError(absl::StatusCode::kDataLoss, "LOG_BROKEN"));
    EXPECT_EQ(tampering.revision, DetailOf(broken).metadata["revision"]) << broken;
  }
}

TEST_F(SqliteStoreTest, WhatIsReplacedOrRemovedCanNoLongerBeReadFromTheFile) {
  const std::string canary = "people/canary-7d41";
  {
    const std::unique_ptr<Store> store = MustOpen();
    ASSERT_EQ(absl::OkStatus(), Put(*store, {.name = "sessions/one", .people = {canary}}));
    ASSERT_EQ(absl::OkStatus(), Put(*store, {.name = "sessions/two", .people = {canary}}));
    ASSERT_EQ(absl::OkStatus(), Put(*store, {.name = "sessions/one", .people = {"people/li"}}));
    ASSERT_EQ(absl::OkStatus(), WriteAndWait(*store, {"people/shirin", "Erase"},
                                             [](auto& tx) { return tx.Delete("sessions/two"); }));
    EXPECT_EQ(absl::OkStatus(), Verify(*store));
  }
  std::stringstream bytes;
  bytes << std::ifstream(file_, std::ios::binary).rdbuf();
  EXPECT_TRUE(absl::StrContains(bytes.str(), "people/li"));
  EXPECT_FALSE(absl::StrContains(bytes.str(), canary));
}

TEST_F(SqliteStoreTest, OldAnswersAreForgottenLittleByLittle) {
  std::atomic<int64_t> now = kHourZero;
  const auto answer = [&](Store& store, int count) {
    return WriteAndWait(store, {"people/shirin", "BookSession"}, [&](Transaction& tx) {
      for (int i = 0; i < count; ++i) {
        RETURN_IF_ERROR(
            tx.RecordAnswer("people/shirin", absl::StrCat(now.load(), "-", i), {"d", "r"}));
      }
      return absl::OkStatus();
    });
  };
  {
    absl::StatusOr<std::unique_ptr<Store>> store =
        OpenSqliteStore({.path = file_, .indexer = IndexSessionsAndHolds, .clock = [&] {
                           return absl::FromUnixSeconds(now);
                         }});
    ASSERT_EQ(absl::OkStatus(), store.status());
    ASSERT_EQ(absl::OkStatus(), answer(**store, 300));
    now += 25 * kHour;
    ASSERT_EQ(absl::OkStatus(), answer(**store, 1));
    ASSERT_EQ(absl::OkStatus(), answer(**store, 1));
  }
  EXPECT_EQ(absl::StrCat(300 - 2 * 128 + 1), Run("SELECT count(*) FROM request"));
}

}  // namespace
}  // namespace neshast
