#include "ical/refusal.h"

#include "errors.h"

namespace neshast::ical {
namespace {

absl::Status Refuse(const char* reason, absl::string_view field, absl::string_view sentence) {
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = reason,
                .metadata = {},
                .violations = {{std::string(field), std::string(sentence)}}});
}

}  // namespace

absl::Status OutOfBounds(absl::string_view field, absl::string_view sentence) {
  return Refuse("OUT_OF_BOUNDS", field, sentence);
}

absl::Status InvalidField(absl::string_view field, absl::string_view sentence) {
  return Refuse("INVALID_FIELD", field, sentence);
}

}  // namespace neshast::ical
