// network list, network show
#include "cli/commands.h"
#include "neshast/v1/directory_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::DirectoryService;

void List(Connection& connection) {
  const auto list =
      connection.ListAll(&DirectoryService::Stub::ListNetworks, v1::ListNetworksRequest());
  if (!list || PrintDocument(connection.format, *list)) return;
  std::vector<Row> rows{{"NETWORK", "NAME", "CITIES"}};
  for (const v1::Network& network : list->networks()) {
    rows.push_back({IdOf(network.name()), TextOf(network.display_name()),
                    std::to_string(network.cities_size())});
  }
  PrintTable(rows);
}

void Show(Connection& connection, const std::string& id) {
  const auto network = connection.Call(&DirectoryService::Stub::GetNetwork,
                                       Named<v1::GetNetworkRequest>("networks", id));
  if (!network || PrintDocument(connection.format, *network)) return;
  std::vector<Row> rows{{TextOf(network->display_name()), "COUNTRY", "ZONE"}};
  for (const std::string& name : network->cities()) {
    const auto city = connection.Call(&DirectoryService::Stub::GetCity,
                                      Named<v1::GetCityRequest>("cities", name));
    if (!city) return;
    rows.push_back({IdOf(name), city->country(), city->time_zone()});
  }
  PrintTable(rows);
}

}  // namespace

void AddNetworkCommands(CLI::App& app, Connection& connection) {
  CLI::App* network = AddNoun(app, "network", "Networks of cities, such as the ECO");
  AddVerb(*network, "list", "All networks", [&connection] { List(connection); });
  auto id = std::make_shared<std::string>();
  AddVerb(
      *network, "show", "One network with its cities", [&connection, id] { Show(connection, *id); },
      "  neshast network show eco-mayors\n")
      ->add_option("network", *id, "Its id, such as eco-mayors")
      ->required();
}

}  // namespace neshast::cli
