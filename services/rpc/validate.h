// Checks a request against the rules that stand beside its fields (proto/neshast/v1/rules.proto).
#pragma once

#include <google/protobuf/message.h>

#include "absl/status/status.h"

namespace neshast {

// OK, or INVALID_ARGUMENT / INVALID_FIELD with one violation per bad field of `request`, all at
// once, each with its path as the client wrote it ("session.delegations[3].city"). Besides the
// rules, every text must be valid UTF-8 without control characters, line separators and
// bidirectional overrides, at most 4000 characters unless its rule says else; repeated fields hold
// at most 1000 elements unless their rule says else; enum values must be known. Output-only fields
// are not looked at.
absl::Status Validate(const google::protobuf::Message& request);

// Empties every output-only field, at any depth: what the server sets, no client can.
void ClearOutputOnly(google::protobuf::Message& message);

}  // namespace neshast
