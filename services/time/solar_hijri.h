// The Solar Hijri calendar, in which dates are read in Isfahan.
#pragma once

#include <string>

#include "time/wall_time.h"

namespace neshast {

// The Solar Hijri date of a civil day, "1399/06/12". Source: ICU's Persian calendar (the one of the
// `date` library is a day early in 1404, 1437 and 1470). Empty if ICU has no such calendar.
std::string FormatSolarHijri(date::local_days day);

}  // namespace neshast
