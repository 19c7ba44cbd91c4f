// Callers that call again as soon as they are answered.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "served.h"

namespace neshast::bench {

// What one caller asks, again and again. The bytes are not parsed here, so that the program costs
// the same whatever it measures.
struct Asked {
  std::string method;                      // "/neshast.v1.SessionService/GetSession"
  std::string token;                       // none where empty
  std::function<std::string()> serialise;  // the next request
};

class Load {
 public:
  // One caller for each of `asked`, spread over `connections` to `served`. A call that fails ends
  // the program.
  Load(const Served& served, int connections, const std::vector<Asked>& asked);
  ~Load();

  // Lets all call for `seconds` and waits until they are answered; the calls answered per second.
  double CallsPerSecond(double seconds);

 private:
  class Lane;

  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::atomic<bool> stop_ = false;
  std::atomic<int64_t> answered_ = 0;
  std::atomic<size_t> busy_ = 0;
};

}  // namespace neshast::bench
