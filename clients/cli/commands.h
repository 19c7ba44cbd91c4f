// The commands of `neshast`, a function for each noun.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/connection.h"

namespace neshast::cli {

// city list, directory load
void AddDirectoryCommands(CLI::App& app, Connection& connection);

// session book, list, show, confirm, move, cancel; watch; sync; whoami; log verify; token create
void AddSessionCommands(CLI::App& app, Connection& connection);

}  // namespace neshast::cli
