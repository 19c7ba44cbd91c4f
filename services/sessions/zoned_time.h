// Promised wall times and the instants that follow from them.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "neshast/v1/zoned_time.pb.h"
#include "time/zone.h"

namespace neshast {

// Fills the instant and release of `time` by the rules of `zones`. INVALID_ARGUMENT /
// NONEXISTENT_LOCAL_TIME or AMBIGUOUS_LOCAL_TIME (metadata: earlier, later) where the zone skips or
// repeats the wall time and `occurrence` does not say which is meant; UNKNOWN_TIME_ZONE;
// TIME_PASSED where it lies before `now`. `field` is the path of `time` in the request.
absl::Status ResolveTime(const ZoneDatabase& zones, const std::string& field, absl::Time now,
                         v1::ZonedTime& time);

// The instant of `time`, whose zone `zone` is. Where the rules skip or repeat the wall time and
// `occurrence` does not say which is meant, as RFC 5545 (3.3.5) reads it: the first of two, and a
// skipped one by the offset before the gap. The text of the wall time must be sound.
Instant InstantOf(const Zone& zone, const v1::ZonedTime& time);

// What the clocks of `zone` show at `instant`, so that ResolveTime gives the instant back: where
// they show it twice, `occurrence` says which is meant.
v1::ZonedTime ZonedTimeAt(const Zone& zone, const std::string& release, Instant instant);

}  // namespace neshast
