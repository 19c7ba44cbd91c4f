// The clock watch: sees when the system's zone rules change, and recomputes every coming session.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "rpc/method.h"
#include "sessions/with_zones.h"
#include "store/store.h"
#include "time/current_zones.h"

namespace neshast {

// Recomputes the coming drafts and confirmed sessions by `zones`, each in a write of its own with
// its alert, and records the release when all are done. Killed in between, it does the rest the
// next time: a session that agrees with the rules is left alone. The number of sessions that moved.
absl::StatusOr<int> Sweep(Store& store, const ZoneDatabase& zones);

class ClockWatch {
 public:
  // Looks every `interval`. In a store that was never swept the first look is over when the
  // constructor is. `store` and `zones` outlive it.
  ClockWatch(Store& store, CurrentZones& zones, absl::Duration interval);
  ~ClockWatch();

  // Looks soon, without waiting for the interval to pass.
  void LookNow();

 private:
  void Look();
  void Work();

  Store& store_;
  CurrentZones& zones_;
  const absl::Duration interval_;
  std::string swept_;  // the release of the last sweep; the constructor's and the thread's only
  std::mutex mutex_;
  std::condition_variable wake_;
  bool look_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

// The methods of neshast.v1.ClockService.
std::vector<Method> ClockMethods(const ZonesInForce& zones);

}  // namespace neshast
