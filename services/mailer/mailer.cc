#include "mailer/mailer.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace neshast {
namespace {

// How long to leave a store alone that failed.
constexpr std::chrono::seconds kStorePause{1};

// How long to wait at most for what is due at a time: a clock may be set meanwhile.
constexpr absl::Duration kLongestWait = absl::Hours(1);

// What a wait may fall short by, in rounding.
constexpr absl::Duration kClockGrain = absl::Milliseconds(1);

}  // namespace

Mailer::Mailer(Store& store, ZonesInForce zones, std::unique_ptr<mail::Delivery> delivery,
               Letterhead letterhead)
    : store_(store),
      reader_(store, letterhead),
      sender_(store, std::move(zones), std::move(delivery), std::move(letterhead)) {
  subscription_ = store_.Subscribe([this](int64_t) {
    const std::lock_guard lock(mutex_);
    grown_ = true;
    wake_.notify_all();
  });
  reading_ = std::thread([this] { Read(); });
  sending_ = std::thread([this] { Send(); });
}

Mailer::~Mailer() {
  store_.Unsubscribe(subscription_);
  sender_.Stop();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  reading_.join();
  sending_.join();
}

void Mailer::Read() {
  absl::Duration wait = absl::ZeroDuration();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, absl::ToChronoMilliseconds(std::min(wait, kLongestWait)),
                   [this] { return grown_ || stopping_; });
    grown_ = false;
    lock.unlock();
    const auto progress = reader_.ReadOn();
    const auto reminded = reader_.Remind();
    for (const absl::Status& status : {progress.status(), reminded.status()}) {
      if (!status.ok()) spdlog::warn("mail: the log waits: {}", status.ToString());
    }
    lock.lock();
    if (!progress.ok() || !reminded.ok()) {
      grown_ = true;
      wake_.wait_for(lock, kStorePause, [this] { return stopping_; });
    } else {
      wait = reminded->wait + kClockGrain;
      grown_ = grown_ || progress->more;
      queued_ = queued_ || progress->mails || reminded->mails;
      if (queued_) wake_.notify_all();
    }
  }
}

void Mailer::Send() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    queued_ = false;
    lock.unlock();
    const auto wait = sender_.SendDue();
    if (!wait.ok()) spdlog::warn("mail: the queue waits: {}", wait.status().ToString());
    lock.lock();
    const auto pause = wait.ok() ? absl::ToChronoMilliseconds(std::min(*wait, kLongestWait))
                                 : std::chrono::milliseconds(kStorePause);
    wake_.wait_for(lock, pause, [this] { return queued_ || stopping_; });
  }
}

}  // namespace neshast
