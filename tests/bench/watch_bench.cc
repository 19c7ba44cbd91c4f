#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "figures.h"
#include "filled_store.h"
#include "modes.h"
#include "neshast/v1/change_service.grpc.pb.h"
#include "neshast/v1/session_service.grpc.pb.h"
#include "served.h"

namespace neshast::bench {
namespace {

constexpr int kStreamsAConnection = 100;
constexpr int kPrincipals = 20;
constexpr int kSessions = 1000;
constexpr double kAtRest = 3;  // seconds
constexpr auto kPatience = std::chrono::seconds(60);

// What all streams of a measurement wait for.
class Arrivals {
 public:
  // Begins to wait until `count` streams have seen the session `name` confirmed.
  void Expect(std::string name, int count) {
    const std::lock_guard lock(mutex_);
    name_ = std::move(name);
    missing_ = count;
    delays_.clear();
    began_ = Clock::now();
  }

  void Saw(const v1::ChangedResource& change) {
    const Clock::time_point now = Clock::now();
    const std::lock_guard lock(mutex_);
    if (change.name() != name_ || change.session().state() != v1::Session::STATE_CONFIRMED) return;
    delays_.push_back(std::chrono::duration<double, std::milli>(now - began_).count());
    if (--missing_ == 0) complete_.notify_one();
  }

  // Milliseconds, one for each stream.
  std::vector<double> Await() {
    std::unique_lock lock(mutex_);
    if (!complete_.wait_for(lock, kPatience, [this] { return missing_ == 0; })) {
      Require(absl::DeadlineExceededError(absl::StrCat(missing_, " streams wait in vain.")));
    }
    return delays_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable complete_;
  std::string name_;
  int missing_ = 0;
  std::vector<double> delays_;  // milliseconds
  Clock::time_point began_;
};

class Watcher : public grpc::ClientReadReactor<v1::WatchChangesResponse> {
 public:
  Watcher(v1::ChangeService::Stub& stub, const std::string& token, const std::string& position,
          Arrivals& arrivals)
      : arrivals_(arrivals) {
    context_.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    request_.set_sync_token(position);
    stub.async()->WatchChanges(&context_, &request_, this);
    StartRead(&response_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    arrivals_.Saw(response_.change());
    StartRead(&response_);
  }

  void OnDone(const grpc::Status& status) override {
    if (status.error_code() != grpc::StatusCode::CANCELLED) Require(status);
    const std::lock_guard lock(mutex_);
    done_ = true;
    changed_.notify_one();
  }

  void Cancel() { context_.TryCancel(); }
  void AwaitDone() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return done_; });
  }

 private:
  Arrivals& arrivals_;
  grpc::ClientContext context_;
  v1::WatchChangesRequest request_;
  v1::WatchChangesResponse response_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
};

// The officer who changes sessions.
class Officer {
 public:
  Officer(const Served& served, std::string token)
      : sessions_(v1::SessionService::NewStub(served.Connect())),
        changes_(v1::ChangeService::NewStub(served.Connect())),
        token_(std::move(token)) {}

  // A draft of city 0, which nobody but officers sees.
  std::string Draft(int number) {
    v1::CreateSessionRequest request;
    *request.mutable_session() =
        SessionOf(int64_t{number} * kCities, FullDay() + absl::Hours(24 * 365 + 2 * number));
    v1::Session session;
    grpc::ClientContext context;
    Sign(context);
    Require(sessions_->CreateSession(&context, request, &session));
    return session.name();
  }

  void Confirm(const std::string& name) {
    v1::ConfirmSessionRequest request;
    request.set_name(name);
    v1::Session session;
    grpc::ClientContext context;
    Sign(context);
    Require(sessions_->ConfirmSession(&context, request, &session));
  }

  // The end of the log.
  std::string Position() {
    v1::SyncChangesRequest request;
    v1::SyncChangesResponse response;
    request.set_page_size(1000);
    do {
      grpc::ClientContext context;
      Sign(context);
      Require(changes_->SyncChanges(&context, request, &response));
      request.set_sync_token(response.next_sync_token());
    } while (response.more());
    return response.next_sync_token();
  }

 private:
  void Sign(grpc::ClientContext& context) const {
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token_));
  }

  std::unique_ptr<v1::SessionService::Stub> sessions_;
  std::unique_ptr<v1::ChangeService::Stub> changes_;
  const std::string token_;
};

struct Streams {
  std::vector<std::unique_ptr<v1::ChangeService::Stub>> stubs;
  std::vector<std::unique_ptr<Watcher>> watchers;

  // Every other connection is a secretary's of city 0, the others officers'.
  void Open(const Served& served, const Filled& filled, const std::string& position, int count,
            Arrivals& arrivals) {
    for (int i = 0; i < count; ++i) {
      const int connection = i / kStreamsAConnection;
      if (i % kStreamsAConnection == 0) {
        stubs.push_back(v1::ChangeService::NewStub(served.Connect()));
      }
      const auto& tokens = connection % 2 == 0 ? filled.officers : filled.secretaries;
      watchers.push_back(std::make_unique<Watcher>(
          *stubs.back(), tokens[connection / 2 % kPrincipals], position, arrivals));
    }
  }

  ~Streams() {
    for (const auto& watcher : watchers) watcher->Cancel();
    for (const auto& watcher : watchers) watcher->AwaitDone();
  }
};

}  // namespace

void MeasureWatch(int count, int commits) {
  const Directory directory;
  const Filled filled = Fill(directory.path(), kSessions, kPrincipals + 1, kPrincipals);
  const Served served(directory.path());
  Arrivals arrivals;
  Officer officer(served, filled.officers.back());
  const std::string position = officer.Position();
  const int64_t before = served.ResidentKilobytes();
  Streams streams;
  streams.Open(served, filled, position, count, arrivals);

  std::vector<double> delays;
  std::vector<double> last;
  int64_t open = 0;
  double at_rest = 0;
  for (int i = 0; i <= commits; ++i) {
    const std::string name = officer.Draft(i);
    arrivals.Expect(name, count);
    officer.Confirm(name);
    const std::vector<double> milliseconds = arrivals.Await();
    if (i > 0) {
      delays.insert(delays.end(), milliseconds.begin(), milliseconds.end());
      last.push_back(Quantile(milliseconds, 1));
      continue;
    }
    // The first change has opened all streams.
    const double busy = served.CpuSeconds();
    std::this_thread::sleep_for(std::chrono::duration<double>(kAtRest));
    at_rest = (served.CpuSeconds() - busy) / kAtRest;
    open = served.ResidentKilobytes();
  }
  std::printf("watch: %d streams, %zu connections, %d principals, %d changes\n", count,
              streams.stubs.size(), 2 * kPrincipals, commits);
  std::printf("  a stream holds %.1f KB (%lld MB before, %lld MB open, %lld MB after)\n",
              static_cast<double>(open - before) / count, static_cast<long long>(before / 1024),
              static_cast<long long>(open / 1024),
              static_cast<long long>(served.ResidentKilobytes() / 1024));
  std::printf("  at rest the server uses %.1f %% of a processor\n", at_rest * 100);
  std::printf(
      "  from the request to the stream: median %.0f ms, p99 %.0f ms, all have it %.0f ms\n",
      Median(delays), Quantile(delays, 0.99), Median(last));
}

}  // namespace neshast::bench
