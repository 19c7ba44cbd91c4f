// The alternat: every party is named first in the copy that it keeps.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "precedence/order.h"
#include "precedence/party.h"

namespace neshast::precedence {

// How the parties are named, and sign, in one copy of a document.
struct SignedCopy {
  std::string keeper;  // The party that keeps this copy.
  std::vector<Place> places;
};

// One copy for each place of a kSignature order, in its order: the keeper first, the others as
// they stand. For two parties each is first once. For more, the others follow by alphabet or by
// lot, as the rules of `order` say: the Congress of Vienna decided for lots (Règlement sur le rang
// entre les agents diplomatiques, 19 March 1815, article 7), London in 1913 kept to the alphabet
// (Satow, International Congresses, 1920).
//
// `parties` are those of the order. Errors: INVALID_ARGUMENT / OUT_OF_BOUNDS for an order of
// another kind, a place whose party or seat is not among `parties`, and as Arrange().
absl::StatusOr<std::vector<SignedCopy>> SignedCopies(const Order& order,
                                                     const std::vector<Party>& parties);

}  // namespace neshast::precedence
