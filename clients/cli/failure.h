// What went wrong in a call, in words.
#pragma once

#include <grpcpp/grpcpp.h>

#include <string>

namespace neshast::cli {

struct Failure {
  int exit_code = 0;
  // Lines: the server's sentence, every bad field, the reason, and what to do next.
  std::string text;
};

// `status` is not OK; `server` is the address that was called.
Failure FailureOf(const grpc::Status& status, const std::string& server);

}  // namespace neshast::cli
