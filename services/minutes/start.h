// How minutes begin.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "neshast/v1/minutes.pb.h"
#include "neshast/v1/session.pb.h"
#include "store/store.h"

namespace neshast {

// Starts the minutes of `session`, which is held: a draft with the attendance, not yet known, of
// everybody who has a seat or was called without one. For SessionMethods, so that closing a session
// and starting its minutes is one act. ALREADY_EXISTS / RESOURCE_EXISTS.
absl::Status StartMinutesOf(const v1::Session& session, Transaction& tx);

// The draft that amends `sealed`, not yet stored. It begins with the same attendance and languages
// and without entries; who has withdrawn stays so.
v1::Minutes AmendmentOf(const v1::Minutes& sealed, const std::string& name,
                        const std::string& reason);

}  // namespace neshast
