#include "precedence/signed_copies.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "precedence/bounds.h"
#include "precedence/criteria.h"
#include "status_macros.h"

namespace neshast::precedence {
namespace {

// Where the party and the seat of `place` are now.
std::optional<Standing> Find(const Place& place, const std::vector<Party>& parties) {
  for (size_t party = 0; party < parties.size(); ++party) {
    if (parties[party].id != place.party) continue;
    const std::vector<Seat>& seats = parties[party].seats;
    for (size_t seat = 0; seat < seats.size(); ++seat) {
      if (seats[seat].id == place.seat) {
        return Standing{static_cast<int>(party), static_cast<int>(seat)};
      }
    }
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<Standing>> StandingsOf(const Order& order,
                                                  const std::vector<Party>& parties) {
  std::vector<Standing> standings;
  std::vector<FieldViolation> violations;
  if (order.kind != OrderKind::kSignature) {
    violations.push_back({"order.kind", "Only an order of signature has copies."});
  }
  for (size_t i = 0; i < order.places.size(); ++i) {
    const auto standing = Find(order.places[i], parties);
    if (standing) {
      standings.push_back(*standing);
    } else {
      violations.push_back(
          {absl::StrCat("order.places[", i, "]"), "A seat of one of the parties."});
    }
  }
  RETURN_IF_ERROR(OutOfBounds(std::move(violations)));
  return standings;
}

}  // namespace

absl::StatusOr<std::vector<SignedCopy>> SignedCopies(const Order& order,
                                                     const std::vector<Party>& parties) {
  RETURN_IF_ERROR(CheckBounds(parties, order.rules));
  ASSIGN_OR_RETURN(const std::vector<Standing> standings, StandingsOf(order, parties));
  const Criteria criteria(order.kind, parties, order.rules);
  std::vector<SignedCopy> copies;
  for (size_t keeper = 0; keeper < standings.size(); ++keeper) {
    std::vector<Standing> names = standings;
    std::rotate(names.begin(), names.begin() + keeper, names.begin() + keeper + 1);
    SignedCopy copy{order.places[keeper].party, criteria.PlacesOf(names)};
    if (names.size() > 1) copy.places[0].before_next = Reason{Ground::kAlternat, {}, {}};
    copies.push_back(std::move(copy));
  }
  return copies;
}

}  // namespace neshast::precedence
