// A method of the API and the plain function that answers it. The adaptor (rpc/server.h) does the
// rest once for all: authentication, policy, validation, idempotency, limits, metrics, errors.
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "neshast/v1/rules.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// The policy option of the method "neshast.v1.X.Y". A method without one is refused at start, and
// by the build (policy_check).
v1::MethodPolicy PolicyOf(absl::string_view method_name);

struct Method {
  std::string name;  // "neshast.v1.SessionService.GetSession"
  v1::MethodPolicy policy;
  const google::protobuf::Message* request = nullptr;  // the prototypes
  const google::protobuf::Message* response = nullptr;
  std::function<absl::StatusOr<MessagePtr>(const Caller&, const google::protobuf::Message&,
                                           Transaction&)>
      handle;
  // It answers with the very resource that its policy is decided upon: the adaptor, which has read
  // that, need not ask `handle` to read it again.
  bool shows_object = false;
};

// The method `name` answered by `handler`, any callable
// absl::StatusOr<Response>(const Caller&, const Request&, Transaction&).
template <class Request, class Response, class Handler>
Method Bind(const std::string& name, Handler handler) {
  Method method{.name = name,
                .policy = PolicyOf(name),
                .request = &Request::default_instance(),
                .response = &Response::default_instance(),
                .handle = {}};
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
Method Bind(const std::string& name,
            absl::StatusOr<Response> (*handler)(const Caller&, const Request&, Transaction&)) {
  return Bind<Request, Response, decltype(handler)>(name, handler);
}

// GetX (AIP-131): the resource of the name that the request gives.
template <class Request, class Resource>
Method BindGet(const std::string& name) {
  Method method =
      Bind<Request, Resource>(name, [](const Caller&, const Request& request, Transaction& tx) {
        return tx.Get<Resource>(request.name());
      });
  method.shows_object = true;
  return method;
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
  v1::MethodPolicy policy;
  const google::protobuf::Message* request = nullptr;
  // Whose log a caller follows; nullopt: everybody's. A change wakes those whom it concerns.
  std::function<std::optional<std::vector<std::string>>(const Caller&)> audiences;
  std::function<absl::StatusOr<WatchPage>(const Caller&, const google::protobuf::Message& request,
                                          const std::string& position, Transaction&)>
      next;
  std::function<MessagePtr(const std::string& position)> heartbeat;
};

}  // namespace neshast
