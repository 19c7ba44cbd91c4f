// practice list, show, add, update, uptake
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/lookup.h"
#include "neshast/v1/library_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::LibraryService::Stub;

// What the commands on practices take from the command line.
struct Arguments {
  std::string id;
  std::vector<std::string> titles;
  std::vector<std::string> summaries;
  std::vector<std::string> results;
  std::string city;
  std::vector<std::string> topics;
  std::string visibility;
  std::vector<std::string> parties;
  std::string cost;
  std::string contact;
  v1::Practice practice;  // what goes in as it is given
  std::string extent;
  std::vector<std::string> remarks;
  v1::Uptake uptake;
};

v1::Prose ProseOf(const std::vector<std::string>& given) {
  v1::Prose prose;
  *prose.mutable_texts() = LocalizedTextOf(given).texts();
  return prose;
}

v1::Practice PracticeOf(const Arguments& arguments) {
  v1::Practice practice = arguments.practice;
  if (!arguments.titles.empty()) *practice.mutable_title() = LocalizedTextOf(arguments.titles);
  if (!arguments.summaries.empty()) *practice.mutable_summary() = ProseOf(arguments.summaries);
  if (!arguments.results.empty()) *practice.mutable_results() = ProseOf(arguments.results);
  if (!arguments.city.empty()) practice.set_city(ResourceName("cities", arguments.city));
  for (const std::string& id : arguments.topics) practice.add_topics(ResourceName("topics", id));
  for (const std::string& id : arguments.parties) practice.add_parties(ResourceName("cities", id));
  practice.set_visibility(ValueOf<v1::Visibility>(arguments.visibility));
  practice.set_cost_band(ValueOf<v1::Practice::CostBand>(arguments.cost));
  if (!arguments.contact.empty()) {
    practice.set_contact(ResourceName("organizations", arguments.contact));
  }
  return practice;
}

std::string Span(const v1::Practice& practice) {
  if (practice.begin_date().empty() && practice.end_date().empty()) return "-";
  return absl::StrCat(practice.begin_date(), " to ",
                      practice.end_date().empty() ? "now" : practice.end_date());
}

template <class Names>
std::string Ids(const Names& names) {
  return absl::StrJoin(names, ", ",
                       [](std::string* out, const std::string& name) { *out += IdOf(name); });
}

void PrintTexts(const char* heading, const v1::Prose& prose) {
  std::vector<Row> rows;
  for (const auto& [language, text] : std::map(prose.texts().begin(), prose.texts().end())) {
    rows.push_back({language, text});
  }
  if (rows.empty()) return;
  std::cout << heading << "\n";
  PrintTable(rows, 2);
}

void Print(Connection& connection, const v1::Practice& practice) {
  if (PrintDocument(connection.format, practice)) return;
  Lookup lookup(connection);
  std::vector<std::string> titles;
  for (const auto& [language, title] : practice.title().texts()) {
    titles.push_back(absl::StrCat(title, " (", language, ")"));
  }
  std::sort(titles.begin(), titles.end());
  PrintTable({{TextOf(practice.title()), practice.name()},
              {"Titles", absl::StrJoin(titles, ", ")},
              {"City", lookup.City(practice.city())},
              {"Topics", Ids(practice.topics())},
              {"Shown to",
               absl::StrCat(WordOf(practice.visibility()), " ", lookup.Cities(practice.parties()))},
              {"Cost", WordOf(practice.cost_band())},
              {"When", Span(practice)}});
  PrintTexts("How", practice.summary());
  PrintTexts("Results", practice.results());
  for (const v1::Uptake& uptake : practice.uptakes()) {
    std::cout << "Taken up by " << lookup.City(uptake.city()) << ", " << uptake.date() << ", "
              << WordOf(uptake.extent()) << ". " << TextOf(uptake.remark()) << "\n";
  }
}

void List(Connection& connection, const Arguments& arguments) {
  v1::ListPracticesRequest request;
  if (!arguments.city.empty()) request.set_city(ResourceName("cities", arguments.city));
  if (!arguments.topics.empty()) request.set_topic(ResourceName("topics", arguments.topics[0]));
  const auto list = connection.ListAll(&Stub::ListPractices, request);
  if (!list || PrintDocument(connection.format, *list)) return;
  std::vector<Row> rows{{"PRACTICE", "CITY", "TOPICS", "TITLE", "SHOWN TO", "TAKEN UP"}};
  for (const v1::Practice& each : list->practices()) {
    rows.push_back({IdOf(each.name()), IdOf(each.city()), Ids(each.topics()), TextOf(each.title()),
                    WordOf(each.visibility()), std::to_string(each.uptakes_size())});
  }
  PrintTable(rows);
}

void Show(Connection& connection, const Arguments& arguments) {
  const auto practice =
      connection.Call(&Stub::GetPractice, Named<v1::GetPracticeRequest>("practices", arguments.id));
  if (practice) Print(connection, *practice);
}

void Add(Connection& connection, const Arguments& arguments) {
  v1::CreatePracticeRequest request;
  *request.mutable_practice() = PracticeOf(arguments);
  const auto city = CityOrOwn(connection, arguments.city);
  if (!city) return;
  request.mutable_practice()->set_city(*city);
  request.set_practice_id(arguments.id);
  request.set_request_id(NewRequestId());
  const auto practice = connection.Call(&Stub::CreatePractice, request);
  if (practice) Print(connection, *practice);
}

void Update(Connection& connection, const Arguments& arguments) {
  v1::UpdatePracticeRequest request;
  *request.mutable_practice() = PracticeOf(arguments);
  request.mutable_practice()->set_name(ResourceName("practices", arguments.id));
  const auto practice = connection.Call(&Stub::UpdatePractice, request);
  if (practice) Print(connection, *practice);
}

void Record(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::RecordUptakeRequest>("practices", arguments.id);
  const auto city = CityOrOwn(connection, arguments.city);
  if (!city) return;
  v1::Uptake& uptake = *request.mutable_uptake();
  uptake = arguments.uptake;
  uptake.set_city(*city);
  uptake.set_extent(ValueOf<v1::Uptake::Extent>(arguments.extent));
  if (!arguments.remarks.empty()) *uptake.mutable_remark() = LocalizedTextOf(arguments.remarks);
  const auto practice = connection.Call(&Stub::RecordUptake, request);
  if (practice) Print(connection, *practice);
}

CLI::Option* AddCity(CLI::App& command, Arguments& arguments, const char* help) {
  return command.add_option("--city", arguments.city, help);
}

// What describes a practice. `must`: without it there is none.
void AddDescription(CLI::App& command, Arguments& arguments, bool must) {
  v1::Practice& practice = arguments.practice;
  AddRepeated(command, "--title", arguments.titles, "LANGUAGE=TEXT, for each language")
      ->required(must);
  AddRepeated(command, "--summary", arguments.summaries, "How it was done: LANGUAGE=TEXT");
  AddRepeated(command, "--results", arguments.results, "What came of it: LANGUAGE=TEXT");
  AddRepeated(command, "--topic", arguments.topics, "As `topic list` shows them")->required(must);
  command.add_option("--visibility", arguments.visibility, "Who may see it")
      ->check(CLI::IsMember(WordsOf<v1::Visibility>()))
      ->required(must);
  AddRepeated(command, "--party", arguments.parties, "With --visibility parties: which cities");
  command
      .add_option("--cost", arguments.cost,
                  "In euros: low up to 10,000, medium 100,000, high "
                  "1,000,000")
      ->check(CLI::IsMember(WordsOf<v1::Practice::CostBand>()));
  AddDate(command, "--from", *practice.mutable_begin_date(), "When it began");
  AddDate(command, "--until", *practice.mutable_end_date(), "When it ended");
  command.add_option("--contact", arguments.contact, "Whom to ask: an organisation's id");
  command.add_option("--source", *practice.mutable_source(), "The entry of the minutes it is from");
}

}  // namespace

void AddPracticeCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* noun = AddNoun(app, "practice", "The experience library: what cities did");
  const auto verb = [&](const char* name, const char* help,
                        void (*run)(Connection&, const Arguments&), const char* examples) {
    return AddVerb(
        *noun, name, help, [&connection, arguments, run] { run(connection, *arguments); },
        examples);
  };
  const auto with_id = [&](CLI::App* command) {
    command->add_option("practice", arguments->id, "Its id, as `practice list` shows it")
        ->required();
  };
  CLI::App* list = verb("list", "What you may see, the newest first", &List, "");
  AddCity(*list, *arguments, "Only those of this city");
  AddRepeated(*list, "--topic", arguments->topics, "Only those on this topic");
  with_id(verb("show", "One practice, and who took it up", &Show,
               "  neshast practice show xian-kitchens\n"));
  CLI::App* add =
      verb("add", "Share what your city did", &Add,
           "  neshast practice add --id xian-kitchens --topic epidemics --visibility "
           "public \\\n    --title \"en=Neighbourhood kitchens\" --title zh=社区食堂\n");
  add->add_option("--id", arguments->id, "Its id; by default one that cannot be guessed");
  AddCity(*add, *arguments, "The city that did it; by default your own");
  AddDescription(*add, *arguments, true);
  CLI::App* update = verb("update", "Change what is given; texts in all their languages", &Update,
                          "  neshast practice update xian-kitchens --visibility partners\n");
  with_id(update);
  AddCity(*update, *arguments, "The city that did it");
  AddDescription(*update, *arguments, false);
  CLI::App* uptake =
      verb("uptake", "Record that a city took it up", &Record,
           "  neshast practice uptake xian-kitchens --city florence --date 2027-03-01 --extent "
           "partly\n");
  with_id(uptake);
  AddCity(*uptake, *arguments, "Which city; by default your own");
  AddDate(*uptake, "--date", *arguments->uptake.mutable_date(), "When")->required();
  uptake->add_option("--extent", arguments->extent, "How far")
      ->required()
      ->check(CLI::IsMember(WordsOf<v1::Uptake::Extent>()));
  AddRepeated(*uptake, "--remark", arguments->remarks, "How it went: LANGUAGE=TEXT");
}

}  // namespace neshast::cli
