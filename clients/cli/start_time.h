// When a session begins, as commands take it: a wall time in a named zone.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "cli/connection.h"
#include "neshast/v1/zoned_time.pb.h"

namespace neshast::cli {

struct StartArguments {
  std::string at;
  std::string zone;
  std::string occurrence;
};

// --at, which is returned, --zone and --occurrence
CLI::Option* AddStartOptions(CLI::App& command, StartArguments& arguments);

// --zone and --occurrence alone
void AddZoneOptions(CLI::App& command, StartArguments& arguments);

// The start, in the zone of `host` where none is given. Fails as a call does.
std::optional<v1::ZonedTime> StartOf(Connection& connection, const StartArguments& arguments,
                                     const std::string& host);

}  // namespace neshast::cli
