#include "time/solar_hijri.h"

#include <unicode/calendar.h>
#include <unicode/timezone.h>

#include <memory>

#include "absl/strings/str_format.h"

namespace neshast {

std::string FormatSolarHijri(date::local_days day) {
  UErrorCode status = U_ZERO_ERROR;
  // ICU counts days only; in GMT it converts nothing.
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      icu::TimeZone::getGMT()->clone(), icu::Locale("fa_IR@calendar=persian"), status));
  if (U_FAILURE(status)) return "";
  constexpr double kDay = 86400000.0;
  calendar->setTime(static_cast<double>(day.time_since_epoch().count()) * kDay, status);
  const int year = calendar->get(UCAL_YEAR, status);
  const int month = calendar->get(UCAL_MONTH, status) + 1;
  const int date = calendar->get(UCAL_DATE, status);
  return U_FAILURE(status) ? "" : absl::StrFormat("%04d/%02d/%02d", year, month, date);
}

}  // namespace neshast
