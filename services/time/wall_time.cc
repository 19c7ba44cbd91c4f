#include "time/wall_time.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "errors.h"

namespace neshast {

absl::StatusOr<WallTime> ParseWallTime(absl::string_view text) {
  absl::CivilSecond second;
  absl::CivilMinute minute;
  bool parsed = false;
  if (text.size() == 19 && absl::ParseCivilTime(text, &second)) {
    parsed = true;
  } else if (text.size() == 16 && absl::ParseCivilTime(text, &minute)) {
    second = absl::CivilSecond(minute);
    parsed = true;
  }
  if (!parsed || text[10] != 'T' || second.year() < 1900 || second.year() > 2200) {
    return Error(absl::StatusCode::kInvalidArgument,
                 absl::StrCat("\"", text, "\" is no local time like 2026-12-01T10:00."),
                 {.reason = "MALFORMED_LOCAL_TIME", .metadata = {}, .violations = {}});
  }
  return WallTime(std::chrono::seconds(second - absl::CivilSecond(1970, 1, 1)));
}

std::string FormatWallTime(WallTime wall) {
  return date::format("%FT%T", wall);
}

std::string FormatInstant(Instant instant) {
  return date::format("%FT%TZ", instant);
}

}  // namespace neshast
