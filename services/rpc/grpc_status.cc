#include "rpc/grpc_status.h"

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "neshast/v1/errors.pb.h"

namespace neshast {
namespace {

bool IsPublished(const std::string& reason) {
  v1::ErrorReason value;
  return v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", reason), &value);
}

grpc::Status WithDetails(int code, absl::string_view message, const ErrorDetail& detail) {
  google::rpc::Status details;
  details.set_code(code);
  details.set_message(std::string(message));
  google::rpc::ErrorInfo info;
  info.set_reason(detail.reason);
  info.set_domain("neshast");
  info.mutable_metadata()->insert(detail.metadata.begin(), detail.metadata.end());
  details.add_details()->PackFrom(info);
  if (!detail.violations.empty()) {
    google::rpc::BadRequest bad;
    for (const FieldViolation& violation : detail.violations) {
      auto* field = bad.add_field_violations();
      field->set_field(violation.field);
      field->set_description(violation.description);
    }
    details.add_details()->PackFrom(bad);
  }
  if (code == grpc::UNAVAILABLE || code == grpc::RESOURCE_EXHAUSTED) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(1);
    details.add_details()->PackFrom(retry);
  }
  return grpc::Status(static_cast<grpc::StatusCode>(code), std::string(message),
                      details.SerializeAsString());
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status, absl::string_view correlation_id) {
  if (status.ok()) return grpc::Status::OK;
  ErrorDetail detail = DetailOf(status);
  // Metadata travels in HTTP/2 trailers, which hold 8 KiB.
  if (detail.violations.size() > 25) detail.violations.resize(25);
  if (status.code() == absl::StatusCode::kInternal || !IsPublished(detail.reason)) {
    return WithDetails(grpc::INTERNAL, "internal error",
                       {.reason = "INTERNAL",
                        .metadata = {{"correlation_id", std::string(correlation_id)}},
                        .violations = {}});
  }
  return WithDetails(static_cast<int>(status.code()), status.message(), detail);
}

}  // namespace neshast
