#include "ical/date_time.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ical/refusal.h"
#include "ical/text.h"
#include "status_macros.h"
#include "time/windows_zones.h"

namespace neshast::ical {
namespace {

std::optional<WallTime> ReadWall(absl::string_view text) {
  if (text.size() != 15 || text[8] != 'T') return std::nullopt;
  const auto wall =
      ParseWallTime(absl::StrCat(text.substr(0, 4), "-", text.substr(4, 2), "-", text.substr(6, 5),
                                 ":", text.substr(11, 2), ":", text.substr(13, 2)));
  if (!wall.ok()) return std::nullopt;
  return *wall;
}

// Names that may stand for the zone that `tzid` means, the likeliest first.
std::vector<std::string> ZoneNames(absl::string_view tzid) {
  std::vector<std::string> names = {std::string(tzid)};
  if (auto iana = IanaFromWindows(tzid)) names.push_back(*std::move(iana));
  if (tzid == "tzone://Microsoft/Utc") names.push_back("UTC");
  const std::vector<absl::string_view> parts = absl::StrSplit(tzid, '/');
  for (const size_t kept : {2, 3}) {
    if (parts.size() > kept) names.push_back(absl::StrJoin(parts.end() - kept, parts.end(), "/"));
  }
  return names;
}

const Zone* FindZone(absl::string_view tzid, const ZoneDatabase& zones) {
  for (const std::string& name : ZoneNames(tzid)) {
    const auto zone = zones.Find(name);
    if (zone.ok()) return *zone;
  }
  return nullptr;
}

absl::Status NoTime(const Property& property) {
  return InvalidField(property.name, absl::StrCat(property.name, " is no date and time: \"",
                                                  Excerpt(property.value), "\"."));
}

}  // namespace

std::string FormatLocal(WallTime wall) {
  return date::format("%Y%m%dT%H%M%S", wall);
}

std::string FormatUtc(Instant instant) {
  return date::format("%Y%m%dT%H%M%SZ", instant);
}

absl::StatusOr<Moment> ReadMoment(const Property& property, const ZoneDatabase& zones) {
  absl::string_view text = absl::StripAsciiWhitespace(property.value);
  const bool utc = absl::ConsumeSuffix(&text, "Z") || absl::ConsumeSuffix(&text, "z");
  const auto wall = ReadWall(text);
  if (!wall && ReadWall(absl::StrCat(text, "T000000"))) {
    return InvalidField(
        property.name,
        absl::StrCat(property.name, " names a day without an hour: \"", Excerpt(text), "\"."));
  }
  if (!wall) return NoTime(property);
  if (utc) return Moment{Instant(wall->time_since_epoch()), *wall, "UTC"};
  const absl::string_view tzid = absl::StripAsciiWhitespace(property.ParameterValue("TZID"));
  if (tzid.empty()) {
    return InvalidField(property.name, absl::StrCat(property.name, " names no time zone."));
  }
  const Zone* zone = FindZone(tzid, zones);
  if (zone == nullptr) {
    return InvalidField(property.name,
                        absl::StrCat(property.name, " is in a time zone that is not known: \"",
                                     Excerpt(tzid), "\"."));
  }
  const Reading reading = zone->Read(*wall);
  const bool skipped = reading.kind == Reading::Kind::kSkipped;
  return Moment{skipped ? reading.later : reading.earlier, *wall, zone->name()};
}

absl::StatusOr<std::chrono::seconds> ReadLength(const Property& property) {
  constexpr int kWeek = 7 * 24 * 3600;
  const absl::Status refusal =
      InvalidField(property.name, absl::StrCat(property.name, " is no length of up to a week: \"",
                                               Excerpt(property.value), "\"."));
  absl::string_view text = absl::StripAsciiWhitespace(property.value);
  absl::ConsumePrefix(&text, "+");
  if (!absl::ConsumePrefix(&text, "P")) return refusal;
  bool in_time = false;
  int64_t seconds = 0;
  while (!text.empty()) {
    if (!in_time && absl::ConsumePrefix(&text, "T")) in_time = true;
    const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    int count = 0;
    if (digits == text.size() || !absl::SimpleAtoi(text.substr(0, digits), &count)) return refusal;
    const char unit = text[digits];
    const int factor = !in_time      ? (unit == 'W'   ? kWeek
                                        : unit == 'D' ? 24 * 3600
                                                      : 0)
                       : unit == 'H' ? 3600
                       : unit == 'M' ? 60
                       : unit == 'S' ? 1
                                     : 0;
    if (factor == 0) return refusal;
    seconds += int64_t{count} * factor;
    text.remove_prefix(digits + 1);
  }
  if (seconds < 1 || seconds > kWeek) return refusal;
  return std::chrono::seconds(seconds);
}

}  // namespace neshast::ical
