#include "precedence/arrange.h"

#include "precedence/bounds.h"
#include "precedence/criteria.h"
#include "status_macros.h"

namespace neshast::precedence {

absl::StatusOr<Order> Arrange(OrderKind kind, const std::vector<Party>& parties,
                              const RuleSet& rules) {
  RETURN_IF_ERROR(CheckBounds(parties, rules));
  const Criteria criteria(kind, parties, rules);
  return Order{kind, rules, false, criteria.PlacesOf(criteria.InOrder())};
}

}  // namespace neshast::precedence
