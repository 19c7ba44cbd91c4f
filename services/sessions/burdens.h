// How hard the hour of a session is for each of its cities.
#pragma once

#include "absl/status/status.h"
#include "neshast/v1/session.pb.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// Replaces the burdens of `session` by those of its present time, one per delegation's city, by
// the work calendars as they are now. The time must be resolved, and the cities and a delegation of
// the host be there. Nobody's tentative time counts: what is promised is not tentative.
absl::Status SetBurdens(const ZoneDatabase& zones, Transaction& tx, v1::Session& session);

}  // namespace neshast
