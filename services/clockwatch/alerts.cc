#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clockwatch/clockwatch.h"
#include "neshast/v1/clock_service.pb.h"
#include "rpc/standard_methods.h"
#include "sessions/holds.h"
#include "sessions/move.h"
#include "sessions/zoned_time.h"

namespace neshast {
namespace {

using v1::ZoneAlert;

absl::StatusOr<v1::ListZoneAlertsResponse> ListZoneAlerts(const Caller&,
                                                          const v1::ListZoneAlertsRequest& request,
                                                          Transaction& tx) {
  ListQuery query{.kind = "ZoneAlert", .parent = "", .list = {}, .after = ""};
  if (!request.show_decided()) query.list = "zoneAlerts@open";
  ASSIGN_OR_RETURN(auto page,
                   ListPage<ZoneAlert>(query, request.page_size(), request.page_token(), tx));
  v1::ListZoneAlertsResponse response;
  for (ZoneAlert& alert : page.first) *response.add_alerts() = std::move(alert);
  response.set_next_page_token(page.second);
  return response;
}

absl::Status CheckOpen(const ZoneAlert& alert, const v1::Session& session) {
  const bool stands = session.start_time().instant().seconds() == alert.after().instant().seconds();
  if (alert.state() == ZoneAlert::STATE_OPEN && stands) return absl::OkStatus();
  const std::string state = ZoneAlert::State_Name(alert.state());
  return Error(absl::StatusCode::kFailedPrecondition,
               stands ? "The alert is decided already."
                      : "The session was moved since; there is nothing left to decide.",
               {.reason = "WRONG_STATE", .metadata = {{"state", state}}, .violations = {}});
}

// The start at which `city` has the hour it had before the rules changed, on the clock of the
// promise.
absl::StatusOr<v1::ZonedTime> StartKeeping(const std::string& city, const ZoneAlert& alert,
                                           const ZoneDatabase& zones) {
  const auto move =
      std::find_if(alert.cities().begin(), alert.cities().end(),
                   [&](const v1::CityMove& each) { return each.before().city() == city; });
  if (move == alert.cities().end()) {
    return Error(absl::StatusCode::kInvalidArgument,
                 absl::StrCat("The hour of ", city, " does not move."),
                 {.reason = "INVALID_FIELD",
                  .metadata = {},
                  .violations = {{"kept_city", "It must be a city whose hour moves."}}});
  }
  ASSIGN_OR_RETURN(const Zone* there, zones.Find(move->before().start_time().time_zone()));
  ASSIGN_OR_RETURN(const Zone* promised, zones.Find(alert.after().time_zone()));
  return ZonedTimeAt(*promised, zones.release(), InstantOf(*there, move->before().start_time()));
}

absl::StatusOr<ZoneAlert> DecideZoneAlert(const ZoneDatabase& zones, const Caller&,
                                          const v1::DecideZoneAlertRequest& request,
                                          Transaction& tx) {
  ASSIGN_OR_RETURN(ZoneAlert alert, tx.Get<ZoneAlert>(request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::Session session, tx.Get<v1::Session>(alert.session()));
  RETURN_IF_ERROR(CheckOpen(alert, session));
  alert.set_state(ZoneAlert::STATE_PROMISE_KEPT);
  if (!request.kept_city().empty()) {
    ASSIGN_OR_RETURN(const v1::ZonedTime start, StartKeeping(request.kept_city(), alert, zones));
    const std::string reason = absl::StrCat("New zone rules (", alert.after().tzdata_release(),
                                            "): ", request.kept_city(), " keeps its hour.");
    ASSIGN_OR_RETURN(v1::Session moved,
                     Moved(zones, session, {start, session.duration(), reason}, "kept_city", tx));
    RETURN_IF_ERROR(MoveHoldOf(moved, tx));
    RETURN_IF_ERROR(tx.Put(std::move(moved)).status());
    alert.set_state(ZoneAlert::STATE_MOVED);
    alert.set_kept_city(request.kept_city());
  }
  return tx.Put(std::move(alert));
}

}  // namespace

std::vector<Method> ClockMethods(const ZonesInForce& zones) {
  const std::string service = "neshast.v1.ClockService.";
  return {
      Bind(service + "ListZoneAlerts", &ListZoneAlerts),
      BindWithZones(service + "DecideZoneAlert", zones, &DecideZoneAlert),
  };
}

}  // namespace neshast
