// How everything below rpc/ says what went wrong: an absl::Status that carries a machine-readable
// reason, its metadata and the bad fields. rpc/ turns it into google.rpc.ErrorInfo and BadRequest.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace neshast {

// One bad field of a request. `field` is the path as the client wrote it
// ("session.start_time.time_zone"), `description` a sentence for people.
struct FieldViolation {
  std::string field;
  std::string description;
};

// What a failed call tells machines. `reason` is the name of a value of v1::ErrorReason without its
// prefix ("UNKNOWN_TIME_ZONE"); a name that is no such value reaches the client as INTERNAL.
struct ErrorDetail {
  std::string reason;
  std::map<std::string, std::string> metadata = {};
  std::vector<FieldViolation> violations = {};
};

// A status of `code` whose message is the sentence `message` and whose payload is `detail`.
absl::Status Error(absl::StatusCode code, absl::string_view message, ErrorDetail detail);

// The detail of `status`; an empty reason where it carries none (OK, or a status made elsewhere).
ErrorDetail DetailOf(const absl::Status& status);

}  // namespace neshast
