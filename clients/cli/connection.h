// One connection to the server, and how its errors become words and exit codes.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>

#include "cli/print.h"

namespace neshast::cli {

// Exit codes of `neshast`; 2 is CLI11's and ours for wrong usage.
enum Exit {
  kOk = 0,
  kOther = 1,
  kUsage = 2,
  kInvalid = 3,
  kNotFound = 4,
  kConflict = 5,
  kDenied = 6,
  kUnavailable = 7
};

struct Connection {
  std::string server = "127.0.0.1:7070";
  std::string token;
  int timeout_seconds = 30;
  Format format = Format::kTable;
  int exit_code = kOk;

  std::shared_ptr<grpc::Channel> Channel();

  // Calls `method` of a stub with the token and deadline, and on failure prints why and sets the
  // exit code. Whether it succeeded.
  template <class Stub, class Request, class Response>
  bool Call(Stub& stub,
            grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
            const Request& request, Response& response) {
    grpc::ClientContext context;
    Prepare(context);
    return Check((stub.*method)(&context, request, &response));
  }

  void Prepare(grpc::ClientContext& context, bool endless = false) const;
  bool Check(const grpc::Status& status);

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

// A fresh UUID: with it a write that is sent twice has one effect.
std::string NewRequestId();

}  // namespace neshast::cli
