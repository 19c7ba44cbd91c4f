// Finds hours that are fair to every city.
#pragma once

#include "absl/status/statusor.h"
#include "scheduling/request.h"
#include "scheduling/suggestion.h"

namespace neshast::scheduling {

// The best starts on the step grid in the request's window, with reasons.
//
// Hard: every required person is not busy (buffers included), quorums, interpreters, notice,
// forbidden dates, daily limits, series times, and no city above its hardest level. Choice:
// leximin, that is the start whose vector (ledger + points by city), sorted from worst to best, is
// least; then one that relies on nobody unknown; then less weight of optional people missing; fewer
// weighted points; round local times; earlier. Starts with more than 1.5 times the least total of
// points come after all others. Never offered: a start when another on the same host day, equally
// verified, is at least as good for every city and better for one (Pareto). Suggestions differ in
// the host's day or in its part (night, morning, afternoon, evening).
//
// Deterministic. Errors: INVALID_ARGUMENT / OUT_OF_BOUNDS with every bad field.
absl::StatusOr<SuggestResult> Suggest(const SuggestRequest& request);

}  // namespace neshast::scheduling
