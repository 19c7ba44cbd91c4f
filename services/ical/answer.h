// What somebody says to an invitation (PARTSTAT).
#pragma once

#include "absl/strings/string_view.h"

namespace neshast::ical {

enum class Answer { kNeedsAction, kAccepted, kDeclined, kTentative, kDelegated };

// "NEEDS-ACTION"
absl::string_view NameOf(Answer answer);

// The answer of that name, in any case; kNeedsAction for names that are not known (RFC 5545 section
// 3.2.12) and for none.
Answer AnswerOf(absl::string_view name);

}  // namespace neshast::ical
