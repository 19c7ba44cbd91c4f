// Verdicts of the policy as letters, for the tests that hold it against the matrix.
#pragma once

#include <string>
#include <vector>

#include "policy_callers.h"
#include "rpc/policy.h"

namespace neshast {

inline char Letter(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAllow:
      return 'A';
    case Verdict::kMasked:
      return 'm';
    case Verdict::kForbidden:
      return 'F';
    case Verdict::kHidden:
      return '.';
  }
  return '?';
}

struct Row {
  const char* role;
  v1::Action action;
  const char* expected;  // A allow, m masked, F forbidden, . hidden
};

inline std::string Verdicts(const Row& row, const std::vector<Object>& objects) {
  std::string verdicts;
  for (const Object& object : objects) {
    verdicts += Letter(Authorize(CallerOf(row.role), row.action, object));
  }
  return verdicts;
}

}  // namespace neshast
