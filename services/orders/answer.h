// Orders between the contract and the engine.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "neshast/v1/precedence_service.pb.h"
#include "neshast/v1/session.pb.h"
#include "orders/criteria.h"
#include "precedence/recalculate.h"

namespace neshast {

// The engine knows a kind by the same name.
precedence::OrderKind KindOf(v1::Order::Kind kind);

// `stored`, an order of `session`, as the engine works it out again.
absl::StatusOr<precedence::Order> EngineOrder(const v1::Order& stored, const v1::Session& session);

// What the engine found for `parties`, those of `session`, and what follows from it: the screen's
// row, or the copies to sign. `criteria` are the order's rules.
absl::StatusOr<v1::OrderAnswer> AnswerOf(const precedence::Recalculation& found,
                                         const OrderCriteria& criteria, const v1::Session& session,
                                         const std::vector<precedence::Party>& parties);

}  // namespace neshast
