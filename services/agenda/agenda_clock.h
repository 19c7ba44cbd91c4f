// The clock of running agendas: writes a warning into the log when 80 % and when all of a time is
// used, so that whoever follows the session is told without asking.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "store/store.h"

namespace neshast {

// Writes every warning that is due by the store's clock and not written yet, each session in a
// write of its own; how many sessions were warned. What was warned stands in the session: killed in
// between, the next look writes the rest and nothing twice.
absl::StatusOr<int> WriteDueWarnings(Store& store);

// Looks at once and then every `interval`, on a thread of its own. `store` outlives it.
class AgendaClock {
 public:
  AgendaClock(Store& store, absl::Duration interval);
  ~AgendaClock();

 private:
  void Work();

  Store& store_;
  const absl::Duration interval_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace neshast
