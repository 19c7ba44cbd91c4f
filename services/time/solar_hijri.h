// The Solar Hijri calendar, in which dates are read in Isfahan. Source: ICU's Persian calendar (the
// one of the `date` library is a day early in 1404, 1437 and 1470).
#pragma once

#include <string>

#include "time/wall_time.h"

namespace neshast {

// `month` and `day` count from 1; 1 Farvardin (Nowruz) is {year, 1, 1}.
struct SolarHijriDate {
  int year = 0;
  int month = 0;
  int day = 0;

  bool operator==(const SolarHijriDate&) const = default;
};

// The Solar Hijri date of a civil day; all zeroes if ICU has lost its Persian calendar.
SolarHijriDate ToSolarHijri(date::local_days day);

// "1399/06/12", in ASCII digits; empty where ToSolarHijri has no answer.
std::string FormatSolarHijri(date::local_days day);

// In Persian with its weekday, for people: "چهارشنبه ۱۲ شهریور ۱۳۹۹". Empty if ICU has no Persian.
std::string FormatSolarHijriLong(date::local_days day);

}  // namespace neshast
