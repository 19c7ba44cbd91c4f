// The two macros that carry an absl::Status upwards. Abseil 20220623 has none of its own.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define NESHAST_CONCAT_INNER(a, b) a##b
#define NESHAST_CONCAT(a, b) NESHAST_CONCAT_INNER(a, b)

// Returns from the enclosing function when `expression` (an absl::Status) is not OK.
#define RETURN_IF_ERROR(expression)                           \
  do {                                                        \
    if (absl::Status status_ = (expression); !status_.ok()) { \
      return status_;                                         \
    }                                                         \
  } while (false)

// Assigns the value of `expression` (an absl::StatusOr) to `target`, or returns its status.
#define ASSIGN_OR_RETURN(target, expression) \
  ASSIGN_OR_RETURN_INNER(NESHAST_CONCAT(status_or_, __LINE__), target, expression)

// NOLINTBEGIN(bugprone-macro-parentheses): a name and a declaration cannot stand in any.
#define ASSIGN_OR_RETURN_INNER(name, target, expression) \
  auto name = (expression);                              \
  if (!name.ok()) return std::move(name).status();       \
  target = *std::move(name)
// NOLINTEND(bugprone-macro-parentheses)
