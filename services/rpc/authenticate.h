// From what a call shows to the caller it stands for.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "rpc/caller.h"
#include "rpc/last_uses.h"
#include "rpc/network.h"
#include "store/store.h"

namespace neshast {

// What a call shows of who makes it.
struct Credentials {
  std::string authorization = {};  // the header's value, "Bearer nst_pat_…"; empty without one
  std::string peer = {};           // the address of who calls, "10.4.0.7"; empty where it has none
  std::string pin = {};  // of the certificate of a client that the front has verified, or empty
};

// Reads tokens and principals from the store and remembers them until the log shows that any of
// them changed, so that a revoked token or pin is refused from the commit on and a live one costs
// no read.
class Authenticator {
 public:
  explicit Authenticator(Store& store);
  ~Authenticator();
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  // The caller of a call: whose the token or the personal link is or, of a call without an
  // `authorization` header, to whom the certificate is pinned. UNAUTHENTICATED / UNAUTHENTICATED
  // for whatever is not a live token, used from a network it is allowed in, or a pinned
  // certificate, of an enabled principal; the sentence is the same for all of them, so that nothing
  // is learnt by guessing. Who shows the secret of a link that has ended learns so, for it was
  // theirs: / LINK_ENDED (metadata: cause).
  absl::StatusOr<Caller> Authenticate(const Credentials& credentials);

 private:
  struct Known {
    std::string digest = {};  // of the token's secret
    absl::Time ends = absl::InfiniteFuture();
    std::vector<Network> networks = {};  // empty: everywhere
    Caller caller = {};
    std::string ended = {};  // why a link has: "revoked", "replaced"; empty while it lives
  };
  using Loader = absl::StatusOr<Known> (*)(const std::string& key, Transaction& tx);

  static absl::StatusOr<Known> LoadToken(const std::string& id, Transaction& tx);
  static absl::StatusOr<Known> LoadLink(const std::string& name, Transaction& tx);
  static absl::StatusOr<Known> LoadPinned(const std::string& pin, Transaction& tx);
  // What is known by `key`, read with `load` where it is not remembered.
  absl::StatusOr<Known> Recall(const std::string& key, Loader load);
  absl::StatusOr<Caller> ByToken(const Credentials& credentials);
  absl::StatusOr<Caller> ByLink(absl::string_view text);
  absl::StatusOr<Caller> ByPin(const std::string& pin);
  void OnCommit(int64_t revision);

  Store& store_;
  LastUses last_uses_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;  // by token id, link name or pin
  int64_t seen_ = 0;                              // the log was searched for changes up to here
  int64_t generation_ = 0;                        // raised whenever known_ is emptied
  int64_t subscription_ = 0;
};

}  // namespace neshast
