// The contract of writing: all or nothing, alone or in company, again or for the first time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "store/chain.h"
#include "store/contract.h"

namespace neshast {
namespace {

using testing::ElementsAre;

const Writer kWriter{.actor = "people/shirin", .action = "BookSession"};

// Results of writes that were queued together.
class Results {
 public:
  std::function<void(absl::Status)> Next() {
    const std::lock_guard<std::mutex> lock(mutex_);
    const size_t place = expected_++;
    results_.resize(expected_);
    return [this, place](absl::Status status) {
      const std::lock_guard<std::mutex> lock(mutex_);
      results_[place] = std::move(status);
      if (++finished_ == expected_) all_.notify_all();
    };
  }

  std::vector<absl::Status> Wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    all_.wait(lock, [&] { return finished_ == expected_; });
    return results_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  std::vector<absl::Status> results_;
  size_t expected_ = 0;
  size_t finished_ = 0;
};

// Something to wait at until it opens.
class Gate {
 public:
  void Open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }
  void Wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    opened_.wait(lock, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

TEST_P(StoreContract, AWriteThatFailsLeavesNoTrace) {
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/kept"})));
  EXPECT_EQ(absl::StatusCode::kAborted,
            Do([](Transaction& tx) -> absl::Status {
              RETURN_IF_ERROR(Book(tx, {.name = "sessions/new", .hour = 3}));
              RETURN_IF_ERROR(tx.Delete("sessions/kept"));
              RETURN_IF_ERROR(tx.RecordAnswer("people/shirin", "7b1d", {"digest", "response"}));
              EXPECT_EQ(3, *tx.Revision());
              return absl::AbortedError("changed its mind");
            }).code());
  EXPECT_EQ(1, Revision());
  EXPECT_EQ(1u, Log().size());
  EXPECT_TRUE(Exists("sessions/kept"));
  EXPECT_FALSE(Exists("sessions/new"));
  EXPECT_THAT(HoldersOf({.party = "people/li", .begins = kHourZero, .ends = kHourZero + 9 * kHour}),
              ElementsAre("sessions/kept"));
  EXPECT_EQ(absl::OkStatus(), Do([](Transaction& tx) -> absl::Status {
              ASSIGN_OR_RETURN(const auto answer, tx.FindAnswer("people/shirin", "7b1d"));
              EXPECT_FALSE(answer.has_value());
              return absl::OkStatus();
            }));
}

TEST_P(StoreContract, AWriteSeesWhatItWrote) {
  EXPECT_EQ(absl::OkStatus(), Do([](Transaction& tx) -> absl::Status {
              RETURN_IF_ERROR(Book(tx, {.name = "sessions/one"}));
              EXPECT_TRUE(tx.GetDocument("sessions/one").ok());
              EXPECT_EQ(1u, tx.ListDocuments({.kind = "Session"})->size());
              EXPECT_EQ(1u, tx.Changes({})->size());
              EXPECT_EQ("sessions/one", Book(tx, {.name = "sessions/two"}).message());
              return absl::OkStatus();
            }));
}

TEST_P(StoreContract, WritesThatShareACommitDoNotShareTheirFailures) {
  Gate gate;
  Results results;
  // The first holds the writer up while the others gather behind it.
  store().Write(
      kWriter,
      [&](Transaction&) {
        gate.Wait();
        return absl::OkStatus();
      },
      results.Next());
  for (int i = 0; i < 9; ++i) {
    store().Write(
        kWriter,
        [i](Transaction& tx) -> absl::Status {
          RETURN_IF_ERROR(Book(tx, {.name = absl::StrCat("sessions/s", i), .hour = i}));
          return i % 3 == 1 ? absl::AbortedError("no") : absl::OkStatus();
        },
        results.Next());
  }
  gate.Open();
  const std::vector<absl::Status> ended = results.Wait();
  for (int i = 0; i < 9; ++i) {
    EXPECT_EQ(i % 3 != 1, ended[static_cast<size_t>(i) + 1].ok());
    EXPECT_EQ(i % 3 != 1, Exists(absl::StrCat("sessions/s", i)));
  }
  EXPECT_EQ(6, Revision());
}

TEST_P(StoreContract, AnAnswerIsKeptForADay) {
  const RecordedAnswer answer{.request_digest = std::string("\0\xff", 2), .response = "booked"};
  const auto find = [&] {
    std::optional<RecordedAnswer> found;
    EXPECT_EQ(absl::OkStatus(), store().Read([&](Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(found, tx.FindAnswer("people/shirin", "7b1d"));
      ASSIGN_OR_RETURN(const auto other, tx.FindAnswer("people/li", "7b1d"));
      EXPECT_FALSE(other.has_value());
      return absl::OkStatus();
    }));
    return found;
  };
  ASSERT_EQ(absl::OkStatus(),
            Do([&](Transaction& tx) { return tx.RecordAnswer("people/shirin", "7b1d", answer); }));
  Pass(absl::Hours(24) - absl::Microseconds(1));
  ASSERT_TRUE(find().has_value());
  EXPECT_EQ(answer.request_digest, find()->request_digest);
  EXPECT_EQ(answer.response, find()->response);
  Pass(absl::Microseconds(1));
  EXPECT_FALSE(find().has_value());
  const RecordedAnswer later{.request_digest = "other", .response = "booked again"};
  ASSERT_EQ(absl::OkStatus(),
            Do([&](Transaction& tx) { return tx.RecordAnswer("people/shirin", "7b1d", later); }));
  EXPECT_EQ("booked again", find()->response);
}

TEST_P(StoreContract, AFullQueueRefusesAtOnce) {
  settings().queue_limit = 2;
  Reopen();
  Gate busy;
  Gate gate;
  Results results;
  store().Write(
      kWriter,
      [&](Transaction&) {
        busy.Open();
        gate.Wait();
        return absl::OkStatus();
      },
      results.Next());
  busy.Wait();
  const auto put = [](Transaction& tx) { return Book(tx, {.name = "sessions/one"}); };
  store().Write(kWriter, put, results.Next());
  store().Write(kWriter, put, results.Next());
  absl::Status refused;
  store().Write(kWriter, put, [&](absl::Status status) { refused = std::move(status); });
  EXPECT_THAT(refused, IsError(absl::StatusCode::kResourceExhausted, "WRITE_QUEUE_FULL"));
  gate.Open();
  EXPECT_EQ(absl::OkStatus(), results.Wait()[1]);
}

TEST_P(StoreContract, WhatIsStoredIsThereWhenTheStoreIsOpenedAgain) {
  const std::string epoch = store().epoch();
  EXPECT_FALSE(epoch.empty());
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one"})));
  const std::string hash = Log().at(0).hash;
  Reopen();
  EXPECT_EQ(epoch, store().epoch());
  EXPECT_TRUE(Exists("sessions/one"));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/two"})));
  EXPECT_EQ(2, Revision());
  EXPECT_EQ(ChainHash(hash, Log({.after = 1}).at(0)), Log({.after = 1}).at(0).hash);
}

TEST_P(StoreContract, TwoStoresHaveTwoEpochs) {
  const std::unique_ptr<StorePlace> other = GetParam().make_place();
  const auto store_there = other->Open(settings());
  ASSERT_EQ(absl::OkStatus(), store_there.status());
  EXPECT_NE(store().epoch(), (*store_there)->epoch());
}

TEST_P(StoreContract, ClosingFinishesTheWritesThatWait) {
  Gate gate;
  Results results;
  store().Write(
      kWriter,
      [&](Transaction&) {
        gate.Wait();
        return absl::OkStatus();
      },
      results.Next());
  for (int i = 0; i < 5; ++i) {
    store().Write(
        kWriter,
        [i](Transaction& tx) {
          return Book(tx, {.name = absl::StrCat("sessions/s", i), .hour = i});
        },
        results.Next());
  }
  gate.Open();
  Reopen();
  EXPECT_EQ(5, Revision());
  for (const absl::Status& status : results.Wait()) EXPECT_EQ(absl::OkStatus(), status);
}

}  // namespace
}  // namespace neshast
