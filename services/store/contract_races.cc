// The contract of many at once: writers that race, readers beside them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "store/chain.h"
#include "store/contract.h"

namespace neshast {
namespace {

TEST_P(StoreContract, OfWritesThatRaceForOneMayorOneWins) {
  std::atomic<int> won = 0;
  std::vector<std::thread> clients;
  clients.reserve(8);
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([&, client] {
      for (int i = 0; i < 25; ++i) {
        const std::string name = absl::StrCat("sessions/c", client, "-", i);
        const absl::Status status = Do([&](Transaction& tx) {
          return Book(tx, {.name = name, .people = {"people/li", absl::StrCat("people/", name)}});
        });
        EXPECT_TRUE(status.ok() || absl::IsFailedPrecondition(status)) << status;
        won += status.ok();
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(1, won);
  EXPECT_EQ(1, Revision());
}

TEST_P(StoreContract, AReadSeesOneStateFromItsFirstLookOn) {
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one"})));
  ASSERT_EQ(absl::OkStatus(), store().Read([&](Transaction& tx) -> absl::Status {
    EXPECT_EQ(1, *tx.Revision());
    std::thread writer([&] {
      EXPECT_EQ(absl::OkStatus(), Remove("sessions/one"));
      EXPECT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/two"})));
    });
    writer.join();
    EXPECT_EQ(1, *tx.Revision());
    EXPECT_TRUE(tx.GetDocument("sessions/one").ok());
    EXPECT_FALSE(tx.GetDocument("sessions/two").ok());
    EXPECT_EQ(1u, tx.Changes({})->size());
    return absl::OkStatus();
  }));
  EXPECT_EQ(3, Revision());
}

TEST_P(StoreContract, ReadersNeverSeeHalfAWriteWhileManyWrite) {
  constexpr int kWriters = 4;
  constexpr int kEach = 60;
  std::atomic<bool> writing = true;
  std::vector<std::thread> readers;
  readers.reserve(2);
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (writing) {
        EXPECT_EQ(absl::OkStatus(), store().Read([](Transaction& tx) -> absl::Status {
          // Each write puts a pair: whoever sees an odd number saw half of one.
          ASSIGN_OR_RETURN(const int64_t revision, tx.Revision());
          EXPECT_EQ(0, revision % 2);
          ASSIGN_OR_RETURN(const auto all, tx.ListDocuments({.kind = "Session", .limit = 1000}));
          EXPECT_EQ(revision, static_cast<int64_t>(all.size()));
          return absl::OkStatus();
        }));
      }
    });
  }
  std::vector<std::thread> writers;
  writers.reserve(kWriters);
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < kEach; ++i) {
        EXPECT_EQ(
            absl::OkStatus(), Do([&](Transaction& tx) -> absl::Status {
              const std::string name = absl::StrCat("sessions/w", w, "-", i);
              RETURN_IF_ERROR(tx.PutMessage(MakeSession({.name = name + "a", .hour = i})).status());
              return tx.PutMessage(MakeSession({.name = name + "b", .hour = i})).status();
            }));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  writing = false;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(2 * kWriters * kEach, Revision());
  EXPECT_EQ(absl::OkStatus(), store().Read([](Transaction& tx) { return VerifyLog(tx).status(); }));
}

}  // namespace
}  // namespace neshast
