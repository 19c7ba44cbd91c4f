// When tokens were last used.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "absl/time/time.h"
#include "neshast/v1/access.pb.h"
#include "store/store.h"

namespace neshast {

// Collects uses in memory and writes them every ten minutes, all in one document (v1::TokenUses):
// so a call costs no write, a token is not changed by being used, and the log, which everybody
// reads and which is kept for ever, grows by six entries an hour at most, by none while nobody
// calls. A server that is killed forgets the uses of its last ten minutes; one that stops does not.
class LastUses {
 public:
  static constexpr absl::Duration kGrain = absl::Minutes(10);

  explicit LastUses(Store& store);
  // Writes what is not written yet.
  ~LastUses();
  LastUses(const LastUses&) = delete;
  LastUses& operator=(const LastUses&) = delete;

  // The token of this resource name was used at `when`.
  void Note(const std::string& token, absl::Time when);

 private:
  using Seconds = std::unordered_map<std::string, int64_t>;  // by token, rounded down to the grain

  void Work();
  absl::Status Write(const Seconds& noted);

  Store& store_;
  std::mutex mutex_;
  std::condition_variable stop_;
  Seconds noted_;
  bool stopping_ = false;
  std::thread thread_;
};

// When each token was last used, as last written.
absl::StatusOr<v1::TokenUses> WrittenUses(Transaction& tx);

}  // namespace neshast
