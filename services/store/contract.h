// What every engine of the store must keep, as tests. An engine's own test names itself once:
//
//   INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values(Engine{...}));
//
// and links contract_*.cc.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "neshast/v1/session.pb.h"
#include "store/store.h"

namespace neshast {

struct StoreSettings {
  Indexer indexer;
  std::function<absl::Time()> clock;
  int queue_limit = 10000;
};

// Where one store lives: a folder, a schema. Opened again and again, one at a time; gone when it
// dies.
class StorePlace {
 public:
  virtual ~StorePlace() = default;
  virtual absl::StatusOr<std::unique_ptr<Store>> Open(const StoreSettings& settings) = 0;
};

struct Engine {
  std::string name;
  std::function<std::unique_ptr<StorePlace>()> make_place;
};
inline void PrintTo(const Engine& engine, std::ostream* out) {
  *out << engine.name;
}

// A store of sessions and holds that stands open, and the words the tests speak in.
class StoreContract : public testing::TestWithParam<Engine> {
 protected:
  StoreContract();

  void Reopen();
  Store& store() { return *store_; }
  StoreSettings& settings() { return settings_; }

  absl::Time now() const { return absl::FromUnixMicros(now_.load()); }
  void Pass(absl::Duration time) { now_ += absl::ToInt64Microseconds(time); }

  // Each in a write of its own, by people/shirin unless said otherwise.
  absl::Status Do(std::function<absl::Status(Transaction&)> fn);
  absl::Status Put(const google::protobuf::Message& message);
  absl::Status Remove(const std::string& name);

  // Each in a read of its own; a failing read fails the test.
  std::vector<Change> Log(const ChangeQuery& query = {});
  std::vector<std::string> ListNames(const ListQuery& query);
  std::vector<std::string> HoldersOf(const OccupancyQuery& query);
  bool Exists(const std::string& name);
  int64_t Revision();

 private:
  std::unique_ptr<StorePlace> place_;
  StoreSettings settings_;
  std::atomic<int64_t> now_;
  std::unique_ptr<Store> store_;
};

// A session of Isfahan with `city`: `people` are required, `hour` counts from the epoch of the
// suite.
struct SessionPlan {
  std::string name;
  std::string city = "cities/xian";
  std::vector<std::string> people = {"people/li"};
  int hour = 0;
  int hours = 1;
  v1::Session::State state = v1::Session::STATE_CONFIRMED;
};
v1::Session MakeSession(const SessionPlan& plan);

// 2026-11-20T10:00 in Isfahan: hour 0 of the suite. Unix seconds.
inline constexpr int64_t kHourZero = 1795156200;
inline constexpr int64_t kHour = 3600;

// Sessions occupy their people and list under both cities, whose log shows them; holds occupy.
Index IndexSessionsAndHolds(const google::protobuf::Message& message);

// Books `plan`, or FAILED_PRECONDITION with the holder's name when someone of it is held or busy:
// what a real handler does.
absl::Status Book(Transaction& tx, const SessionPlan& plan);

MATCHER_P2(IsError, code, reason, "") {
  return arg.code() == code && DetailOf(arg).reason == reason;
}

}  // namespace neshast
