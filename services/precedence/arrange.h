// Puts parties in order.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "precedence/order.h"
#include "precedence/party.h"
#include "precedence/rules.h"

namespace neshast::precedence {

// The order of `parties` by `rules`, not locked, with the reason for each neighbouring pair.
//
// It does not depend on how `parties` are sorted. An alphabetical order may change with a release
// of ICU: an order that was made known should be locked and kept.
//
// Errors: INVALID_ARGUMENT / OUT_OF_BOUNDS with every bad field: more than 200 parties or 2,000
// seats, an id that is there twice, two hosts, two heads, an unknown language, a rule set twice.
absl::StatusOr<Order> Arrange(OrderKind kind, const std::vector<Party>& parties,
                              const RuleSet& rules);

}  // namespace neshast::precedence
