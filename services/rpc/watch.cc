#include "rpc/watch.h"

#include <algorithm>
#include <list>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "rpc/grpc_status.h"
#include "rpc/policy.h"

namespace neshast {
namespace {

constexpr absl::Duration kHeartbeat = absl::Seconds(30);
// For one message to be taken. No reader is too far behind: whoever reads costs the server one
// page, be it at the newest change or years away. Who takes nothing is ended, so that it learns of
// it.
constexpr absl::Duration kSlowest = absl::Seconds(20);
constexpr absl::Duration kTick = absl::Seconds(1);
constexpr int kChangesAtOnce = 1000;
constexpr char kAccess[] = "access";  // the audience of who may do what

grpc::ByteBuffer ToBytes(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

absl::Status Ended(absl::StatusCode code, absl::string_view sentence, std::string reason) {
  return Error(code, sentence, {.reason = std::move(reason), .metadata = {}, .violations = {}});
}

}  // namespace

class WatchStream : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  WatchStream(WatchHub& hub, const WatchMethod& method, MessagePtr request, Call call)
      : hub_(hub), method_(method), request_(std::move(request)), call_(std::move(call)) {}

  // Whether changes for `audiences` may be for this stream. Called by the hub's thread only.
  bool Follows(const std::set<std::string>& audiences) const {
    if (!audiences_.has_value()) return true;
    return std::any_of(audiences_->begin(), audiences_->end(),
                       [&](const std::string& one) { return audiences.count(one) != 0; });
  }

  // Whether a heartbeat is to be sent, or the reader is too slow.
  bool IsDue(absl::Time now) {
    const std::lock_guard lock(mutex_);
    return now - write_began_ > (writing_ ? kSlowest : kHeartbeat);
  }

  // Sends what there is to send; true when it is to be called again, though nothing is being sent.
  // Called by the hub's thread only.
  bool Advance() {
    const auto caller = Admitted();
    {
      const std::lock_guard lock(mutex_);
      if (finished_) return false;
      if (!caller.ok()) return FinishLocked(caller.status());
      if (writing_) return FinishIfSlowLocked();
      behind_ = false;
    }
    audiences_ = method_.audiences(*caller);
    auto page = Pull(*caller);
    const std::lock_guard lock(mutex_);
    if (finished_) return false;
    if (!page.ok()) return FinishLocked(page.status());
    position_ = page->position;
    for (MessagePtr& item : page->items) pending_.push_back(std::move(item));
    more_ = page->more;
    if (pending_.empty() && absl::Now() - write_began_ > kHeartbeat) {
      pending_.push_back(method_.heartbeat(position_));
    }
    WriteLocked();
    return more_ && !writing_;
  }

  void End(const absl::Status& status) {
    const std::lock_guard lock(mutex_);
    FinishLocked(status);
  }

  void OnWriteDone(bool ok) override {
    bool wake = false;
    {
      const std::lock_guard lock(mutex_);
      writing_ = false;
      buffer_.Clear();
      if (!ok || finished_) {
        FinishLocked(absl::CancelledError());
        return;
      }
      WriteLocked();
      wake = !writing_ && (more_ || behind_);
    }
    if (wake) hub_.Wake(this);
  }

  void OnCancel() override { End(absl::CancelledError()); }

  void OnDone() override {
    hub_.Remove(this);
    delete this;
  }

 private:
  // The rights are looked at anew each time: who lost them is told nothing more, even while it does
  // not read.
  absl::StatusOr<Caller> Admitted() {
    const v1::Action action = method_.policy.action();
    if (!principal_.empty()) return hub_.dispatcher_.StillAdmitted(action, call_);
    ASSIGN_OR_RETURN(Caller caller, hub_.dispatcher_.Admit(action, call_, *request_));
    const std::lock_guard lock(mutex_);
    principal_ = caller.principal;
    return caller;
  }

  absl::StatusOr<WatchPage> Pull(const Caller& caller) {
    WatchPage page;
    RETURN_IF_ERROR(hub_.store_.Read([&](Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(page, method_.next(caller, *request_, position_, tx));
      return absl::OkStatus();
    }));
    for (const MessagePtr& item : page.items) Redact(caller, *item);
    return page;
  }

  // Woken while it writes: it pulls when that is done, unless its reader is too slow. False.
  bool FinishIfSlowLocked() {
    behind_ = true;
    if (absl::Now() - write_began_ <= kSlowest) return false;
    return FinishLocked(Ended(absl::StatusCode::kResourceExhausted,
                              "The reader did not keep up. Resume with the last position.",
                              "WATCH_TOO_SLOW"));
  }

  void WriteLocked() {
    if (pending_.empty()) return;
    buffer_ = ToBytes(*pending_.front());
    pending_.pop_front();
    writing_ = true;
    write_began_ = absl::Now();
    StartWrite(&buffer_);
  }

  // Always false: there is nothing more to do.
  bool FinishLocked(const absl::Status& status) {
    if (finished_) return false;
    finished_ = true;
    pending_.clear();  // the call may be held open by what its client has still to read
    hub_.dispatcher_.Finished(method_.name, principal_, call_, status, absl::Now() - began_);
    Finish(status.code() == absl::StatusCode::kCancelled ? grpc::Status::CANCELLED
                                                         : ToGrpc(status, call_.correlation_id));
    return false;
  }

  WatchHub& hub_;
  const WatchMethod& method_;
  const MessagePtr request_;
  const Call call_;
  const absl::Time began_ = absl::Now();
  std::mutex mutex_;
  // These are set by the hub's thread only.
  std::string principal_;  // once it is admitted
  std::optional<std::vector<std::string>> audiences_;
  std::string position_;
  // These are guarded by the mutex.
  std::list<MessagePtr> pending_;  // holds no memory while it is empty
  grpc::ByteBuffer buffer_;
  bool writing_ = false;
  bool more_ = false;    // the last page was not the last
  bool behind_ = false;  // woken while it wrote
  bool finished_ = false;
  absl::Time write_began_ = absl::Now();
};

WatchHub::WatchHub(Store& store, Dispatcher& dispatcher) : store_(store), dispatcher_(dispatcher) {
  // Should it fail, the first commit has the whole log looked through.
  (void)store_.Read([this](Transaction& tx) {
    ASSIGN_OR_RETURN(seen_, tx.Revision());
    return absl::OkStatus();
  });
  subscription_ = store_.Subscribe([this](int64_t) {
    const std::lock_guard lock(mutex_);
    committed_ = true;
    changed_.notify_one();
  });
  thread_ = std::thread([this] { Work(); });
}

WatchHub::~WatchHub() {
  store_.Unsubscribe(subscription_);
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchHub::Open(const WatchMethod& method,
                                                           MessagePtr request, Call call) {
  auto* stream = new WatchStream(*this, method, std::move(request), std::move(call));
  const std::lock_guard lock(mutex_);
  streams_.insert(stream);
  ready_.insert(stream);
  changed_.notify_one();
  return stream;
}

void WatchHub::Wake(WatchStream* stream) {
  const std::lock_guard lock(mutex_);
  if (streams_.count(stream) == 0) return;
  ready_.insert(stream);
  changed_.notify_one();
}

void WatchHub::Remove(WatchStream* stream) {
  std::unique_lock lock(mutex_);
  streams_.erase(stream);
  ready_.erase(stream);
  changed_.wait(lock, [&] { return busy_ != stream; });
}

void WatchHub::Stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  ready_ = streams_;
  changed_.notify_all();
}

// The log is read once for all: whom no change concerns is let be, and catches up with the next
// heartbeat. Whoever lost a right is woken at once, to be refused.
void WatchHub::ReadyConcerned() {
  std::set<std::string> audiences;
  const absl::Status read = store_.Read([&](Transaction& tx) -> absl::Status {
    while (true) {
      ASSIGN_OR_RETURN(const auto changes, tx.Changes({.after = seen_, .limit = kChangesAtOnce}));
      if (changes.empty()) return absl::OkStatus();
      for (const Change& change : changes) {
        audiences.insert(change.audience.begin(), change.audience.end());
      }
      seen_ = changes.back().revision;
    }
  });
  const bool all = !read.ok() || audiences.count(kAccess) != 0;
  const std::lock_guard lock(mutex_);
  for (WatchStream* stream : streams_) {
    if (all || stream->Follows(audiences)) ready_.insert(stream);
  }
}

void WatchHub::ReadyDue() {
  const absl::Time now = absl::Now();
  const std::lock_guard lock(mutex_);
  for (WatchStream* stream : streams_) {
    if (stream->IsDue(now)) ready_.insert(stream);
  }
}

// Once through those that are ready, in the order of their addresses: a stream that is ready again
// waits for the others, and for the next look at the log.
void WatchHub::AdvanceReady(std::unique_lock<std::mutex>& lock) {
  WatchStream* last = nullptr;
  for (auto next = ready_.begin(); next != ready_.end(); next = ready_.upper_bound(last)) {
    last = busy_ = *next;
    ready_.erase(next);
    const bool stopping = stopping_;
    bool again = false;
    lock.unlock();
    if (stopping) {
      busy_->End(Ended(absl::StatusCode::kUnavailable,
                       "The server is stopping. Resume with the last position.", "STOPPING"));
    } else {
      again = busy_->Advance();
    }
    lock.lock();
    if (again && streams_.count(busy_) != 0) ready_.insert(busy_);
    busy_ = nullptr;
    changed_.notify_all();
  }
}

void WatchHub::Work() {
  absl::Time next_tick = absl::Now() + kTick;
  std::unique_lock lock(mutex_);
  while (!stopping_ || !streams_.empty()) {
    const bool committed = std::exchange(committed_, false);
    lock.unlock();
    if (committed) ReadyConcerned();
    if (absl::Now() >= next_tick) {
      ReadyDue();
      next_tick = absl::Now() + kTick;
    }
    lock.lock();
    AdvanceReady(lock);
    changed_.wait_for(lock, absl::ToChronoMilliseconds(kTick), [this] {
      return committed_ || !ready_.empty() || (stopping_ && streams_.empty());
    });
  }
}

}  // namespace neshast
