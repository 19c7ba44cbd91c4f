// Zone names of Windows, which Outlook writes into calendars.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace neshast {

// The IANA name of a Windows zone: "Iran Standard Time" -> "Asia/Tehran". Nothing for names that
// Windows does not know, IANA names among them. For calendars that are read; our own API takes IANA
// names only. Source: CLDR's windowsZones, by way of ICU.
std::optional<std::string> IanaFromWindows(absl::string_view windows_name);

}  // namespace neshast
