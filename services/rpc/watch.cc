#include "rpc/watch.h"

#include <deque>
#include <utility>

#include "absl/time/clock.h"
#include "rpc/grpc_status.h"
#include "rpc/policy.h"

namespace neshast {
namespace {

constexpr absl::Duration kHeartbeat = absl::Seconds(30);
constexpr absl::Duration kSlowest = absl::Seconds(20);  // for one message to be taken
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
    {
      const std::lock_guard lock(mutex_);
      if (finished_) return;
      if (writing_) {
        if (absl::Now() - write_began_ > kSlowest) {
          FinishLocked(Ended(absl::StatusCode::kResourceExhausted,
                             "The reader did not keep up. Resume with the last position.",
                             "WATCH_TOO_SLOW"));
        }
        return;
      }
    }
    auto page = Pull();
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    if (!page.ok()) return FinishLocked(page.status());
    position_ = page->position;
    for (MessagePtr& item : page->items) pending_.push_back(std::move(item));
    more_ = page->more;
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
  // The rights are looked at anew before each page: who lost them is told nothing more.
  absl::StatusOr<WatchPage> Pull() {
    ASSIGN_OR_RETURN(const Caller caller, hub_.dispatcher_.Admit(method_.name, call_, *request_));
    WatchPage page;
    RETURN_IF_ERROR(hub_.store_.Read([&](Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(page, method_.next(caller, *request_, position_, tx));
      return absl::OkStatus();
    }));
    for (const MessagePtr& item : page.items) Redact(caller, *item);
    return page;
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
    Finish(status.code() == absl::StatusCode::kCancelled ? grpc::Status::CANCELLED
                                                         : ToGrpc(status, call_.correlation_id));
  }

  WatchHub& hub_;
  const WatchMethod& method_;
  const MessagePtr request_;
  const Call call_;
  std::mutex mutex_;
  std::string position_;  // touched by the hub's thread only
  std::deque<MessagePtr> pending_;
  grpc::ByteBuffer buffer_;
  bool writing_ = false;
  bool more_ = false;
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
