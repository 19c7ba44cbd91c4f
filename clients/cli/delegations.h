// The cities and people of a session, as commands take them.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/connection.h"
#include "neshast/v1/session.pb.h"

namespace neshast::cli {

struct DelegationArguments {
  std::vector<std::string> cities;    // "xian=mayor-of-xian,deputy-of-xian"
  std::vector<std::string> optional;  // "xian=aide-of-xian"
  std::string network;                // "eco-mayors"
  std::string people;                 // "mayor-of-{city}"
};

// --city, --optional, --network, --people
void AddDelegationOptions(CLI::App& command, DelegationArguments& arguments);

// The delegations: first the network's cities, then those named one by one; what is said of a city
// twice is joined. Fails as a call does where the network is not there.
std::optional<std::vector<v1::Delegation>> DelegationsOf(Connection& connection,
                                                         const DelegationArguments& arguments);

}  // namespace neshast::cli
