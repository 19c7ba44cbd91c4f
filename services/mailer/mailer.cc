#include "mailer/mailer.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace neshast {
namespace {

// How long to leave a store alone that failed.
constexpr std::chrono::seconds kStorePause{1};

}  // namespace

Mailer::Mailer(Store& store, ZonesInForce zones, std::unique_ptr<mail::Delivery> delivery,
               Letterhead letterhead)
    : store_(store),
      reader_(store, std::string(letterhead.from.domain())),
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
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait(lock, [this] { return grown_ || stopping_; });
    grown_ = false;
    lock.unlock();
    const auto progress = reader_.ReadOn();
    if (!progress.ok()) spdlog::warn("mail: the log waits: {}", progress.status().ToString());
    lock.lock();
    if (!progress.ok()) {
      grown_ = true;
      wake_.wait_for(lock, kStorePause, [this] { return stopping_; });
    } else {
      grown_ = grown_ || progress->more;
      queued_ = queued_ || progress->mails;
      if (queued_) wake_.notify_all();
    }
  }
}

void Mailer::Send() {
  constexpr absl::Duration kLongestWait = absl::Hours(1);
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
