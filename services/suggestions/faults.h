// What a question for an hour may not ask, beyond the rules beside its fields.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "neshast/v1/scheduling_service.pb.h"

namespace neshast {

// INVALID_ARGUMENT with every fault at once: a city or person twice, a host without a delegation, a
// window that is too long, shorter than the session or over, limits of a city that does not take
// part, quorums of nobody. The reason is INVALID_FIELD, or TIME_PASSED where the window is over and
// all else is sound.
absl::Status CheckFaults(const v1::SuggestTimesRequest& request, absl::Time now);

}  // namespace neshast
