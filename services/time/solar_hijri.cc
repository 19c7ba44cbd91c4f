#include "time/solar_hijri.h"

#include <unicode/calendar.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <memory>

#include "absl/strings/str_format.h"

namespace neshast {
namespace {

icu::Locale Persian() {
  return icu::Locale("fa_IR@calendar=persian");
}

// ICU counts days only; in GMT it converts nothing.
UDate MidnightInGmt(date::local_days day) {
  constexpr double kDayInMilliseconds = 86400000.0;
  return static_cast<double>(day.time_since_epoch().count()) * kDayInMilliseconds;
}

}  // namespace

SolarHijriDate ToSolarHijri(date::local_days day) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(
      icu::Calendar::createInstance(*icu::TimeZone::getGMT(), Persian(), status));
  if (U_FAILURE(status)) return {};
  calendar->setTime(MidnightInGmt(day), status);
  const SolarHijriDate date = {.year = calendar->get(UCAL_YEAR, status),
                               .month = calendar->get(UCAL_MONTH, status) + 1,
                               .day = calendar->get(UCAL_DATE, status)};
  return U_FAILURE(status) ? SolarHijriDate{} : date;
}

std::string FormatSolarHijri(date::local_days day) {
  const SolarHijriDate date = ToSolarHijri(day);
  if (date == SolarHijriDate{}) return "";
  return absl::StrFormat("%04d/%02d/%02d", date.year, date.month, date.day);
}

std::string FormatSolarHijriLong(date::local_days day) {
  UErrorCode status = U_ZERO_ERROR;
  // The pattern is spelt out: the locale's own full form puts the weekday last.
  icu::SimpleDateFormat format(icu::UnicodeString("EEEE d MMMM y"), Persian(), status);
  if (U_FAILURE(status)) return "";
  format.setTimeZone(*icu::TimeZone::getGMT());
  icu::UnicodeString text;
  format.format(MidnightInGmt(day), text);
  std::string utf8;
  return text.toUTF8String(utf8);
}

}  // namespace neshast
