// Requests that are wrong in a way no rule beside a field can tell.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "errors.h"

namespace neshast {

// INVALID_ARGUMENT / INVALID_FIELD with these violations; OK where there are none.
absl::Status Refuse(std::vector<FieldViolation> violations);

}  // namespace neshast
