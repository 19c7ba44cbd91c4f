// From the text of a token to the caller it stands for.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// Reads tokens and principals from the store and remembers them until the log shows that any of
// them changed, so that a revoked token is refused from the commit on and a live one costs no read.
class Authenticator {
 public:
  explicit Authenticator(Store& store);
  ~Authenticator();
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  // The caller of a call whose `authorization` header is `header` ("Bearer nst_pat_…").
  // UNAUTHENTICATED / UNAUTHENTICATED for whatever is not a live token of an enabled principal; the
  // sentence is the same for all of them, so that nothing is learnt by guessing.
  absl::StatusOr<Caller> Authenticate(absl::string_view header);

 private:
  struct Known {
    std::string digest;
    absl::Time expires;
    Caller caller;
  };

  absl::StatusOr<Known> Load(const std::string& id);
  void OnCommit(int64_t revision);

  Store& store_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;
  int64_t seen_ = 0;        // the log was searched for changes up to here
  int64_t generation_ = 0;  // raised whenever known_ is emptied
  int64_t subscription_ = 0;
};

}  // namespace neshast
