#include "rpc/refusal.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace neshast {

absl::Status Refuse(std::vector<FieldViolation> violations) {
  if (violations.empty()) return absl::OkStatus();
  std::string sentence = absl::StrCat(violations.size(), " field(s) are wrong:");
  for (const FieldViolation& each : violations) {
    absl::StrAppend(&sentence, " ", each.field, ": ", each.description);
  }
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(violations)});
}

}  // namespace neshast
