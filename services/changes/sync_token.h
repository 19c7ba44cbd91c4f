// Positions in the log, as clients keep them.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace neshast {

// An opaque token for "after `revision` of the history `epoch`".
std::string SyncToken(const std::string& epoch, int64_t revision);

// The revision a token stands for; 0 for an empty one. INVALID_ARGUMENT / INVALID_FIELD for what is
// no token; OUT_OF_RANGE / SYNC_TOKEN_EXPIRED for one of another history or beyond `newest`.
absl::StatusOr<int64_t> ReadSyncToken(const std::string& token, const std::string& epoch,
                                      int64_t newest);

}  // namespace neshast
