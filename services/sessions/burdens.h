// How hard the hour of a session is for each of its cities.
#pragma once

#include "absl/status/status.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/session.pb.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// The level of the hardest quarter hour of [begins, begins + duration) in `city`: 0 inside office
// hours, 1 within an hour of them, 2 from 07 to 20, 3 from 06 to 22, 4 at night; on a weekend or a
// full holiday at least 3. A half holiday ends or begins the hours at noon; a city without a
// calendar works from Monday to Friday, 09-17.
int LevelIn(const v1::City& city, const Zone& zone, Instant begins, std::chrono::seconds duration);

// Replaces the burdens of `session` by those of its present time, one per delegation's city, by
// the work calendars as they are now. The time must be resolved and the cities exist.
absl::Status SetBurdens(const ZoneDatabase& zones, Transaction& tx, v1::Session& session);

}  // namespace neshast
