// Times and lengths as iCalendar writes them.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "ical/calendar.h"
#include "time/zone.h"

namespace neshast::ical {

// "20261201T100000"
std::string FormatLocal(WallTime wall);

// "20261201T063000Z"
std::string FormatUtc(Instant instant);

// A time that somebody wrote. `time_zone` is the IANA name, "UTC" for times that end in Z.
struct Moment {
  Instant instant;
  WallTime wall;
  std::string time_zone;
};

// The time of DTSTART, DTEND and the like. The zone is looked up by its name in `zones`: an IANA
// name, one of Windows ("Iran Standard Time"), or an IANA name behind a prefix ("/mozilla.org/
// 20050126_1/Asia/Tehran"); a VTIMEZONE in the text is never believed. A wall time that the zone
// repeats is the first one, one that it skips is read with the offset before the gap (RFC 5545
// section 3.3.5). INVALID_ARGUMENT / INVALID_FIELD for zones that nobody knows, times without a
// zone, days without an hour, anything else.
absl::StatusOr<Moment> ReadMoment(const Property& property, const ZoneDatabase& zones);

// The length that "PT1H30M" or "P1W" writes; at least a second and at most a week.
// INVALID_ARGUMENT / INVALID_FIELD.
absl::StatusOr<std::chrono::seconds> ReadLength(const Property& property);

}  // namespace neshast::ical
