// Programs with and without a race, to see that ThreadSanitizer under our settings reports the one
// and not the other:
//
//   seeded CASE        exits 0 when the case ended and TSan had nothing to say
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "access/access.h"
#include "neshast/v1/access_service.grpc.pb.h"
#include "rpc/server.h"
#include "sessions/index.h"
#include "store/sqlite/sqlite_store.h"

namespace neshast {
namespace {

constexpr auto kPatience = std::chrono::seconds(10);

// Both threads are here at once, whatever the scheduler does. Relaxed, so that TSan does not take
// the meeting for an order between what they do before and after it.
class Meeting {
 public:
  void Join() {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    here_.fetch_add(1, std::memory_order_relaxed);
    while (here_.load(std::memory_order_relaxed) < 2 && std::chrono::steady_clock::now() < until) {
      std::this_thread::yield();
    }
  }
  bool held() const { return here_ == 2; }

 private:
  std::atomic<int> here_ = 0;
};

bool InTwoThreads(const std::function<void()>& first, const std::function<void()>& second) {
  Meeting meeting;
  std::thread other([&] {
    meeting.Join();
    second();
  });
  meeting.Join();
  first();
  other.join();
  return meeting.held();
}

bool NothingIsHeld() {
  int count = 0;
  return InTwoThreads([&] { ++count; }, [&] { ++count; });
}

bool OneOfTwoHoldsTheMutex() {
  int count = 0;
  absl::Mutex mutex;
  const auto guarded = [&] {
    const absl::MutexLock lock(&mutex);
    ++count;
  };
  return InTwoThreads(guarded, [&] { ++count; });
}

bool BothHoldTheMutex() {
  int count = 0;
  absl::Mutex mutex;
  const auto guarded = [&] {
    const absl::MutexLock lock(&mutex);
    ++count;
  };
  return InTwoThreads(guarded, guarded) && count == 2;
}

// The server of neshastd with one method, called by two clients at once.
absl::Status Serve(const std::string& folder, const std::function<void()>& handler) {
  ASSIGN_OR_RETURN(const auto store,
                   OpenSqliteStore({.path = folder + "/neshast.db", .indexer = IndexOf}));
  std::string token;
  RETURN_IF_ERROR(WriteAndWait(*store, {"system", "enroll"}, [&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(token, Enroll("principals/officer", v1::ROLE_PROTOCOL_OFFICER,
                                   "Protocol office", "cities/isfahan", tx));
    return absl::OkStatus();
  }));
  Metrics metrics;
  Authenticator authenticator(*store);
  Dispatcher dispatcher(*store, authenticator, metrics);
  Meeting meeting;
  const Method method =
      Bind<v1::GetCallerRequest, v1::Principal>("neshast.v1.AccessService.GetCaller",
                                                [&](const Caller&, const v1::GetCallerRequest&,
                                                    Transaction&) -> absl::StatusOr<v1::Principal> {
                                                  meeting.Join();
                                                  handler();
                                                  return v1::Principal();
                                                });
  ASSIGN_OR_RETURN(const auto server,
                   Server::Start({.listen = "127.0.0.1:0"}, *store, dispatcher, {method}, {}));
  std::atomic<int> answered = 0;
  const auto call = [&] {
    const auto stub = v1::AccessService::NewStub(grpc::CreateChannel(
        absl::StrCat("127.0.0.1:", server->port()), grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    v1::Principal answer;
    const grpc::Status status = stub->GetCaller(&context, {}, &answer);
    if (!status.ok()) std::cerr << status.error_message() << "\n";
    answered += status.ok();
  };
  InTwoThreads(call, call);
  return answered == 2 && meeting.held() ? absl::OkStatus()
                                         : absl::InternalError("The calls did not meet.");
}

bool Served(const std::function<void()>& handler) {
  std::string folder = (std::filesystem::temp_directory_path() / "neshast-seeded-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return false;
  const absl::Status status = Serve(folder, handler);
  std::filesystem::remove_all(folder);
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok();
}

bool HandlerHoldsNothing() {
  int count = 0;
  return Served([&] { ++count; });
}

bool HandlerHoldsItsMutex() {
  int count = 0;
  std::mutex mutex;
  return Served([&] {
    const std::lock_guard lock(mutex);
    ++count;
  });
}

}  // namespace
}  // namespace neshast

int main(int argc, char** argv) {
  const std::map<std::string, bool (*)()> cases = {
      {"nothing_is_held", neshast::NothingIsHeld},
      {"one_of_two_holds_the_mutex", neshast::OneOfTwoHoldsTheMutex},
      {"both_hold_the_mutex", neshast::BothHoldTheMutex},
      {"handler_holds_nothing", neshast::HandlerHoldsNothing},
      {"handler_holds_its_mutex", neshast::HandlerHoldsItsMutex},
  };
  const auto found = cases.find(argc == 2 ? argv[1] : "");
  if (found == cases.end()) return 2;
  return found->second() ? 0 : 1;
}
