// What an order may be asked of. Internal to the folder.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "errors.h"
#include "precedence/party.h"
#include "precedence/rules.h"

namespace neshast::precedence {

// INVALID_ARGUMENT / OUT_OF_BOUNDS with every bad field, as party.h and rules.h set them.
absl::Status CheckBounds(const std::vector<Party>& parties, const RuleSet& rules);

// Such an error; OK where there are no violations.
absl::Status OutOfBounds(std::vector<FieldViolation> violations);

}  // namespace neshast::precedence
