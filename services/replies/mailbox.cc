#include "replies/mailbox.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace neshast {
namespace {

constexpr int kMostAtOnce = 20;
constexpr absl::Duration kLongestPause = absl::Minutes(10);

bool IsForNow(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status);
}

}  // namespace

absl::StatusOr<int> TakeWaiting(const ReplyDesk& desk, mail::Intake& intake, Store& store) {
  ASSIGN_OR_RETURN(const std::vector<mail::Arrival> arrivals, intake.Fetch(kMostAtOnce));
  for (const mail::Arrival& arrival : arrivals) {
    const Incoming incoming =
        arrival.too_large ? TooLarge(arrival.id)
                          : ReadIncoming(arrival.bytes, false, desk.authserv_id, *desk.zones());
    const absl::Status kept =
        WriteAndWait(store, {.actor = "system", .action = "take in mail"},
                     [&](Transaction& tx) { return TakeIn(desk, incoming, tx).status(); });
    if (IsForNow(kept)) return kept;
    // One mail that cannot be kept must not hold up all the others; it stays where it is.
    if (!kept.ok()) {
      spdlog::error("replies: {} is passed over: {}", incoming.reply.name(), kept.ToString());
    } else {
      RETURN_IF_ERROR(intake.MarkTaken(arrival.id));
    }
  }
  return static_cast<int>(arrivals.size());
}

absl::Duration PauseAfter(int failures, absl::Duration interval) {
  absl::Duration pause = interval;
  for (int i = 0; i < failures && pause < kLongestPause; ++i) pause *= 2;
  return std::max(interval, std::min(pause, kLongestPause));
}

Mailbox::Mailbox(ReplyDesk desk, std::unique_ptr<mail::Intake> intake, Store& store,
                 absl::Duration interval)
    : desk_(std::move(desk)),
      intake_(std::move(intake)),
      store_(store),
      interval_(interval),
      reading_([this] { Read(); }) {}

Mailbox::~Mailbox() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  reading_.join();
}

void Mailbox::Read() {
  int failures = 0;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const auto taken = TakeWaiting(desk_, *intake_, store_);
    if (!taken.ok()) spdlog::warn("replies: the mailbox waits: {}", taken.status().ToString());
    if (taken.ok() && failures > 0) spdlog::info("replies: the mailbox can be read again");
    failures = taken.ok() ? 0 : failures + 1;
    lock.lock();
    if (taken.ok() && *taken == kMostAtOnce) continue;  // there may be more
    wake_.wait_for(lock, absl::ToChronoMilliseconds(PauseAfter(failures, interval_)),
                   [this] { return stopping_; });
  }
}

}  // namespace neshast
