// A short VTIMEZONE of ours, made from the zone rules in force here.
#pragma once

#include <string>

#include "time/zone.h"

namespace neshast::ical {

// The lines of a VTIMEZONE, whose TZID is the zone's IANA name, that is right for [begins, ends)
// and for a year around it. Where the zone changes its clocks in that year and the four after by
// one yearly rule ("the last Sunday of October at 03:00"), the rule is written, since several
// clients understand nothing else; where it does not (Havana in 2026, Casablanca), each change is
// written by its date. The least offset is called STANDARD and any other DAYLIGHT; RFC 5545 gives
// the names no effect.
std::string TimeZoneLines(const Zone& zone, Instant begins, Instant ends);

}  // namespace neshast::ical
