// What makes a booking sound: times that exist, people who are free, references that stand.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "neshast/v1/session.pb.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// Fills the instant and release of `time` by the rules of `zones`. INVALID_ARGUMENT /
// NONEXISTENT_LOCAL_TIME or AMBIGUOUS_LOCAL_TIME (metadata: earlier, later) where the zone skips or
// repeats the wall time and `occurrence` does not say which is meant; UNKNOWN_TIME_ZONE;
// TIME_PASSED where it lies before `now`.
absl::Status ResolveTime(const ZoneDatabase& zones, const std::string& field, absl::Time now,
                         v1::ZonedTime& time);

// INVALID_ARGUMENT / INVALID_FIELD with every structural fault: a city twice, a person twice, a
// host without a delegation; FAILED_PRECONDITION / REFERENCE_NOT_FOUND.
absl::Status CheckSession(const v1::Session& session, Transaction& tx);

// FAILED_PRECONDITION / PERSON_BOOKED unless every one of `people` is free of confirmed sessions
// and holds in the interval, those of `holder` and `released` aside. Says who, when and by what
// kind of thing, never by its title.
absl::Status CheckNobodyIsBooked(const std::vector<std::string>& people, const v1::ZonedTime& start,
                                 const google::protobuf::Duration& duration,
                                 const std::string& holder, const std::string& released,
                                 Transaction& tx);

}  // namespace neshast
