// Errors as gRPC clients see them: the only place that makes a grpc::Status.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace neshast {

// `status` with exactly one ErrorInfo (domain "neshast"), a BadRequest where fields are bad, and a
// RetryInfo where trying again makes sense. What carries no published reason is a defect of ours:
// it becomes INTERNAL with `correlation_id` and nothing of its text.
grpc::Status ToGrpc(const absl::Status& status, absl::string_view correlation_id);

}  // namespace neshast
