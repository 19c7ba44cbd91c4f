// initiative list, submit, moderate, support
#include "cli/commands.h"
#include "cli/lookup.h"
#include "neshast/v1/library_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::LibraryService::Stub;

// What the commands on initiatives take from the command line.
struct Arguments {
  std::string id;
  std::vector<std::string> titles;
  std::vector<std::string> proposals;
  std::string city;
  std::vector<std::string> topics;
  std::string sector;
  v1::Initiative initiative;  // what goes in as it is given
  std::string state;
  v1::ModerateInitiativeRequest decision;
  std::string organization;
};

Row RowOf(const v1::Initiative& each) {
  return {IdOf(each.name()),    WordOf(each.state()), IdOf(each.city()),
          TextOf(each.title()), each.submitter(),     std::to_string(each.supporters_size())};
}

void Print(Connection& connection, const v1::Initiative& initiative) {
  if (PrintDocument(connection.format, initiative)) return;
  PrintTable({{"INITIATIVE", "STATE", "CITY", "TITLE", "BY", "SUPPORTERS"}, RowOf(initiative)});
}

void List(Connection& connection, const Arguments&) {
  const auto list = connection.ListAll(&Stub::ListInitiatives, v1::ListInitiativesRequest());
  if (!list || PrintDocument(connection.format, *list)) return;
  std::vector<Row> rows{{"INITIATIVE", "STATE", "CITY", "TITLE", "BY", "SUPPORTERS"}};
  for (const v1::Initiative& each : list->initiatives()) rows.push_back(RowOf(each));
  PrintTable(rows);
}

void Submit(Connection& connection, const Arguments& arguments) {
  v1::SubmitInitiativeRequest request;
  v1::Initiative& initiative = *request.mutable_initiative();
  initiative = arguments.initiative;
  *initiative.mutable_title() = LocalizedTextOf(arguments.titles);
  *initiative.mutable_proposal()->mutable_texts() = LocalizedTextOf(arguments.proposals).texts();
  const auto city = CityOrOwn(connection, arguments.city);
  if (!city) return;
  initiative.set_city(*city);
  for (const std::string& id : arguments.topics) initiative.add_topics(ResourceName("topics", id));
  initiative.set_sector(ValueOf<v1::Initiative::Sector>(arguments.sector));
  request.set_initiative_id(arguments.id);
  request.set_request_id(NewRequestId());
  const auto submitted = connection.Call(&Stub::SubmitInitiative, request);
  if (submitted) Print(connection, *submitted);
}

void Moderate(Connection& connection, const Arguments& arguments) {
  v1::ModerateInitiativeRequest request = arguments.decision;
  request.set_name(ResourceName("initiatives", arguments.id));
  request.set_request_id(NewRequestId());
  request.set_state(ValueOf<v1::Initiative::State>(arguments.state));
  const auto initiative = connection.Call(&Stub::ModerateInitiative, request);
  if (initiative) Print(connection, *initiative);
}

void Support(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::SupportInitiativeRequest>("initiatives", arguments.id);
  request.set_organization(ResourceName("organizations", arguments.organization));
  const auto initiative = connection.Call(&Stub::SupportInitiative, request);
  if (initiative) Print(connection, *initiative);
}

void AddSubmission(CLI::App& command, Arguments& arguments) {
  v1::Initiative& initiative = arguments.initiative;
  command.add_option("--id", arguments.id, "Its id; by default one that cannot be guessed");
  AddRepeated(command, "--title", arguments.titles, "LANGUAGE=TEXT")->required();
  AddRepeated(command, "--proposal", arguments.proposals, "LANGUAGE=TEXT")->required();
  command.add_option("--city", arguments.city, "To which city; by default your own");
  AddRepeated(command, "--topic", arguments.topics, "As `topic list` shows them")->required();
  command.add_option("--by", *initiative.mutable_submitter(), "Who proposes it")->required();
  command.add_option("--sector", arguments.sector, "What kind of actor that is")
      ->required()
      ->check(CLI::IsMember(WordsOf<v1::Initiative::Sector>()));
  command.add_option("--contact", *initiative.mutable_contact(), "How to reach who proposes it");
}

}  // namespace

void AddInitiativeCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* noun = AddNoun(app, "initiative", "What actors outside the city halls propose");
  const auto verb = [&](const char* name, const char* help,
                        void (*run)(Connection&, const Arguments&), const char* examples) {
    return AddVerb(
        *noun, name, help, [&connection, arguments, run] { run(connection, *arguments); },
        examples);
  };
  const auto with_id = [&](CLI::App* command) {
    command->add_option("initiative", arguments->id, "Its id, as `initiative list` shows it")
        ->required();
  };
  verb("list", "What you may see, the newest first", &List, "");
  AddSubmission(*verb("submit", "Enter what an outside actor proposes", &Submit,
                      "  neshast initiative submit --title en=\"Twin gardens\" --proposal en=\"A "
                      "garden in each city\" \\\n    --topic water --by \"Friends of Florence\" "
                      "--sector civic\n"),
                *arguments);
  CLI::App* moderate = verb("moderate", "Accept, refuse or publish it", &Moderate,
                            "  neshast initiative moderate twin-gardens --state published\n");
  with_id(moderate);
  moderate->add_option("--state", arguments->state, "What becomes of it")
      ->check(CLI::IsMember(WordsOf<v1::Initiative::State>()));
  moderate->add_option("--remark", *arguments->decision.mutable_remark(), "Why");
  moderate->add_option("--agenda-item", *arguments->decision.mutable_agenda_item(),
                       "The item to match it with");
  CLI::App* support = verb("support", "Add an organisation that supports it", &Support, "");
  with_id(support);
  support->add_option("organization", arguments->organization, "Its id")->required();
}

}  // namespace neshast::cli
