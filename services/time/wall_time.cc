#include "time/wall_time.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "errors.h"

namespace neshast {
namespace {

bool IsSane(absl::civil_year_t year) {
  return year >= 1900 && year <= 2200;
}

absl::Status Malformed(absl::string_view text, absl::string_view wanted) {
  return Error(absl::StatusCode::kInvalidArgument,
               absl::StrCat("\"", text, "\" is no ", wanted, "."),
               {.reason = "MALFORMED_LOCAL_TIME", .metadata = {}, .violations = {}});
}

}  // namespace

// Abseil's parser is lenient about spaces, signs and second 60: a text is taken only if it is
// exactly what we would write.
absl::StatusOr<WallTime> ParseWallTime(absl::string_view text) {
  const std::string whole = text.size() == 16 ? absl::StrCat(text, ":00") : std::string(text);
  absl::CivilSecond second;
  if (absl::ParseCivilTime(whole, &second) && IsSane(second.year())) {
    const WallTime wall(std::chrono::seconds(second - absl::CivilSecond(1970, 1, 1)));
    if (FormatWallTime(wall) == whole) return wall;
  }
  return Malformed(text, "local time like 2026-12-01T10:00");
}

absl::StatusOr<date::year_month_day> ParseDate(absl::string_view text) {
  absl::CivilDay civil;
  if (absl::ParseCivilTime(text, &civil) && IsSane(civil.year())) {
    const auto day = date::year(static_cast<int>(civil.year())) / civil.month() / civil.day();
    if (FormatDate(day) == std::string(text)) return day;
  }
  return Malformed(text, "date like 2026-12-01");
}

std::string FormatDate(date::year_month_day day) {
  return date::format("%F", day);
}

std::string FormatWallTime(WallTime wall) {
  return date::format("%FT%T", wall);
}

std::string FormatInstant(Instant instant) {
  return date::format("%FT%TZ", instant);
}

}  // namespace neshast
