// From what the search found, by indexes, to the contract's answer, by names and local times.
#pragma once

#include "absl/status/statusor.h"
#include "neshast/v1/scheduling_service.pb.h"
#include "scheduling/suggestion.h"
#include "suggestions/question.h"
#include "time/zone.h"

namespace neshast {

// `result` is the search's answer to `question`, which was made of `request`. INVALID_ARGUMENT /
// UNKNOWN_TIME_ZONE when the release has lost the host's zone.
absl::StatusOr<v1::SuggestTimesResponse> AnswerOf(const ZoneDatabase& zones,
                                                  const v1::SuggestTimesRequest& request,
                                                  const Question& question,
                                                  const scheduling::SuggestResult& result);

}  // namespace neshast
