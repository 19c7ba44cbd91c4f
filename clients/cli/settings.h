// Where the server is and which token to show it: from flags, the environment and profiles.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "cli/connection.h"

namespace neshast::cli {

// What a section of the configuration file says.
struct Profile {
  std::string server;
  std::string token_file;
};

// $XDG_CONFIG_HOME/neshast/config.ini, or in ~/.config where that is not set.
std::string ConfigurationPath();

// The profiles by name; "default" is also what stands before the first section. None where there is
// no file. Throws CLI::ParseError where the file cannot be read as one.
std::map<std::string, Profile> ReadProfiles();

// Adds the options that every command has. Once they are read, `connection` has what they say; a
// flag counts before the environment, that before the profile, that before the default.
void AddSettings(CLI::App& app, Connection& connection);

}  // namespace neshast::cli
