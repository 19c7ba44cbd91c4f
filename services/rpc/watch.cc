#include "rpc/watch.h"

#include <deque>
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

  // Sends what there is to send. Called by the hub's thread only.
  void Advance() {
    const auto caller = Admitted();
    {
      const std::lock_guard lock(mutex_);
      if (finished_) return;
      if (!caller.ok()) return FinishLocked(caller.status());
      if (writing_) return FinishIfSlowLocked();
    }
    auto page = Pull(*caller);
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    if (!page.ok()) return FinishLocked(page.status());
    position_ = page->position;
    for (MessagePtr& item : page->items) pending_.push_back(std::move(item));
    if (pending_.empty() && page->more) return hub_.Wake(this);
    if (pending_.empty() && absl::Now() - write_began_ > kHeartbeat) {
      pending_.push_back(method_.heartbeat(position_));
    }
    WriteLocked();
  }

  void End(const absl::Status& status) {
    const std::lock_guard lock(mutex_);
    FinishLocked(status);
  }

  void OnWriteDone(bool ok) override {
    bool more = false;
    {
      const std::lock_guard lock(mutex_);
      writing_ = false;
      if (!ok || finished_) return FinishLocked(absl::CancelledError());
      WriteLocked();
      more = !writing_;
    }
    if (more) hub_.Wake(this);
  }

  void OnCancel() override { End(absl::CancelledError()); }

  void OnDone() override {
    hub_.Remove(this);
    delete this;
  }

 private:
  // The rights are looked at anew whenever the log has grown: who lost them is told nothing more,
  // even while it does not read.
  absl::StatusOr<Caller> Admitted() {
    if (!principal_.empty()) return hub_.dispatcher_.StillAdmitted(method_.name, call_);
    ASSIGN_OR_RETURN(Caller caller, hub_.dispatcher_.Admit(method_.name, call_, *request_));
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

  void FinishIfSlowLocked() {
    if (absl::Now() - write_began_ <= kSlowest) return;
    FinishLocked(Ended(absl::StatusCode::kResourceExhausted,
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

  void FinishLocked(const absl::Status& status) {
    if (finished_) return;
    finished_ = true;
    pending_.clear();  // the call may be held open by what its client has still to read
    hub_.dispatcher_.Finished(method_.name, principal_, call_, status, absl::Now() - began_);
    Finish(status.code() == absl::StatusCode::kCancelled ? grpc::Status::CANCELLED
                                                         : ToGrpc(status, call_.correlation_id));
  }

  WatchHub& hub_;
  const WatchMethod& method_;
  const MessagePtr request_;
  const Call call_;
  std::mutex mutex_;
  const absl::Time began_ = absl::Now();
  std::string position_;   // touched by the hub's thread only
  std::string principal_;  // set by the hub's thread when it is admitted
  std::deque<MessagePtr> pending_;
  grpc::ByteBuffer buffer_;
  bool writing_ = false;
  bool finished_ = false;
  absl::Time write_began_ = absl::Now();
};

WatchHub::WatchHub(Store& store, Dispatcher& dispatcher) : store_(store), dispatcher_(dispatcher) {
  subscription_ = store_.Subscribe([this](int64_t) {
    const std::lock_guard lock(mutex_);
    ready_ = streams_;
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
  changed_.notify_all();
}

void WatchHub::Work() {
  std::unique_lock lock(mutex_);
  absl::Time next_tick = absl::Now() + kTick;
  while (!stopping_ || !streams_.empty()) {
    if (stopping_) ready_ = streams_;
    if (absl::Now() >= next_tick) {  // heartbeats and slow readers
      ready_ = streams_;
      next_tick = absl::Now() + kTick;
    }
    while (!ready_.empty()) {
      busy_ = *ready_.begin();
      ready_.erase(ready_.begin());
      const bool stopping = stopping_;
      lock.unlock();
      if (stopping) {
        busy_->End(Ended(absl::StatusCode::kUnavailable,
                         "The server is stopping. Resume with the last position.", "STOPPING"));
      } else {
        busy_->Advance();
      }
      lock.lock();
      busy_ = nullptr;
      changed_.notify_all();
    }
    changed_.wait_for(lock, absl::ToChronoMilliseconds(kTick));
  }
}

}  // namespace neshast
