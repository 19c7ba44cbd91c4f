#include "time/windows_zones.h"

#include <unicode/timezone.h>

namespace neshast {

std::optional<std::string> IanaFromWindows(absl::string_view windows_name) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString iana;
  const icu::StringPiece name(windows_name.data(), static_cast<int32_t>(windows_name.size()));
  icu::TimeZone::getIDForWindowsID(icu::UnicodeString::fromUTF8(name), nullptr, iana, status);
  if (U_FAILURE(status) || iana.isEmpty()) return std::nullopt;
  std::string utf8;
  return iana.toUTF8String(utf8);
}

}  // namespace neshast
