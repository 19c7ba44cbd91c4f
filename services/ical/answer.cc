#include "ical/answer.h"

#include <iterator>

#include "absl/strings/match.h"

namespace neshast::ical {
namespace {

constexpr absl::string_view kNames[] = {"NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE",
                                        "DELEGATED"};

}  // namespace

absl::string_view NameOf(Answer answer) {
  return kNames[static_cast<int>(answer)];
}

Answer AnswerOf(absl::string_view name) {
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (absl::EqualsIgnoreCase(name, kNames[i])) return static_cast<Answer>(i);
  }
  return Answer::kNeedsAction;
}

}  // namespace neshast::ical
