// Wall clocks and instants, to the second.
#pragma once

#include <date/date.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace neshast {

using Instant = date::sys_seconds;
using WallTime = date::local_seconds;

// The wall time that `text` writes: "2026-12-01T10:00" or "2026-12-01T10:00:00", years 1900 to
// 2200. INVALID_ARGUMENT / MALFORMED_LOCAL_TIME for anything else.
absl::StatusOr<WallTime> ParseWallTime(absl::string_view text);

// The day that `text` writes: "2026-12-01", years 1900 to 2200. INVALID_ARGUMENT /
// MALFORMED_LOCAL_TIME for anything else, February 30th too.
absl::StatusOr<date::year_month_day> ParseDate(absl::string_view text);

// "2026-12-01"
std::string FormatDate(date::year_month_day day);

// "2026-12-01T10:00:00"
std::string FormatWallTime(WallTime wall);

// "2026-12-01T06:30:00Z"
std::string FormatInstant(Instant instant);

}  // namespace neshast
