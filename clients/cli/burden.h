// What an hour is in a city, in words.
#pragma once

#include <string>

#include "cli/lookup.h"
#include "cli/print.h"
#include "neshast/v1/session.pb.h"

namespace neshast::cli {

// "office hours", "a night": what a level of 0 to 4 means.
std::string LevelInWords(int level);

// "office hours", "edge", "early", "late", "hard" or "night".
Cell HourCell(const v1::CityBurden& burden);

// Why the hour is so, the holiday by its name, and whether its date is computed.
std::string WhyInWords(const v1::CityBurden& burden);

// "Tuesday 1 December 2026 (1405/09/10), 11:30 in Isfahan, 90 minutes": `start` in words;
// the Solar Hijri date where `burden`, that of the host, has one.
std::string WhenInWords(const v1::CityBurden& burden, const std::string& city, int64_t seconds);

}  // namespace neshast::cli
