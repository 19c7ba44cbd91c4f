// city vouch
#include "absl/strings/str_replace.h"
#include "cli/commands.h"
#include "cli/counterpart_view.h"
#include "neshast/v1/directory_service.grpc.pb.h"

namespace neshast::cli {
namespace {

struct Arguments {
  std::vector<std::string> cities;
  std::string person;
  std::string method;
  std::string remark;
  bool dry_run = false;
};

void Vouch(Connection& connection, const Arguments& arguments) {
  v1::ListCitiesResponse vouched;
  for (const std::string& city : arguments.cities) {
    auto request = Named<v1::VouchForCounterpartRequest>("cities", city);
    request.set_person(ResourceName(
        "people", absl::StrReplaceAll(arguments.person, {{"{city}", IdOf(request.name())}})));
    request.set_method(ValueOf<v1::Vouching::Method>(arguments.method));
    request.set_remark(arguments.remark);
    request.set_validate_only(arguments.dry_run);
    const auto answer = connection.Call(&v1::DirectoryService::Stub::VouchForCounterpart, request);
    if (answer) *vouched.add_cities() = *answer;
  }
  if (vouched.cities().empty() || PrintDocument(connection.format, vouched)) return;
  std::vector<Row> rows{{"CITY", "COUNTERPART", "VERIFIED"}};
  for (const v1::City& city : vouched.cities()) {
    rows.push_back({IdOf(city.name()), IdOf(city.counterpart().person()), VerifiedInWords(city)});
  }
  PrintTable(rows);
}

}  // namespace

void AddVouchCommand(CLI::App& city, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* vouch = AddVerb(
      city, "vouch", "Vouch that a city's counterpart is who it says; two officers must",
      [&connection, arguments] { Vouch(connection, *arguments); },
      "  neshast city vouch xian --person mayor-of-xian --method call-back \\\n"
      "    --remark \"By the number on the consulate's list\"\n"
      "  neshast city vouch xian,havana --person mayor-of-{city} --method embassy\n"
      "Until two officers have, and again after twelve months or when the counterpart's mail "
      "address\nor the city's certificates change, no session with the city is confirmed.\n");
  vouch->add_option("cities", arguments->cities, "CITY,CITY: the city, or several")
      ->required()
      ->delimiter(',');
  vouch
      ->add_option("--person", arguments->person,
                   "Through whom you deal with the city, such as mayor-of-{city}")
      ->required();
  vouch->add_option("--method", arguments->method, "How you made sure")
      ->required()
      ->check(CLI::IsMember(WordsOf<v1::Vouching::Method>()));
  vouch->add_option("--remark", arguments->remark, "What else there is to say: whose number");
  vouch->add_flag("--dry-run", arguments->dry_run, "Check all, write nothing");
}

}  // namespace neshast::cli
