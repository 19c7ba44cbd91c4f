// A method of the API and the plain function that answers it. The adaptor (rpc/server.h) does the
// rest once for all: authentication, policy, validation, idempotency, limits, metrics, errors.
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

struct Method {
  std::string name;                                    // "neshast.v1.SessionService.GetSession"
  const google::protobuf::Message* request = nullptr;  // the prototypes
  const google::protobuf::Message* response = nullptr;
  std::function<absl::StatusOr<MessagePtr>(const Caller&, const google::protobuf::Message&,
                                           Transaction&)>
      handle;
};

// The method `name` answered by `handler`, any callable
// absl::StatusOr<Response>(const Caller&, const Request&, Transaction&).
template <class Request, class Response, class Handler>
Method Bind(std::string name, Handler handler) {
  Method method{std::move(name), &Request::default_instance(), &Response::default_instance(), {}};
  method.handle = [handler = std::move(handler)](const Caller& caller,
                                                 const google::protobuf::Message& request,
                                                 Transaction& tx) -> absl::StatusOr<MessagePtr> {
    ASSIGN_OR_RETURN(Response response, handler(caller, static_cast<const Request&>(request), tx));
    return std::make_unique<Response>(std::move(response));
  };
  return method;
}

// As above, with the types read off a plain function.
template <class Request, class Response>
Method Bind(std::string name,
            absl::StatusOr<Response> (*handler)(const Caller&, const Request&, Transaction&)) {
  return Bind<Request, Response, decltype(handler)>(std::move(name), handler);
}

// What a watch has to send next: the items after a position, in order, and the position after them.
struct WatchPage {
  std::vector<MessagePtr> items;
  std::string position;
  bool more = false;  // ask again at once
};

// A server-streaming method: the adaptor asks for pages whenever the log has grown and the reader
// has taken what was sent, so a slow reader costs no memory. `position` is empty on the first ask.
struct WatchMethod {
  std::string name;
  const google::protobuf::Message* request = nullptr;
  std::function<absl::StatusOr<WatchPage>(const Caller&, const google::protobuf::Message& request,
                                          const std::string& position, Transaction&)>
      next;
  std::function<MessagePtr(const std::string& position)> heartbeat;
};

}  // namespace neshast
