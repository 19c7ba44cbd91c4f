// References between resources: fields whose rule is a resource pattern.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "store/store.h"

namespace neshast {

// Every resource that `resource` (or a request, with an empty `path`) refers to, with the path of
// the field ("session.host"); its own name and output-only fields are none.
std::vector<std::pair<std::string, std::string>> ReferencesOf(
    const google::protobuf::Message& resource, const std::string& path);

// FAILED_PRECONDITION / REFERENCE_NOT_FOUND with a violation for each that does not exist.
absl::Status CheckReferences(const google::protobuf::Message& resource, const std::string& path,
                             Transaction& tx);

// FAILED_PRECONDITION / RESOURCE_IN_USE (metadata: name, referrer) while anything refers to `name`.
absl::Status CheckUnused(const std::string& name, Transaction& tx);

// The list in which everything that refers to `name` stands.
std::string ReferrersOf(const std::string& name);

}  // namespace neshast
