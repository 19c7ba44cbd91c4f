// Update masks (AIP-134): one function applies them, no handler tests paths.
#pragma once

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include "absl/status/status.h"

namespace neshast {

// Copies the fields of `from` that `mask` names into `to`, of the same type. An empty mask means
// the fields that are populated in `from`; "*" means all. `name`, `etag` and output-only fields are
// never copied. INVALID_ARGUMENT / INVALID_FIELD (field update_mask) for a path that does not
// exist.
absl::Status ApplyMask(const google::protobuf::FieldMask& mask,
                       const google::protobuf::Message& from, google::protobuf::Message& to);

}  // namespace neshast
