// Sends the mails that are queued.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "mail/delivery.h"
#include "mailer/compose.h"
#include "neshast/v1/mail.pb.h"
#include "sessions/with_zones.h"
#include "store/store.h"

namespace neshast {

// How long to wait after try number `attempts` (from 1): a minute, then twice as long each time, at
// most an hour, and a tenth more or less by `name`, so that mails that failed together do not come
// back together.
absl::Duration WaitAfter(int attempts, const std::string& name);

// `mail` after a try that ended with `delivered` (see mail::Delivery): accepted, refused, or queued
// for another one; refused too when three days have not been enough. A server that takes nothing
// from us at all costs a mail nothing: it waits for the operator.
v1::Mail AfterTry(v1::Mail mail, const absl::Status& delivered, absl::Time now);

// The queue is in the store and has no other bound; of it, a hundred mails are in memory at once.
class Sender {
 public:
  // `store` outlives it.
  Sender(Store& store, ZonesInForce zones, std::unique_ptr<mail::Delivery> delivery,
         Letterhead letterhead);

  // Sends up to a hundred mails that are due, one after another, and returns how long nothing is to
  // do then; InfiniteDuration where nothing waits. Stops early when Stop was called, and at the
  // first mail that tells that the server cannot be reached or refuses us; then nothing is sent for
  // as long as WaitAfter says.
  absl::StatusOr<absl::Duration> SendDue();

  // From any thread: send no further mail.
  void Stop() { stopping_ = true; }

 private:
  struct Outcome {
    absl::Status delivered;  // CANCELLED where the mail was not tried
  };
  // Tries `mail` and stores what came of it. An error is the store's.
  absl::StatusOr<Outcome> Send(const v1::Mail& mail);

  Store& store_;
  const ZonesInForce zones_;
  const std::unique_ptr<mail::Delivery> delivery_;
  const Letterhead letterhead_;
  int setbacks_ = 0;  // tries in a row at which no mail could have gone
  absl::Time paused_until_ = absl::InfinitePast();
  std::atomic<bool> stopping_ = false;
};

}  // namespace neshast
