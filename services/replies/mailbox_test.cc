#include "replies/mailbox.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "errors.h"
#include "replies/intake_route.h"
#include "replies/replying.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

absl::Status Down() {
  return Error(absl::StatusCode::kUnavailable, "It is down.", {.reason = "MAIL_TRY_LATER"});
}

// A mailbox of this test: what waits in it, and whether it can be marked.
class TestMailbox : public mail::Intake {
 public:
  absl::StatusOr<std::vector<mail::Arrival>> Fetch(int most) override {
    const std::lock_guard lock(mutex_);
    ++looks_;
    looked_.notify_all();
    if (failures > 0) {
      --failures;
      return Down();
    }
    std::vector<mail::Arrival> arrivals = waiting;
    if (arrivals.size() > static_cast<size_t>(most)) arrivals.resize(most);
    return arrivals;
  }

  absl::Status MarkTaken(const std::string& id) override {
    const std::lock_guard lock(mutex_);
    if (breaks_before_marking) return Down();
    const auto is_it = [&](const mail::Arrival& each) { return each.id == id; };
    waiting.erase(std::remove_if(waiting.begin(), waiting.end(), is_it), waiting.end());
    return absl::OkStatus();
  }

  void AwaitLooks(int looks) {
    std::unique_lock lock(mutex_);
    looked_.wait(lock, [&] { return looks_ >= looks; });
  }

  void Add(const std::string& bytes) {
    waiting.push_back({.id = absl::StrCat("1.", ++last_), .bytes = bytes});
  }

  std::vector<mail::Arrival> waiting;
  bool breaks_before_marking = false;
  int failures = 0;

 private:
  std::mutex mutex_;
  std::condition_variable looked_;
  int looks_ = 0;
  int last_ = 0;
};

TEST_F(Replying, AMailThatWasKeptButNotMarkedComesAgainAndIsAppliedOnce) {
  TestMailbox mailbox;
  mailbox.Add(Genuine().Bytes());
  mailbox.breaks_before_marking = true;
  EXPECT_FALSE(TakeWaiting(desk_, mailbox, store_.store()).ok());
  EXPECT_THAT(mailbox.waiting, SizeIs(1));
  const int64_t revision = Revision();
  mailbox.breaks_before_marking = false;
  EXPECT_EQ(*TakeWaiting(desk_, mailbox, store_.store()), 1);
  EXPECT_THAT(mailbox.waiting, IsEmpty());
  EXPECT_EQ(Revision(), revision);
  EXPECT_THAT(Replies(), SizeIs(1));
}

TEST_F(Replying, AMailTooLargeToFetchIsANotice) {
  TestMailbox mailbox;
  mailbox.waiting.push_back({.id = "1.7", .bytes = "", .too_large = true});
  EXPECT_EQ(*TakeWaiting(desk_, mailbox, store_.store()), 1);
  EXPECT_THAT(mailbox.waiting, IsEmpty());
  EXPECT_EQ(Doubts(Replies().at(0)), "TOO_LARGE");
}

TEST_F(Replying, WhatNobodyCanReadDoesNotHoldUpTheOthers) {
  TestMailbox mailbox;
  mailbox.Add(std::string(1000, '\0'));
  mailbox.Add("");
  mailbox.Add(absl::StrCat("Content-Type: multipart/mixed; boundary=x\r\n\r\n",
                           std::string(30'000, '\n'), "--x\xff\xfe\r\n"));
  mailbox.Add(Genuine().Bytes());
  EXPECT_EQ(*TakeWaiting(desk_, mailbox, store_.store()), 4);
  EXPECT_THAT(mailbox.waiting, IsEmpty());
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_ACCEPTED");
}

TEST_F(Replying, TheReaderGoesOnWhenTheMailboxCanBeReadAgain) {
  auto intake = std::make_unique<TestMailbox>();
  TestMailbox& mailbox = *intake;
  mailbox.failures = 2;
  mailbox.Add(Genuine().Bytes());
  {
    const Mailbox reader(desk_, std::move(intake), store_.store(), absl::Milliseconds(1));
    mailbox.AwaitLooks(4);  // the third takes the mail
    EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_ACCEPTED");
  }
  EXPECT_THAT(Replies(), SizeIs(1));
}

TEST(PauseAfter, GrowsWithEachFailureUpToTenMinutes) {
  EXPECT_EQ(PauseAfter(0, absl::Minutes(1)), absl::Minutes(1));
  EXPECT_EQ(PauseAfter(1, absl::Minutes(1)), absl::Minutes(2));
  EXPECT_EQ(PauseAfter(3, absl::Minutes(1)), absl::Minutes(8));
  EXPECT_EQ(PauseAfter(1'000'000, absl::Minutes(1)), absl::Minutes(10));
  EXPECT_EQ(PauseAfter(5, absl::Hours(1)), absl::Hours(1));
}

TEST(OpenIntake, RefusesWhatIsNoMailbox) {
  for (const char* from : {"", "INBOX", "pop3://mail.isfahan.example:110/INBOX", "imap://",
                           "imap://mail.isfahan.example", "imaps://mail.isfahan.example:0/INBOX"}) {
    EXPECT_FALSE(OpenIntake({.from = from, .user = "", .password_file = "", .ca_file = ""}).ok())
        << from;
  }
  EXPECT_FALSE(OpenIntake({.from = "imaps://mail.isfahan.example:993/INBOX",
                           .user = "replies",
                           .password_file = "/nowhere",
                           .ca_file = ""})
                   .ok());
}

}  // namespace
}  // namespace neshast
