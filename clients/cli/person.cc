// person list, person show
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/times.h"
#include "neshast/v1/directory_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::DirectoryService;

std::string InterpretsOf(const v1::Person& person) {
  std::vector<std::string> pairs;
  for (const v1::LanguagePair& pair : person.interprets()) {
    pairs.push_back(absl::StrCat(pair.first(), "-", pair.second()));
  }
  return absl::StrJoin(pairs, " ");
}

void List(Connection& connection, const std::string& city) {
  v1::ListPeopleRequest request;
  if (!city.empty()) request.set_city(ResourceName("cities", city));
  const auto people = connection.ListAll(&DirectoryService::Stub::ListPeople, request);
  if (!people || PrintDocument(connection.format, *people)) return;
  std::vector<Row> rows{{"PERSON", "NAME", "OWN NAME", "CITY", "LANGUAGES", "INTERPRETS"}};
  for (const v1::Person& person : people->people()) {
    rows.push_back({IdOf(person.name()), person.latin_name(), person.own_name(),
                    IdOf(person.city()), absl::StrJoin(person.languages(), " "),
                    InterpretsOf(person)});
  }
  PrintTable(rows);
}

void Show(Connection& connection, const std::string& id) {
  const auto person = connection.Call(&DirectoryService::Stub::GetPerson,
                                      Named<v1::GetPersonRequest>("people", id));
  if (!person || PrintDocument(connection.format, *person)) return;
  const v1::Availability& known = person->availability();
  PrintTable({{person->latin_name(), person->name()},
              {"Own name", person->own_name()},
              {"Office", TextOf(person->office())},
              {"City", IdOf(person->city())},
              {"Organisation", IdOf(person->organization())},
              {"Languages", absl::StrJoin(person->languages(), ", ")},
              {"Interprets", InterpretsOf(*person)},
              {"Time known", known.has_known_until_time()
                                 ? absl::StrCat(InUtc(known.known_from_time()), " to ",
                                                InUtc(known.known_until_time()))
                                 : "no: unknown is not free"}});
  std::vector<Row> busy{{"BUSY FROM", "UNTIL", ""}};
  for (const v1::BusyInterval& each : known.busy()) {
    busy.push_back(
        {InUtc(each.start_time()), InUtc(each.end_time()), each.tentative() ? "tentatively" : ""});
  }
  if (busy.size() > 1) PrintTable(busy);
}

}  // namespace

void AddPersonCommands(CLI::App& app, Connection& connection) {
  CLI::App* person = AddNoun(app, "person", "People: mayors, experts, interpreters, officers");
  auto id = std::make_shared<std::string>();
  AddVerb(
      *person, "list", "All people, or those of a city",
      [&connection, id] { List(connection, *id); }, "  neshast person list --city st-petersburg\n")
      ->add_option("--city", *id, "Only those of this city");
  AddVerb(
      *person, "show", "One person, and what is known of the person's time",
      [&connection, id] { Show(connection, *id); }, "  neshast person show mayor-of-xian\n")
      ->add_option("person", *id, "The id, such as mayor-of-xian")
      ->required();
}

}  // namespace neshast::cli
