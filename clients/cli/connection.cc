#include "cli/connection.h"

#include <chrono>
#include <fstream>
#include <iostream>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace neshast::cli {
namespace {

int ExitCodeOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::INVALID_ARGUMENT:
    case grpc::OUT_OF_RANGE:
      return kInvalid;
    case grpc::NOT_FOUND:
      return kNotFound;
    case grpc::FAILED_PRECONDITION:
    case grpc::ABORTED:
    case grpc::ALREADY_EXISTS:
      return kConflict;
    case grpc::UNAUTHENTICATED:
    case grpc::PERMISSION_DENIED:
      return kDenied;
    case grpc::UNAVAILABLE:
    case grpc::DEADLINE_EXCEEDED:
    case grpc::RESOURCE_EXHAUSTED:
      return kUnavailable;
    default:
      return kOther;
  }
}

const char* AdviceFor(grpc::StatusCode code) {
  switch (code) {
    case grpc::UNAVAILABLE:
      return "Is the server up? Start it with deploy/up, or say where it is with --server.";
    case grpc::UNAUTHENTICATED:
      return "Give a token with --token-file or NESHAST_TOKEN.";
    case grpc::ABORTED:
      return "Read it again, then repeat the change.";
    default:
      return nullptr;
  }
}

}  // namespace

std::shared_ptr<grpc::Channel> Connection::Channel() {
  if (channel_ == nullptr) {
    channel_ = grpc::CreateChannel(server, grpc::InsecureChannelCredentials());
  }
  return channel_;
}

void Connection::Prepare(grpc::ClientContext& context, bool endless) const {
  context.AddMetadata("authorization", "Bearer " + token);
  if (endless) return;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(timeout_seconds));
}

bool Connection::Check(const grpc::Status& status) {
  if (status.ok()) return true;
  exit_code = ExitCodeOf(status.error_code());
  std::cerr << "neshast: " << status.error_message() << "\n";
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  for (const auto& detail : details.details()) {
    google::rpc::BadRequest bad;
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&bad)) {
      for (const auto& violation : bad.field_violations()) {
        std::cerr << "  " << violation.field() << ": " << violation.description() << "\n";
      }
    } else if (detail.UnpackTo(&info)) {
      std::cerr << "  reason " << info.reason();
      for (const auto& [key, value] : info.metadata()) std::cerr << ", " << key << " " << value;
      std::cerr << "\n";
    }
  }
  if (const char* advice = AdviceFor(status.error_code())) std::cerr << advice << "\n";
  return false;
}

std::string NewRequestId() {
  std::ifstream random("/proc/sys/kernel/random/uuid");
  std::string id;
  std::getline(random, id);
  return id;
}

}  // namespace neshast::cli
