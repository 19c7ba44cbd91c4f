#include "orders/criteria.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "errors.h"

namespace neshast {
namespace {

using v1::PrecedenceRule;

precedence::Rule RuleOf(const PrecedenceRule& asked) {
  switch (asked.criterion()) {
    case PrecedenceRule::CRITERION_HOST_LAST:
      return precedence::ByHost{precedence::ByHost::End::kLast};
    case PrecedenceRule::CRITERION_RANK:
      return precedence::ByRank{};
    case PrecedenceRule::CRITERION_NOTIFICATION:
      return precedence::ByNotification{};
    case PrecedenceRule::CRITERION_SENIORITY:
      return precedence::BySeniority{};
    case PrecedenceRule::CRITERION_ALPHABET:
      return precedence::ByAlphabet{asked.language()};
    case PrecedenceRule::CRITERION_ROTATION:
      return precedence::ByRotation{asked.session_number()};
    case PrecedenceRule::CRITERION_LOTS:
      return precedence::ByLots{asked.seed()};
    default:  // CRITERION_HOST_FIRST: the validator lets no unknown one through.
      return precedence::ByHost{precedence::ByHost::End::kFirst};
  }
}

// What `asked` goes by and lacks; an empty field where it lacks nothing.
FieldViolation LackOf(const PrecedenceRule& asked) {
  switch (asked.criterion()) {
    case PrecedenceRule::CRITERION_ALPHABET:
      if (asked.language().empty()) return {"language", "Say in which language's alphabet."};
      break;
    case PrecedenceRule::CRITERION_ROTATION:
      if (asked.session_number() == 0) {
        return {"session_number", "Say which session of its series it is, from 1."};
      }
      break;
    case PrecedenceRule::CRITERION_LOTS:
      if (asked.seed().empty()) return {"seed", "Say from which text the lots are drawn."};
      break;
    default:
      break;
  }
  return {};
}

}  // namespace

absl::StatusOr<precedence::RuleSet> RulesOf(const OrderCriteria& criteria) {
  precedence::RuleSet rules;
  std::vector<FieldViolation> violations;
  for (int i = 0; i < criteria.size(); ++i) {
    rules.push_back(RuleOf(criteria[i]));
    const FieldViolation lack = LackOf(criteria[i]);
    if (lack.field.empty()) continue;
    violations.push_back({absl::StrCat("criteria[", i, "].", lack.field), lack.description});
  }
  if (violations.empty()) return rules;
  const std::string sentence =
      absl::StrCat("A rule of the order is incomplete: ", violations[0].description);
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(violations)});
}

absl::Status WithContractPaths(const absl::Status& status) {
  ErrorDetail detail = DetailOf(status);
  if (detail.violations.empty()) return status;
  for (FieldViolation& violation : detail.violations) {
    if (absl::StartsWith(violation.field, "rules")) {
      absl::StrReplaceAll({{"rules", "criteria"}, {"kind", "criterion"}}, &violation.field);
    } else {
      absl::StrReplaceAll({{"parties", "delegations"}}, &violation.field);
    }
  }
  return Error(status.code(), status.message(), std::move(detail));
}

}  // namespace neshast
