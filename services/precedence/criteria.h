// The rules applied to the parties of one order: who stands before whom. Internal to the folder.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "precedence/order.h"
#include "precedence/party.h"
#include "precedence/rules.h"

namespace neshast::precedence {

// A seat that has a place: indexes in the parties and in Party::seats.
struct Standing {
  int party = 0;
  int seat = 0;
};

// One rule's view of all parties, by their indexes.
struct Criterion {
  struct Key {
    int64_t number = 0;
    std::string bytes;
    auto operator<=>(const Key&) const = default;
  };
  Ground ground = Ground::kHost;
  std::vector<Key> keys;      // The lesser stands first.
  std::vector<Value> values;  // What is told of each.
};

// Of parties and rules that CheckBounds() accepts. Refers to `parties`.
class Criteria {
 public:
  Criteria(OrderKind kind, const std::vector<Party>& parties, const RuleSet& rules);

  // Who has a place, in the order of the rules.
  std::vector<Standing> InOrder() const;

  // A total order.
  bool Before(Standing a, Standing b) const;

  // Why `first` stands before `second`; kept by a lock where Before() says otherwise.
  Reason ReasonFor(Standing first, Standing second) const;

  // The places of `standings`, with the reason between each two.
  std::vector<Place> PlacesOf(const std::vector<Standing>& standings) const;

 private:
  bool PartyBefore(int a, int b) const;
  Reason Compare(Standing a, Standing b) const;
  const Seat& SeatOf(Standing standing) const;

  OrderKind kind_;
  const std::vector<Party>& parties_;
  std::vector<Criterion> criteria_;
};

}  // namespace neshast::precedence
