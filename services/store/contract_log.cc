// The contract of the log: order, gaps, audiences, the chain, and who is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "store/chain.h"
#include "store/contract.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<int64_t> RevisionsOf(const std::vector<Change>& changes) {
  std::vector<int64_t> revisions;
  for (const Change& change : changes) revisions.push_back(change.revision);
  return revisions;
}

absl::Status Refuse(Transaction& tx) {
  RETURN_IF_ERROR(tx.PutMessage(MakeSession({.name = "sessions/refused"})).status());
  return absl::FailedPreconditionError("Li is in another session.");
}

TEST_P(StoreContract, EveryChangeSaysWhoDidWhatToWhatAndWhen) {
  Pass(absl::Seconds(90));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/xian-1"})));
  const std::vector<Change> log = Log();
  ASSERT_EQ(1u, log.size());
  const Change& change = log[0];
  EXPECT_EQ(1, change.revision);
  EXPECT_EQ("sessions/xian-1", change.name);
  EXPECT_EQ("Session", change.kind);
  EXPECT_EQ("people/shirin", change.actor);
  EXPECT_EQ("BookSession", change.action);
  EXPECT_EQ(now(), change.at);
  EXPECT_FALSE(change.deleted);
  EXPECT_THAT(change.audience, ElementsAre("cities/isfahan", "cities/xian"));
  EXPECT_EQ(32u, change.digest.size());
  EXPECT_EQ(ChainHash("", change), change.hash);
}

TEST_P(StoreContract, ADeletionLeavesATombstone) {
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/xian-1"})));
  ASSERT_EQ(absl::OkStatus(), Remove("sessions/xian-1"));
  const std::vector<Change> log = Log({.after = 1});
  ASSERT_EQ(1u, log.size());
  EXPECT_TRUE(log[0].deleted);
  EXPECT_EQ("Session", log[0].kind);
  EXPECT_EQ("", log[0].digest);
  EXPECT_THAT(log[0].audience, ElementsAre("cities/isfahan", "cities/xian"));
}

TEST_P(StoreContract, RevisionsHaveNoGapsWhateverIsRefusedBetween) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/xian-1", .hour = i})));
    ASSERT_EQ(absl::StatusCode::kFailedPrecondition, Do(Refuse).code());
  }
  EXPECT_THAT(RevisionsOf(Log()), ElementsAre(1, 2, 3));
  EXPECT_EQ(3, Revision());
}

TEST_P(StoreContract, OneWriteMayChangeManyDocuments) {
  ASSERT_EQ(absl::OkStatus(), Do([](Transaction& tx) -> absl::Status {
              RETURN_IF_ERROR(tx.PutMessage(MakeSession({.name = "sessions/a"})).status());
              RETURN_IF_ERROR(tx.PutMessage(MakeSession({.name = "sessions/b"})).status());
              RETURN_IF_ERROR(tx.Delete("sessions/a"));
              EXPECT_EQ(3, *tx.Revision());
              return absl::OkStatus();
            }));
  EXPECT_THAT(RevisionsOf(Log()), ElementsAre(1, 2, 3));
  EXPECT_THAT(RevisionsOf(Log({.after = 1, .limit = 1})), ElementsAre(2));
}

TEST_P(StoreContract, AMoveToAnotherCityIsShownToBothAndLaterChangesToTheNewOneOnly) {
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one", .city = "cities/xian"})));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one", .city = "cities/kyiv"})));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one", .city = "cities/kyiv"})));
  const auto seen_by = [&](const std::string& city) {
    return RevisionsOf(Log({.audiences = std::vector<std::string>{city}}));
  };
  EXPECT_THAT(seen_by("cities/xian"), ElementsAre(1, 2));
  EXPECT_THAT(seen_by("cities/kyiv"), ElementsAre(2, 3));
  EXPECT_THAT(seen_by("cities/isfahan"), ElementsAre(1, 2, 3));
  EXPECT_THAT(seen_by("cities/havana"), IsEmpty());
}

TEST_P(StoreContract, ChangesOfSeveralAudiencesComeOnceInOrderAndPaged) {
  for (const char* city : {"xian", "kyiv", "havana", "kyiv", "xian", "havana"}) {
    ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = absl::StrCat("sessions/", city),
                                                 .city = absl::StrCat("cities/", city)})));
  }
  ChangeQuery query{.limit = 3, .audiences = {{"cities/xian", "cities/kyiv", "cities/xian"}}};
  EXPECT_THAT(RevisionsOf(Log(query)), ElementsAre(1, 2, 4));
  query.after = 4;
  EXPECT_THAT(RevisionsOf(Log(query)), ElementsAre(5));
  query = {.audiences = {{"cities/isfahan", "cities/havana"}}};
  EXPECT_THAT(RevisionsOf(Log(query)), ElementsAre(1, 2, 3, 4, 5, 6));
  query.audiences->clear();
  EXPECT_THAT(Log(query), IsEmpty());
}

TEST_P(StoreContract, TheWholeLogVerifies) {
  for (int write = 0; write < 12; ++write) {
    ASSERT_EQ(absl::OkStatus(), Do([&](Transaction& tx) -> absl::Status {
                for (int i = 0; i < 100; ++i) {  // several pages in all
                  const std::string name = absl::StrCat("sessions/s", (write + i) % 7);
                  const absl::Status status =
                      i % 5 == 4 ? tx.Delete(name)
                                 : tx.PutMessage(MakeSession({.name = name, .hour = i})).status();
                  if (!absl::IsNotFound(status)) RETURN_IF_ERROR(status);
                }
                return absl::OkStatus();
              }));
  }
  ASSERT_EQ(absl::OkStatus(), store().Read([](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const VerifiedLog log, VerifyLog(tx));
    ASSIGN_OR_RETURN(const std::vector<Document> documents, tx.AllDocuments("", 100));
    ASSIGN_OR_RETURN(const int64_t revision, tx.Revision());
    ASSIGN_OR_RETURN(const std::vector<Change> last, tx.Changes({.after = revision - 1}));
    EXPECT_EQ(revision, log.revision);
    EXPECT_EQ(last.at(0).hash, log.hash);
    EXPECT_EQ(static_cast<int64_t>(documents.size()), log.documents);
    return absl::OkStatus();
  }));
}

TEST_P(StoreContract, AnEmptyLogVerifies) {
  ASSERT_EQ(absl::OkStatus(), store().Read([](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const VerifiedLog log, VerifyLog(tx));
    EXPECT_EQ(0, log.revision);
    EXPECT_EQ("", log.hash);
    return absl::OkStatus();
  }));
}

TEST_P(StoreContract, AListenerHearsTheRevisionBeforeItsWriterHearsOfSuccess) {
  std::mutex mutex;
  std::vector<int64_t> heard;
  const int64_t handle = store().Subscribe([&](int64_t revision) {
    const std::lock_guard<std::mutex> lock(mutex);
    heard.push_back(revision);
  });
  for (int i = 1; i <= 3; ++i) {
    ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one", .hour = i})));
    const std::lock_guard<std::mutex> lock(mutex);
    ASSERT_FALSE(heard.empty());
    EXPECT_EQ(i, heard.back());
  }
  store().Unsubscribe(handle);
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one"})));
  EXPECT_EQ(3, heard.back());
}

TEST_P(StoreContract, WhatChangesNothingWakesNobody) {
  std::atomic<int> calls = 0;
  const int64_t handle = store().Subscribe([&](int64_t) { ++calls; });
  EXPECT_EQ(absl::OkStatus(), Do([](Transaction&) { return absl::OkStatus(); }));
  EXPECT_EQ(absl::StatusCode::kFailedPrecondition, Do(Refuse).code());
  EXPECT_EQ(absl::OkStatus(), Do([](Transaction& tx) {
              return tx.RecordAnswer("people/shirin", "7b1d",
                                     {.request_digest = "d", .response = "r"});
            }));
  EXPECT_EQ(0, calls);
  store().Unsubscribe(handle);
}

TEST_P(StoreContract, UnsubscribeWaitsForAListenerThatRuns) {
  std::mutex mutex;
  std::condition_variable changed;
  bool running = false;
  bool may_end = false;
  bool unsubscribed = false;
  const int64_t handle = store().Subscribe([&](int64_t) {
    std::unique_lock<std::mutex> lock(mutex);
    running = true;
    changed.notify_all();
    changed.wait(lock, [&] { return may_end; });
    EXPECT_FALSE(unsubscribed);
  });
  std::thread writer(
      [&] { EXPECT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/a"}))); });
  {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return running; });
  }
  std::thread leaver([&] {
    store().Unsubscribe(handle);
    const std::lock_guard<std::mutex> lock(mutex);
    unsubscribed = true;
  });
  {
    const std::lock_guard<std::mutex> lock(mutex);
    may_end = true;
    changed.notify_all();
  }
  writer.join();
  leaver.join();
}

TEST_P(StoreContract, AListenerMayLeaveWhileItIsCalled) {
  int64_t handle = 0;
  std::atomic<int> calls = 0;
  handle = store().Subscribe([&](int64_t) {
    ++calls;
    store().Unsubscribe(handle);
  });
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one"})));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/two"})));
  EXPECT_EQ(1, calls);
}

}  // namespace
}  // namespace neshast
