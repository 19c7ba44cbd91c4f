#include "clockwatch/recompute.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sessions/booking.h"
#include "sessions/burdens.h"
#include "sessions/random_id.h"
#include "sessions/zoned_time.h"

namespace neshast {
namespace {

void AddMoves(const v1::Session& before, const v1::Session& after, v1::ZoneAlert& alert) {
  for (const v1::CityBurden& now : after.burdens()) {
    const auto was =
        std::find_if(before.burdens().begin(), before.burdens().end(),
                     [&](const v1::CityBurden& burden) { return burden.city() == now.city(); });
    if (was == before.burdens().end()) continue;
    if (was->start_time().local_time() == now.start_time().local_time()) continue;
    v1::CityMove& move = *alert.add_cities();
    *move.mutable_before() = *was;
    *move.mutable_after() = now;
  }
}

// Who is booked at the new instant; an alert, no refusal: clocks do not ask.
absl::Status AddBooked(const v1::Session& session, Transaction& tx, v1::ZoneAlert& alert) {
  const absl::Status free = CheckPeopleFree(session, "", tx);
  const ErrorDetail detail = DetailOf(free);
  if (detail.reason != "PERSON_BOOKED") return free;
  for (const FieldViolation& person : detail.violations) alert.add_booked_people(person.field);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<Recomputed>> Recompute(const ZoneDatabase& zones, v1::Session session,
                                                    Transaction& tx) {
  ASSIGN_OR_RETURN(const Zone* zone, zones.Find(session.start_time().time_zone()));
  Recomputed recomputed;
  v1::Session& after = recomputed.session;
  after = session;
  v1::ZonedTime& start = *after.mutable_start_time();
  start.mutable_instant()->set_seconds(InstantOf(*zone, start).time_since_epoch().count());
  start.set_tzdata_release(zones.release());
  RETURN_IF_ERROR(SetBurdens(zones, tx, after));

  v1::ZoneAlert& alert = recomputed.alert;
  AddMoves(session, after, alert);
  const bool same_instant = start.instant().seconds() == session.start_time().instant().seconds();
  if (same_instant && alert.cities().empty()) return std::nullopt;
  alert.set_name(absl::StrCat("zoneAlerts/", RandomId()));
  alert.set_session(session.name());
  alert.set_host(session.host());
  alert.mutable_create_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  *alert.mutable_before() = session.start_time();
  *alert.mutable_after() = start;
  alert.set_state(v1::ZoneAlert::STATE_OPEN);
  RETURN_IF_ERROR(AddBooked(after, tx, alert));
  return recomputed;
}

}  // namespace neshast
