// From the work calendars of the directory to those that the search counts with, and back to what
// an hour is in a city.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/session.pb.h"
#include "scheduling/city_hour.h"
#include "scheduling/compiled_calendar.h"
#include "time/zone.h"

namespace neshast {

// The calendar of `city` over `range`; only the holidays near it are taken over. INVALID_ARGUMENT /
// UNKNOWN_TIME_ZONE when the release has lost the city's zone.
absl::StatusOr<std::shared_ptr<const scheduling::CompiledCalendar>> CalendarOf(
    const v1::City& city, const ZoneDatabase& zones, const scheduling::Interval& range);

// What `hour` is to people of `city`, with its Solar Hijri date where the city works in Persian.
v1::CityBurden ToBurden(const v1::City& city, const ZoneDatabase& zones,
                        const scheduling::CityHour& hour, Instant begins);

}  // namespace neshast
