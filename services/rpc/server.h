// The gRPC face of the methods: raw messages in and out, so that this is the only part of the
// server that is compiled against gRPC.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "rpc/dispatch.h"
#include "rpc/method.h"

namespace neshast {

struct ServerOptions {
  // "127.0.0.1:7070" (port 0: any free one) or "unix:/path". Anything that faces a network is
  // refused: this version of gRPC must stand behind a front.
  std::string listen = "127.0.0.1:7070";
  // "unix:/path" of a second listener, for the front (deploy/proxy), or empty. Of calls that come
  // in here, and of no others, the front's word on who calls is believed (rpc/front.h). Its owner
  // and group may connect.
  std::string front = {};
  bool reflection = false;
};

class Server {
 public:
  // Serves `methods` and `watches`. INVALID_ARGUMENT for an address that faces a network, a front
  // that could not be told from other callers, or a method without policy or of other types than
  // its proto's; UNAVAILABLE when the address is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options, Store& store,
                                                       Dispatcher& dispatcher,
                                                       std::vector<Method> methods,
                                                       std::vector<WatchMethod> watches);
  // Stops at once what is still running.
  virtual ~Server() = default;

  // The port listened at; 0 for a Unix socket.
  virtual int port() const = 0;

  // Takes no new calls, ends the streams with UNAVAILABLE, and lets running calls finish until
  // `grace` is over.
  virtual void Stop(absl::Duration grace) = 0;
};

}  // namespace neshast
