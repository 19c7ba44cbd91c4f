// group list, group show
#include "cli/commands.h"
#include "cli/lookup.h"
#include "neshast/v1/directory_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::DirectoryService;

void List(Connection& connection) {
  const auto list =
      connection.ListAll(&DirectoryService::Stub::ListExpertGroups, v1::ListExpertGroupsRequest());
  if (!list || PrintDocument(connection.format, *list)) return;
  std::vector<Row> rows{{"GROUP", "NAME", "MEMBERS"}};
  for (const v1::ExpertGroup& group : list->expert_groups()) {
    rows.push_back(
        {IdOf(group.name()), TextOf(group.display_name()), std::to_string(group.people_size())});
  }
  PrintTable(rows);
}

void Show(Connection& connection, const std::string& id) {
  const auto group = connection.Call(&DirectoryService::Stub::GetExpertGroup,
                                     Named<v1::GetExpertGroupRequest>("expertGroups", id));
  if (!group || PrintDocument(connection.format, *group)) return;
  Lookup lookup(connection);
  std::vector<Row> rows{{TextOf(group->display_name()), "NAME"}};
  for (const std::string& name : group->people()) {
    rows.push_back({IdOf(name), lookup.Person(name)});
  }
  PrintTable(rows);
}

}  // namespace

void AddGroupCommands(CLI::App& app, Connection& connection) {
  CLI::App* group = AddNoun(app, "group", "Expert groups of several organisations");
  AddVerb(*group, "list", "All expert groups", [&connection] { List(connection); });
  auto id = std::make_shared<std::string>();
  AddVerb(
      *group, "show", "One expert group with its members",
      [&connection, id] { Show(connection, *id); }, "  neshast group show crisis-medicine\n")
      ->add_option("group", *id, "Its id, such as crisis-medicine")
      ->required();
}

}  // namespace neshast::cli
