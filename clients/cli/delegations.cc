#include "cli/delegations.h"

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cli/commands.h"
#include "neshast/v1/directory_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Delegations = std::vector<v1::Delegation>;

v1::Delegation& DelegationOf(const std::string& id, Delegations& delegations) {
  const std::string city = ResourceName("cities", id);
  const auto found = std::find_if(delegations.begin(), delegations.end(),
                                  [&](const auto& each) { return each.city() == city; });
  if (found != delegations.end()) return *found;
  delegations.emplace_back().set_city(city);
  return delegations.back();
}

// Adds "CITY=PERSON,PERSON".
void Add(const std::string& given, bool required, Delegations& delegations) {
  const std::vector<std::string> parts = absl::StrSplit(given, absl::MaxSplits('=', 1));
  v1::Delegation& delegation = DelegationOf(parts[0], delegations);
  if (parts.size() < 2) return;
  for (const auto& person : absl::StrSplit(parts[1], ',', absl::SkipWhitespace())) {
    const std::string name = ResourceName("people", std::string(person));
    *(required ? delegation.add_required_people() : delegation.add_optional_people()) = name;
  }
}

}  // namespace

void AddDelegationOptions(CLI::App& command, DelegationArguments& arguments) {
  AddRepeated(command, "--city", arguments.cities,
              "CITY=PERSON,PERSON: a delegation and those who must come; once for each");
  AddRepeated(command, "--optional", arguments.optional,
              "CITY=PERSON,PERSON: those of it who may be absent");
  CLI::Option* network =
      command.add_option("--network", arguments.network, "All cities of this network");
  command
      .add_option("--people", arguments.people,
                  "Who must come of each city of the network, such as mayor-of-{city}")
      ->needs(network);
}

std::optional<Delegations> DelegationsOf(Connection& connection,
                                         const DelegationArguments& arguments) {
  Delegations delegations;
  if (!arguments.network.empty()) {
    const auto network =
        connection.Call(&v1::DirectoryService::Stub::GetNetwork,
                        Named<v1::GetNetworkRequest>("networks", arguments.network));
    if (!network) return std::nullopt;
    for (const std::string& city : network->cities()) {
      const std::string people = absl::StrReplaceAll(arguments.people, {{"{city}", IdOf(city)}});
      Add(city + "=" + people, true, delegations);
    }
  }
  for (const std::string& city : arguments.cities) Add(city, true, delegations);
  for (const std::string& city : arguments.optional) Add(city, false, delegations);
  return delegations;
}

}  // namespace neshast::cli
