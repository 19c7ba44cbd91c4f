// Works an order out again when a delegation has changed, and says what became of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "precedence/order.h"
#include "precedence/party.h"

namespace neshast::precedence {

enum class ChangeKind {
  kWent,         // Has no place any more.
  kCame,         // Has a place now.
  kSubstituted,  // Another person in the same seat; so too when the first is named for it.
  kMoved,        // Stands elsewhere.
};

struct Change {
  ChangeKind kind = ChangeKind::kMoved;
  std::string party;
  std::string seat;           // Where a party has one place only, the seat that stands for it now.
  int from = 0;               // The place before, counted from 1; 0: it had none.
  int to = 0;                 // The place now, counted from 1; 0: it has none.
  std::string person_before;  // Empty with kCame.
  std::string person_now;     // Empty with kWent.
  // Why it stands at `to`: how it compares with the place `against` (counted from 1), whichever of
  // the two is first. kCame: its neighbour. kMoved: the nearest that it passed or that passed it;
  // absent where it moved up or down only because others came or went. kSubstituted: the neighbour
  // that the rules would now put on its other side; absent where the lock keeps nothing from them.
  int against = 0;
  std::optional<Reason> reason;

  bool operator==(const Change&) const = default;
};

struct Recalculation {
  Order order;  // Of the same kind and rules, locked if it was.
  // First who went, by their old places; then, along the new order, everything else.
  std::vector<Change> changes;
};

// `order` for `parties` as they are now.
//
// Not locked: as Arrange() has it. Locked: whoever had a place keeps it before and after the same
// others, whatever the rules now say, and a substitute has the place of the person replaced;
// whoever is new stands before the first that the rules put after it.
//
// Seats are known again by their ids, parties by theirs (on the screen and under a document the
// place is the party's, so that another seat that stands for it is a substitution).
//
// Errors: as Arrange(), and for a place that stands twice in `order`.
absl::StatusOr<Recalculation> Recalculate(const Order& order, const std::vector<Party>& parties);

}  // namespace neshast::precedence
