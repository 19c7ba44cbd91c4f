// The rules of an order, from the contract to the engine.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "neshast/v1/order.pb.h"
#include "precedence/rules.h"

namespace neshast {

using OrderCriteria = google::protobuf::RepeatedPtrField<v1::PrecedenceRule>;

// `criteria` as the engine reads them. INVALID_ARGUMENT / INVALID_FIELD with every one that lacks
// what it goes by: an alphabet's language, a rotation's session number, the seed of lots.
absl::StatusOr<precedence::RuleSet> RulesOf(const OrderCriteria& criteria);

// `status` of the engine, with the paths of the contract: "criteria[0].language" for its
// "rules[0].language", "delegations" for its "parties".
absl::Status WithContractPaths(const absl::Status& status);

}  // namespace neshast
