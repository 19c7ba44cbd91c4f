// The acting reader of the mailbox: takes in what comes back by mail.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "mail/intake.h"
#include "replies/replies.h"
#include "store/store.h"

namespace neshast {

// Takes in up to twenty mails that wait in `intake`, and returns how many. A mail is marked as
// taken only when its reply is durable: killed between the two, it comes again and is the same
// reply. Errors: those of `intake`; the store's, where it is unavailable.
absl::StatusOr<int> TakeWaiting(const ReplyDesk& desk, mail::Intake& intake, Store& store);

// How long to leave a mailbox alone after so many failures in a row: `interval`, doubled with each,
// at most ten minutes.
absl::Duration PauseAfter(int failures, absl::Duration interval);

// One thread that looks into the mailbox every `interval`.
class Mailbox {
 public:
  // `store` outlives it.
  Mailbox(ReplyDesk desk, std::unique_ptr<mail::Intake> intake, Store& store,
          absl::Duration interval);
  // Waits for the mails that are just being taken in.
  ~Mailbox();

 private:
  void Read();

  const ReplyDesk desk_;
  const std::unique_ptr<mail::Intake> intake_;
  Store& store_;
  const absl::Duration interval_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread reading_;
};

}  // namespace neshast
