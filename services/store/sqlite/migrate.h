// Brings a database file to the format this program knows.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "store/sqlite/database.h"

namespace neshast {

// One step; its place in the list is the format it leads to, beginning with 1.
struct Migration {
  std::string name;  // "0001_documents_and_log"
  std::string sql;
};

// Those built into this program, from migrations/*.sql.
const std::vector<Migration>& Migrations();

// Applies what is missing, each step in a transaction of its own, so that a server killed between
// or in the midst goes on where it was; returns the epoch.
//
// FAILED_PRECONDITION / DATABASE_TOO_NEW: the file has a format this program does not know.
// FAILED_PRECONDITION / NOT_A_STORE: the file holds something else.
absl::StatusOr<std::string> Migrate(Database& database, const std::vector<Migration>& migrations);

}  // namespace neshast
