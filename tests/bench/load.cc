#include "load.h"

#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "figures.h"

namespace neshast::bench {

class Load::Lane {
 public:
  Lane(Load& load, grpc::GenericStub& stub, Asked asked)
      : load_(load), stub_(stub), asked_(std::move(asked)) {}

  void Next() {
    context_ = std::make_unique<grpc::ClientContext>();
    if (!asked_.token.empty()) {
      context_->AddMetadata("authorization", absl::StrCat("Bearer ", asked_.token));
    }
    const grpc::Slice slice(asked_.serialise());
    request_ = grpc::ByteBuffer(&slice, 1);
    stub_.UnaryCall(context_.get(), asked_.method, {}, &request_, &response_,
                    [this](const grpc::Status& status) {
                      Require(status);
                      ++load_.answered_;
                      if (!load_.stop_) return Next();
                      --load_.busy_;
                      load_.busy_.notify_one();
                    });
  }

 private:
  Load& load_;
  grpc::GenericStub& stub_;
  const Asked asked_;
  std::unique_ptr<grpc::ClientContext> context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

Load::Load(const Served& served, int connections, const std::vector<Asked>& asked) {
  for (int i = 0; i < connections; ++i) {
    stubs_.push_back(std::make_unique<grpc::GenericStub>(served.Connect()));
  }
  for (const Asked& one : asked) {
    grpc::GenericStub& stub = *stubs_[lanes_.size() % stubs_.size()];
    lanes_.push_back(std::make_unique<Lane>(*this, stub, one));
  }
}

Load::~Load() = default;

double Load::CallsPerSecond(double seconds) {
  stop_ = false;
  answered_ = 0;
  busy_ = lanes_.size();
  const Clock::time_point began = Clock::now();
  for (const auto& lane : lanes_) lane->Next();
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  stop_ = true;
  for (size_t busy = busy_; busy > 0; busy = busy_) busy_.wait(busy);
  return static_cast<double>(answered_) / SecondsSince(began);
}

}  // namespace neshast::bench
