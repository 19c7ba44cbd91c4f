// The front: the reverse proxy that ends TLS before this server (deploy/proxy/nginx.conf).
#pragma once

#include <grpcpp/grpcpp.h>

#include "rpc/authenticate.h"

namespace neshast {

// What a call shows of who makes it: the `authorization` header, and where it comes from.
//
// With `has_front`, a call over a Unix socket comes from the front, and its headers say who is
// behind it: `x-neshast-peer`, the client's address, and `x-neshast-client-cert`, the client's
// verified certificate in percent-encoded PEM. Of every other call these headers are not looked
// at: its peer is the address that it is connected from, and it has no certificate. A header that
// stands there twice is as good as none.
Credentials CredentialsOf(const grpc::CallbackServerContext& context, bool has_front);

}  // namespace neshast
