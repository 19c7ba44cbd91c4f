// The rows of searches in SQLite: none is left behind, and all can be made anew.
#include "store/sqlite/postings.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "store/contract.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_store.h"

namespace neshast {
namespace {

// A series is searched by its title, which is one word.
Index IndexSeries(const google::protobuf::Message& message) {
  const auto* series = dynamic_cast<const v1::Series*>(&message);
  if (series == nullptr || series->title().texts().empty()) return {};
  Index index;
  index.searchable = {.readers = {"public"},
                      .labels = {"host:" + series->host()},
                      .postings = {{series->title().texts().at("en"), 1000, {0, 7}}}};
  return index;
}

v1::Series SeriesOf(const std::string& id, const std::string& word) {
  v1::Series series;
  series.set_name("series/" + id);
  series.set_host("cities/isfahan");
  if (!word.empty()) (*series.mutable_title()->mutable_texts())["en"] = word;
  return series;
}

class PostingsTest : public testing::Test {
 protected:
  PostingsTest() {
    std::string folder = "/tmp/neshast-postings-XXXXXX";
    folder_ = mkdtemp(folder.data());
    file_ = folder_ + "/neshast.db";
  }
  ~PostingsTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Store> Open(int indexing = 0) {
    auto store = OpenSqliteStore({.path = file_, .indexer = IndexSeries, .indexing = indexing});
    EXPECT_EQ(absl::OkStatus(), store.status());
    return *std::move(store);
  }
  static void Put(Store& store, const v1::Series& series) {
    EXPECT_EQ(absl::OkStatus(), WriteAndWait(store, {"system", "test"}, [&](Transaction& tx) {
                return tx.PutMessage(series).status();
              }));
  }

  // Every row by which documents are searched.
  std::string Rows() {
    auto database = Database::Open(file_, Database::Access::kWrite);
    std::string rows;
    for (const char* sql :
         {"SELECT name || '|' || searchable FROM document WHERE searchable <> 0 ORDER BY name",
          "SELECT id || '|' || traits || '|' || documents FROM shelf ORDER BY id",
          "SELECT id || '|' || name || '|' || shelf || '|' || hex(digest) || '|' || words "
          "FROM searchable ORDER BY id",
          "SELECT word || '|' || document || '|' || shelf || '|' || weight || '|' || "
          "hex(positions) FROM posting ORDER BY word, document"}) {
      Statement statement = (*database)->Prepare(sql);
      while (*statement.Step()) rows += statement.String(0) + "\n";
    }
    return rows;
  }
  void Run(const std::string& sql) {
    EXPECT_EQ(absl::OkStatus(), (*Database::Open(file_, Database::Access::kWrite))->Execute(sql));
  }

  std::string folder_;
  std::string file_;
};

TEST_F(PostingsTest, NothingIsLeftOfWhatChangedOrWent) {
  {
    const auto store = Open();
    Put(*store, SeriesOf("dialogues", "canary-crisis"));
    Put(*store, SeriesOf("dialogues", "medicine"));
    Put(*store, SeriesOf("summits", "canary-summit"));
    Put(*store, SeriesOf("summits", ""));
    Put(*store, SeriesOf("briefings", "canary-press"));
    EXPECT_EQ(absl::OkStatus(), WriteAndWait(*store, {"system", "test"}, [](Transaction& tx) {
                RETURN_IF_ERROR(tx.Delete("series/dialogues"));
                return tx.Delete("series/briefings");
              }));
  }
  EXPECT_EQ("", Rows());
  std::stringstream bytes;
  bytes << std::ifstream(file_, std::ios::binary).rdbuf();
  EXPECT_FALSE(absl::StrContains(bytes.str(), "canary"));
}

TEST_F(PostingsTest, AChangeOfSomethingElseTouchesNoRow) {
  const auto store = Open();
  Put(*store, SeriesOf("dialogues", "crisis"));
  const std::string before = Rows();
  Put(*store, SeriesOf("dialogues", "crisis"));
  Put(*store, SeriesOf("summits", ""));
  EXPECT_EQ(before, Rows());
}

TEST_F(PostingsTest, AreMadeAnewAsTheyWereWhenTheIndexerIsAnother) {
  {
    const auto store = Open();
    for (const char* id : {"briefings", "dialogues", "summits"}) Put(*store, SeriesOf(id, id));
  }
  const std::string made = Rows();
  Run("DELETE FROM posting WHERE word = 'summits'");
  Open(0).reset();
  EXPECT_NE(made, Rows());
  Open(1).reset();
  EXPECT_EQ(made, Rows());
  Open(1).reset();
  EXPECT_EQ(made, Rows());
}

TEST_F(PostingsTest, OfAFileOfTheFirstFormatAreMadeWhenItIsOpened) {
  {
    std::ofstream(file_).close();
    const auto database = Database::Open(file_, Database::Access::kWrite);
    ASSERT_EQ(absl::OkStatus(), Migrate(**database, {Migrations()[0]}).status());
    const std::string body = SeriesOf("dialogues", "crisis").SerializeAsString();
    ASSERT_EQ(absl::OkStatus(),
              (*database)
                  ->Prepare("INSERT INTO document VALUES "
                            "('series/dialogues', 'Series', '', 1, '', '', '', $1)")
                  .Bind(Blob{body})
                  .Run());
  }
  const auto store = Open(1);
  EXPECT_EQ(absl::OkStatus(), store->Read([](Transaction& tx) {
    ASSIGN_OR_RETURN(const SearchAnswer answer,
                     tx.Search({.terms = {{{{"crisis"}}}}, .readers = {"public"}}));
    EXPECT_EQ(std::vector<std::string>{"series/dialogues"}, answer.names);
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace neshast
