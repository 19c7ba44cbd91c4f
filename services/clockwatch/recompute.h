// What new zone rules do to one coming session.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "neshast/v1/session.pb.h"
#include "neshast/v1/zone_alert.pb.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

struct Recomputed {
  v1::Session session;  // the same promise with the instant and burdens of the new rules
  v1::ZoneAlert alert;
};

// `session` by the rules of `zones`; nullopt where neither its instant nor any party's local hour
// differs from what it was booked with. Nothing is stored. INVALID_ARGUMENT / UNKNOWN_TIME_ZONE
// when the release has lost a zone.
absl::StatusOr<std::optional<Recomputed>> Recompute(const ZoneDatabase& zones, v1::Session session,
                                                    Transaction& tx);

}  // namespace neshast
