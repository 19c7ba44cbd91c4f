#include "sessions/burdens.h"

#include "neshast/v1/city.pb.h"
#include "sessions/calendars.h"

namespace neshast {

absl::Status SetBurdens(const ZoneDatabase& zones, Transaction& tx, v1::Session& session) {
  session.clear_burdens();
  const Instant begins(std::chrono::seconds(session.start_time().instant().seconds()));
  const scheduling::Interval slot{begins,
                                  begins + std::chrono::seconds(session.duration().seconds())};
  ASSIGN_OR_RETURN(const v1::City host_city, tx.Get<v1::City>(session.host()));
  ASSIGN_OR_RETURN(const auto host, CalendarOf(host_city, zones, slot));
  for (const v1::Delegation& delegation : session.delegations()) {
    ASSIGN_OR_RETURN(const v1::City city, tx.Get<v1::City>(delegation.city()));
    ASSIGN_OR_RETURN(const auto calendar, CalendarOf(city, zones, slot));
    const auto hour = scheduling::HourIn(*calendar, slot, calendar->Over(slot), *host);
    *session.add_burdens() = ToBurden(city, zones, hour, begins);
  }
  return absl::OkStatus();
}

}  // namespace neshast
