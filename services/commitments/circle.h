// Between which cities a commitment stands.
#pragma once

#include <set>
#include <string>

#include "absl/status/status.h"
#include "neshast/v1/commitment.pb.h"
#include "neshast/v1/session.pb.h"
#include "store/store.h"

namespace neshast {

// The host and every city with a delegation.
std::set<std::string> PartiesOf(const v1::Session& session);

// Fills in the session, cities and circle of `commitment`, whose references are sound.
// INVALID_ARGUMENT / INVALID_FIELD (fields of `commitment`) where its cities, its host and its
// source do not belong together.
absl::Status DrawCircle(v1::Commitment& commitment, Transaction& tx);

}  // namespace neshast
