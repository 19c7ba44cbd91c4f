// What can be measured. Each prints figures and ratios and judges nothing.
#pragma once

#include <cstdint>

namespace neshast::bench {

// GetSession against the standard health check, which does nothing, on one server: `rounds` of each
// in turn, of `seconds`.
void MeasureCalls(int rounds, double seconds);

// Durable bookings by 64 clients on a server that commits in groups against one that commits each
// by itself: `rounds` of each in turn, of `seconds`.
void MeasureBookings(int rounds, double seconds);

// Memory of `streams` open watch streams, what they cost at rest, and when all of them have a
// change, for `commits` changes.
void MeasureWatch(int streams, int commits);

// A booking, a day's list and a look-up with 1,000 stored sessions and each ten times more, up to
// `most`: `rounds` on each store in turn, of `calls` each.
void MeasureGrowth(int64_t most, int rounds, int calls);

// Searches of a library of `practices`, `calls` of each kind after as many that only warm it up.
void MeasureSearch(int64_t practices, int calls);

}  // namespace neshast::bench
