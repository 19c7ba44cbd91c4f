// How this folder refuses: INVALID_ARGUMENT, one of two reasons, the field and a sentence.
// Internal.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace neshast::ical {

// Reason OUT_OF_BOUNDS: more than we read.
absl::Status OutOfBounds(absl::string_view field, absl::string_view sentence);

// Reason INVALID_FIELD: not what it should be.
absl::Status InvalidField(absl::string_view field, absl::string_view sentence);

}  // namespace neshast::ical
