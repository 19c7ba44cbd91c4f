// principal list, principal create, principal disable; whoami
#include "cli/commands.h"
#include "neshast/v1/access_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::AccessService::Stub;

struct Arguments {
  std::string id;
  std::string display_name;
  std::string role;
  std::string city;
  std::string person;
};

template <class Principals>
void Print(const Principals& principals) {
  std::vector<Row> rows{{"PRINCIPAL", "NAME", "ROLE", "CITY", "PERSON", ""}};
  for (const v1::Principal& each : principals) {
    rows.push_back({IdOf(each.name()), each.display_name(), WordOf(each.role()), IdOf(each.city()),
                    IdOf(each.person()), Cell(each.disabled() ? "disabled" : "", Tone::kBad)});
  }
  PrintTable(rows);
}

void Show(Connection& connection, const std::optional<v1::Principal>& principal) {
  if (!principal || PrintDocument(connection.format, *principal)) return;
  Print(std::vector<v1::Principal>{*principal});
}

void List(Connection& connection) {
  const auto all = connection.ListAll(&Stub::ListPrincipals, v1::ListPrincipalsRequest());
  if (!all || PrintDocument(connection.format, *all)) return;
  Print(all->principals());
}

void Create(Connection& connection, const Arguments& arguments) {
  v1::CreatePrincipalRequest request;
  request.set_principal_id(arguments.id);
  request.set_request_id(NewRequestId());
  v1::Principal& principal = *request.mutable_principal();
  principal.set_display_name(arguments.display_name);
  principal.set_role(ValueOf<v1::Role>(arguments.role));
  principal.set_city(ResourceName("cities", arguments.city));
  if (!arguments.person.empty()) principal.set_person(ResourceName("people", arguments.person));
  Show(connection, connection.Call(&Stub::CreatePrincipal, request));
}

void Disable(Connection& connection, const std::string& id) {
  v1::UpdatePrincipalRequest request;
  request.set_request_id(NewRequestId());
  request.mutable_principal()->set_name(ResourceName("principals", id));
  request.mutable_principal()->set_disabled(true);
  request.mutable_update_mask()->add_paths("disabled");
  Show(connection, connection.Call(&Stub::UpdatePrincipal, request));
}

}  // namespace

void AddPrincipalCommands(CLI::App& app, Connection& connection) {
  CLI::App* principal = AddNoun(app, "principal", "Who may call (administrators)");
  auto arguments = std::make_shared<Arguments>();
  AddVerb(*principal, "list", "All principals", [&connection] { List(connection); });
  CLI::App* create = AddVerb(
      *principal, "create", "Let somebody or something call",
      [&connection, arguments] { Create(connection, *arguments); },
      "  neshast principal create xian-secretary --role delegation-secretary --city xian \\\n"
      "    --display-name \"Secretary of Xi'an's delegation\"\n");
  create->add_option("id", arguments->id, "The id that people will read")->required();
  create->add_option("--display-name", arguments->display_name, "For people: who it is")
      ->required();
  create->add_option("--role", arguments->role, "What it may do")
      ->required()
      ->check(CLI::IsMember(WordsOf<v1::Role>()));
  create->add_option("--city", arguments->city, "The city it acts for")->required();
  create->add_option("--person", arguments->person, "The person it is, for those who take part");
  AddVerb(*principal, "disable", "From now on it may do nothing",
          [&connection, arguments] { Disable(connection, arguments->id); })
      ->add_option("principal", arguments->id, "Its id")
      ->required();
  app.add_subcommand("whoami", "Who the token stands for")->callback([&connection] {
    Show(connection, connection.Call(&Stub::GetCaller, v1::GetCallerRequest()));
  });
}

}  // namespace neshast::cli
