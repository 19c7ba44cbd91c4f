// What is done around every handler, once for all, and knows nothing of gRPC.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "rpc/authenticate.h"
#include "rpc/method.h"
#include "rpc/metrics.h"
#include "rpc/pool.h"
#include "rpc/rate_limit.h"
#include "store/store.h"

namespace neshast {

// One call as it came in.
struct Call {
  Credentials credentials;          // who makes it
  std::string correlation_id;       // ours; in the log line and in INTERNAL errors
  std::function<bool()> abandoned;  // whether its deadline has passed or its client gone
};

class Dispatcher {
 public:
  Dispatcher(Store& store, Authenticator& authenticator, Metrics& metrics);

  using Done = std::function<void(absl::StatusOr<MessagePtr>)>;

  // Answers `request` by `method`: authenticates, authorises, validates, runs the handler as its
  // policy says (read at once, write queued, compute on the pool), keeps the answer of a request
  // id, shows only what the caller may see, counts and logs. `done` is called once, on any thread.
  void Run(const Method& method, MessagePtr request, Call call, Done done);

  // The part before a handler, for streams too: who calls, not too often, and may that role, with
  // valid fields?
  absl::StatusOr<Caller> Admit(v1::Action action, const Call& call,
                               const google::protobuf::Message& request);

  // Whether whoever was admitted still would be; no call of its own, so no limit counts it.
  absl::StatusOr<Caller> StillAdmitted(v1::Action action, const Call& call);

  // Counts and logs a stream that has ended; `principal` is empty when it was never admitted.
  void Finished(absl::string_view method_name, const std::string& principal, const Call& call,
                const absl::Status& status, absl::Duration took);

 private:
  absl::StatusOr<MessagePtr> Handle(const Method& method, const Caller& caller,
                                    const google::protobuf::Message& request, Transaction& tx);
  void RunWrite(const Method& method, const std::shared_ptr<google::protobuf::Message>& request,
                const Caller& caller, Call call, Done done);

  Store& store_;
  Authenticator& authenticator_;
  Metrics& metrics_;
  RateLimit rate_limit_;
  Pool pool_;
};

}  // namespace neshast
