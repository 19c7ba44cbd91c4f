#include "cli/connection.h"

#include <chrono>
#include <fstream>
#include <iostream>

#include "cli/failure.h"

namespace neshast::cli {

std::string NewRequestId() {
  std::ifstream random("/proc/sys/kernel/random/uuid");
  std::string id;
  std::getline(random, id);
  return id;
}

std::shared_ptr<grpc::Channel> Connection::Channel() {
  if (channel_ == nullptr) {
    channel_ = grpc::CreateChannel(server, grpc::InsecureChannelCredentials());
  }
  return channel_;
}

void Connection::Prepare(grpc::ClientContext& context) const {
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
}

void Connection::SetDeadline(grpc::ClientContext& context) const {
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(timeout_seconds));
}

bool Connection::Check(const grpc::Status& status) {
  if (status.ok()) return true;
  const Failure failure = FailureOf(status, server);
  std::cout.flush();
  std::cerr << failure.text;
  exit_code = failure.exit_code;
  return false;
}

bool Connection::Fail(Exit code, const std::string& sentence) {
  std::cout.flush();
  std::cerr << "neshast: " << sentence << "\n";
  exit_code = code;
  return false;
}

}  // namespace neshast::cli
