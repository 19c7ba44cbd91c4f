// commitment list, carried, add, progress
#include <algorithm>
#include <iostream>

#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/times.h"
#include "neshast/v1/commitment_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::CommitmentService::Stub;
using v1::Commitment;

// What the commands on commitments take from the command line.
struct Arguments {
  v1::ListCommitmentsRequest list;
  std::string id;
  std::string session;
  std::string kind;
  std::vector<std::string> texts;
  Commitment commitment;
  std::string state;
  std::string remark;
};

Tone ToneOf(Commitment::State state) {
  if (state == Commitment::STATE_DONE) return Tone::kGood;
  return state == Commitment::STATE_DROPPED ? Tone::kQuiet : Tone::kFair;
}

// In the order in which they fall due; those without a date last.
template <class Commitments>
void ShowTable(Connection& connection, const Commitments& given) {
  std::vector<Commitment> commitments(given.begin(), given.end());
  std::stable_sort(commitments.begin(), commitments.end(),
                   [](const Commitment& left, const Commitment& right) {
                     return std::pair(left.due_date().empty(), left.due_date()) <
                            std::pair(right.due_date().empty(), right.due_date());
                   });
  Lookup lookup(connection);
  std::vector<Row> rows{{"COMMITMENT", "KIND", "FROM", "TO", "DUE", "STATE", "OWNER", "WHAT"}};
  for (const Commitment& each : commitments) {
    rows.push_back({IdOf(each.name()), WordOf(each.kind()), lookup.City(each.from_city()),
                    each.to_city().empty() ? "all" : lookup.City(each.to_city()), each.due_date(),
                    Cell(WordOf(each.state()), ToneOf(each.state())), IdOf(each.owner()),
                    TextOf(each.text())});
  }
  PrintTable(rows);
}

void Show(Connection& connection, const Commitment& commitment) {
  if (PrintDocument(connection.format, commitment)) return;
  ShowTable(connection, std::vector<Commitment>{commitment});
  for (const v1::CommitmentProgress& each : commitment.progress()) {
    std::cout << "  " << InUtc(each.record_time()) << "  " << WordOf(each.state())
              << (each.principal().empty() ? "" : ", by " + IdOf(each.principal()))
              << (each.remark().empty() ? "" : ": " + each.remark()) << "\n";
  }
}

void List(Connection& connection, const Arguments& arguments) {
  v1::ListCommitmentsRequest request = arguments.list;
  if (!request.city().empty()) request.set_city(ResourceName("cities", request.city()));
  if (!request.from_city().empty()) {
    request.set_from_city(ResourceName("cities", request.from_city()));
  }
  if (!request.session().empty()) {
    request.set_session(ResourceName("sessions", request.session()));
  }
  const auto list = connection.ListAll(&Stub::ListCommitments, request);
  if (list && !PrintDocument(connection.format, *list)) ShowTable(connection, list->commitments());
}

void ListCarried(Connection& connection, const Arguments& arguments) {
  v1::ListCarriedOverRequest request;
  request.set_session(ResourceName("sessions", arguments.session));
  const auto list = connection.ListAll(&Stub::ListCarriedOver, request);
  if (list && !PrintDocument(connection.format, *list)) ShowTable(connection, list->commitments());
}

void Add(Connection& connection, const Arguments& arguments) {
  v1::CreateCommitmentRequest request;
  request.set_request_id(NewRequestId());
  Commitment& commitment = *request.mutable_commitment();
  commitment = arguments.commitment;
  const auto host = CityOrOwn(connection, commitment.host());
  if (!host) return;
  commitment.set_host(*host);
  commitment.set_kind(ValueOf<Commitment::Kind>(arguments.kind));
  *commitment.mutable_text() = LocalizedTextOf(arguments.texts);
  commitment.set_from_city(ResourceName("cities", commitment.from_city()));
  const auto complete = [](const std::string& collection, std::string& name) {
    if (!name.empty()) name = ResourceName(collection, name);
  };
  complete("cities", *commitment.mutable_to_city());
  complete("sessions", *commitment.mutable_session());
  complete("people", *commitment.mutable_owner());
  complete("documents", *commitment.mutable_document());
  const auto added = connection.Call(&Stub::CreateCommitment, request);
  if (added) Show(connection, *added);
}

void Record(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::RecordProgressRequest>("commitments", arguments.id);
  request.set_state(ValueOf<Commitment::State>(arguments.state));
  request.set_remark(arguments.remark);
  const auto recorded = connection.Call(&Stub::RecordProgress, request);
  if (recorded) Show(connection, *recorded);
}

void ShowOne(Connection& connection, const Arguments& arguments) {
  const auto found = connection.Call(&Stub::GetCommitment,
                                     Named<v1::GetCommitmentRequest>("commitments", arguments.id));
  if (found) Show(connection, *found);
}

using Run = void (*)(Connection&, const Arguments&);

CLI::App* AddAct(CLI::App& noun, const std::string& name, const std::string& help,
                 Connection& connection, const std::shared_ptr<Arguments>& arguments, Run run,
                 const std::string& examples = "") {
  return AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
}

void AddLists(CLI::App& noun, Connection& connection, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* list =
      AddAct(noun, "list", "What was promised, in the order in which it falls due", connection,
             arguments, &List, "  neshast commitment list --city st-petersburg --open\n");
  v1::ListCommitmentsRequest& request = arguments->list;
  list->add_option("--city", *request.mutable_city(), "Only those of this city");
  list->add_option("--from", *request.mutable_from_city(), "Only those that this city promised");
  list->add_option("--session", *request.mutable_session(), "Only those of this session");
  AddDate(*list, "--due-until", *request.mutable_due_until_date(),
          "Only those that fall due until this date");
  list->add_flag_callback(
      "--open", [arguments] { arguments->list.set_open_only(true); },
      "Only those that are neither done nor dropped");
  AddAct(noun, "carried", "What a session carries over from earlier ones of the same cities",
         connection, arguments, &ListCarried, "  neshast commitment carried SESSION\n")
      ->add_option("session", arguments->session, "Its id")
      ->required();
}

void AddAdd(CLI::App& noun, Connection& connection, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* add = AddAct(
      noun, "add", "Record what was promised", connection, arguments, &Add,
      "  neshast commitment add --kind aid --from xian --to isfahan --text \"en=20,000 masks\" \\\n"
      "    --session SESSION --due 2027-01-31\n");
  Commitment& commitment = arguments->commitment;
  add->add_option("--kind", arguments->kind, "What was promised")
      ->required()
      ->check(CLI::IsMember(WordsOf<Commitment::Kind>()));
  add->add_option("--from", *commitment.mutable_from_city(), "The city that promised it")
      ->required();
  add->add_option("--to", *commitment.mutable_to_city(),
                  "To which city; by default to all parties of the session");
  AddRepeated(*add, "--text", arguments->texts, "LANGUAGE=TEXT, once for each language")
      ->required();
  add->add_option("--session", *commitment.mutable_session(), "The session at which it was");
  add->add_option("--source", *commitment.mutable_source(),
                  "The entry of its minutes: sessions/ID/minutes/N/entries/ID");
  add->add_option("--owner", *commitment.mutable_owner(),
                  "Who sees to it: PERSON or organizations/ID");
  AddDate(*add, "--due", *commitment.mutable_due_date(), "Until when");
  add->add_option("--document", *commitment.mutable_document(), "The document it belongs to");
  add->add_option("--host", *commitment.mutable_host(), "Who keeps it; by default your own city");
}

}  // namespace

void AddCommitmentCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* noun = AddNoun(app, "commitment", "What cities promised each other, and until when");
  AddLists(*noun, connection, arguments);
  AddAct(*noun, "show", "A commitment and its records", connection, arguments, &ShowOne)
      ->add_option("commitment", arguments->id, "Its id")
      ->required();
  AddAdd(*noun, connection, arguments);
  CLI::App* progress =
      AddAct(*noun, "progress", "Record how far a commitment is", connection, arguments, &Record,
             "  neshast commitment progress ID done --remark \"Received\"\n");
  progress->add_option("commitment", arguments->id, "Its id, as `commitment list` shows it")
      ->required();
  progress->add_option("state", arguments->state, "How far it is")
      ->required()
      ->check(CLI::IsMember(WordsOf<Commitment::State>()));
  progress->add_option("--remark", arguments->remark, "What is to be said of it");
}

}  // namespace neshast::cli
