// A series' history: what its cities have borne, and the hours it keeps.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scheduling/ledger.h"
#include "store/store.h"

namespace neshast {

struct SeriesHistory {
  scheduling::Ledger ledger;  // Over the held sessions.
  int held_sessions = 0;
  std::vector<Instant> promised;  // Starts of confirmed and held sessions, in no order.
};

// The history of `series` at the transaction's now, without the session `but` where one is named.
// A city counts as excused from a held session when it took part in an earlier one and not in it.
absl::StatusOr<SeriesHistory> HistoryOf(const std::string& series, const std::string& but,
                                        Transaction& tx);

}  // namespace neshast
