// organization list
#include "cli/commands.h"
#include "neshast/v1/directory_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::DirectoryService;

void List(Connection& connection) {
  const auto list = connection.ListAll(&DirectoryService::Stub::ListOrganizations,
                                       v1::ListOrganizationsRequest());
  if (!list || PrintDocument(connection.format, *list)) return;
  std::vector<Row> rows{{"ORGANIZATION", "NAME", "CITY"}};
  for (const v1::Organization& each : list->organizations()) {
    rows.push_back({IdOf(each.name()), TextOf(each.display_name()), IdOf(each.city())});
  }
  PrintTable(rows);
}

}  // namespace

void AddOrganizationCommands(CLI::App& app, Connection& connection) {
  CLI::App* noun = AddNoun(app, "organization", "Organisations of cities, such as universities");
  AddVerb(*noun, "list", "All organisations", [&connection] { List(connection); });
}

}  // namespace neshast::cli
