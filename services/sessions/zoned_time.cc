#include "sessions/zoned_time.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "status_macros.h"
#include "time/wall_time.h"

namespace neshast {
namespace {

absl::Status Refused(absl::StatusCode code, absl::string_view reason, const std::string& sentence,
                     const std::string& field, std::map<std::string, std::string> metadata) {
  return Error(code, sentence,
               {.reason = std::string(reason),
                .metadata = std::move(metadata),
                .violations = {{field, sentence}}});
}

absl::StatusOr<Instant> Choose(const Reading& reading, const v1::ZonedTime& time,
                               const std::string& field) {
  if (reading.kind == Reading::Kind::kUnique || time.occurrence() == v1::OCCURRENCE_EARLIER) {
    return reading.earlier;
  }
  if (time.occurrence() == v1::OCCURRENCE_LATER) return reading.later;
  const bool skipped = reading.kind == Reading::Kind::kSkipped;
  return Refused(
      absl::StatusCode::kInvalidArgument,
      skipped ? "NONEXISTENT_LOCAL_TIME" : "AMBIGUOUS_LOCAL_TIME",
      absl::StrCat("The clocks of ", time.time_zone(), skipped ? " skip " : " show twice ",
                   time.local_time(),
                   ". Say which is meant by `occurrence`, or choose another time."),
      field + ".local_time",
      {{"earlier", FormatInstant(reading.earlier)}, {"later", FormatInstant(reading.later)}});
}

}  // namespace

absl::Status ResolveTime(const ZoneDatabase& zones, const std::string& field, absl::Time now,
                         v1::ZonedTime& time) {
  ASSIGN_OR_RETURN(const Zone* zone, zones.Find(time.time_zone()));
  ASSIGN_OR_RETURN(const WallTime wall, ParseWallTime(time.local_time()));
  ASSIGN_OR_RETURN(const Instant instant, Choose(zone->Read(wall), time, field));
  if (instant.time_since_epoch().count() <= absl::ToUnixSeconds(now)) {
    return Refused(absl::StatusCode::kInvalidArgument, "TIME_PASSED",
                   absl::StrCat(time.local_time(), " in ", time.time_zone(), " has passed."),
                   field + ".local_time", {{"instant", FormatInstant(instant)}});
  }
  time.set_local_time(FormatWallTime(wall));
  time.mutable_instant()->set_seconds(instant.time_since_epoch().count());
  time.mutable_instant()->set_nanos(0);
  time.set_tzdata_release(zones.release());
  return absl::OkStatus();
}

Instant InstantOf(const Zone& zone, const v1::ZonedTime& time) {
  const Reading reading = zone.Read(ParseWallTime(time.local_time()).value_or(WallTime()));
  if (time.occurrence() == v1::OCCURRENCE_EARLIER) return reading.earlier;
  if (time.occurrence() == v1::OCCURRENCE_LATER) return reading.later;
  return reading.kind == Reading::Kind::kSkipped ? reading.later : reading.earlier;
}

v1::ZonedTime ZonedTimeAt(const Zone& zone, const std::string& release, Instant instant) {
  v1::ZonedTime time;
  const WallTime wall = zone.ToWall(instant);
  time.set_local_time(FormatWallTime(wall));
  time.set_time_zone(zone.name());
  time.mutable_instant()->set_seconds(instant.time_since_epoch().count());
  time.set_tzdata_release(release);
  const Reading reading = zone.Read(wall);
  if (reading.kind == Reading::Kind::kRepeated) {
    time.set_occurrence(instant == reading.earlier ? v1::OCCURRENCE_EARLIER : v1::OCCURRENCE_LATER);
  }
  return time;
}

}  // namespace neshast
