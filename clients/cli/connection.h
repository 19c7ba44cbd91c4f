// One connection to the server: calls with a token and a deadline, and what they come to.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cli/print.h"
#include "cli/words.h"

namespace neshast::cli {

// Exit codes of `neshast`, as its help tells them.
enum Exit {
  kDone = 0,
  kOther = 1,
  kUsage = 2,
  kInvalid = 3,
  kNotFound = 4,
  kConflict = 5,
  kDenied = 6,
  kUnavailable = 7,
  kNothingFits = 8
};

// A fresh UUID: with it a write that is sent twice has one effect.
std::string NewRequestId();

// The request that names one resource, with a fresh request id where it takes one.
template <class Request>
Request Named(const std::string& collection, const std::string& id) {
  Request request;
  request.set_name(ResourceName(collection, id));
  if constexpr (requires { request.set_request_id(std::string()); }) {
    request.set_request_id(NewRequestId());
  }
  return request;
}

class Connection {
 public:
  std::string server;
  std::string token;
  int timeout_seconds = 30;
  Format format = Format::kTable;
  int exit_code = kDone;

  // The answer to `request`. Where the call fails: nothing, why is printed with what to do next,
  // and the exit code is set.
  template <class Stub, class Request, class Response>
  std::optional<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request) {
    Response response;
    if (!Check(Try(method, request, response))) return std::nullopt;
    return response;
  }

  // The same without a word on failure.
  template <class Stub, class Request, class Response>
  grpc::Status Try(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                   const Request& request, Response& response) {
    Stub stub(Channel());
    grpc::ClientContext context;
    Prepare(context);
    SetDeadline(context);
    return (stub.*method)(&context, request, &response);
  }

  // All pages of a list as one answer.
  template <class Stub, class Request, class Response>
  std::optional<Response> ListAll(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Response*),
                                  Request request) {
    Response all;
    do {
      const std::optional<Response> page = Call(method, request);
      if (!page) return std::nullopt;
      request.set_page_token(page->next_page_token());
      all.MergeFrom(*page);
    } while (!request.page_token().empty());
    all.clear_next_page_token();
    return all;
  }

  std::shared_ptr<grpc::Channel> Channel();

  // Gives `context` the caller's token.
  void Prepare(grpc::ClientContext& context) const;

  // Whether the call was done; if not, says why and sets the exit code.
  bool Check(const grpc::Status& status);

  // Prints a sentence of ours and sets the exit code. Always false.
  bool Fail(Exit code, const std::string& sentence);

 private:
  void SetDeadline(grpc::ClientContext& context) const;

  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace neshast::cli
