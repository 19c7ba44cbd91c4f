// session list, show, update, clear, confirm, move, cancel, close
#include "cli/booking.h"
#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/session_view.h"
#include "cli/start_time.h"
#include "cli/times.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::SessionService::Stub;

// What the commands on a session take from the command line.
struct Arguments {
  std::string name;
  std::string city;
  std::string from;
  std::string until;
  StartArguments start;
  std::string duration;
  std::string reason;
  std::string force_reason;
  std::string body;
  std::string state;
  v1::Clearance letter;
  std::vector<std::string> titles;
  std::vector<std::string> interpreters;
  std::vector<std::string> languages;
  bool dry_run = false;
};

void List(Connection& connection, const Arguments& arguments) {
  const auto city = CityOrOwn(connection, arguments.city);
  if (!city) return;
  const auto zone = ZoneOf(connection, *city);
  if (!zone) return;
  v1::ListSessionsRequest request;
  request.set_city(*city);
  if (!arguments.from.empty()) {
    *request.mutable_start_time() = TimestampOf(Midnight(arguments.from, *zone));
  }
  if (!arguments.until.empty()) {
    *request.mutable_end_time() = TimestampOf(Midnight(arguments.until, *zone, 1));
  }
  const auto sessions = connection.ListAll(&Stub::ListSessions, request);
  if (sessions) ShowSessions(connection, *sessions, *city);
}

// The commands that name one session and return it.
template <class Request>
void Act(Connection& connection, const Request& request,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, v1::Session*)) {
  const auto session = connection.Call(method, request);
  if (session) ShowSession(connection, *session);
}

void Move(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::RescheduleSessionRequest>("sessions", arguments.name);
  std::string host;
  if (arguments.start.zone.empty()) {
    const auto session = connection.Call(&Stub::GetSession,
                                         Named<v1::GetSessionRequest>("sessions", arguments.name));
    if (!session) return;
    host = session->host();
  }
  const auto start = StartOf(connection, arguments.start, host);
  if (!start) return;
  *request.mutable_start_time() = *start;
  if (!arguments.duration.empty()) *request.mutable_duration() = DurationOf(arguments.duration);
  request.set_reason(arguments.reason);
  request.set_validate_only(arguments.dry_run);
  Act(connection, request, &Stub::RescheduleSession);
}

void Update(Connection& connection, const Arguments& arguments) {
  v1::UpdateSessionRequest request;
  request.set_request_id(NewRequestId());
  v1::Session& session = *request.mutable_session();
  session.set_name(ResourceName("sessions", arguments.name));
  const auto changes = [&](const char* field, bool given) {
    if (given) request.mutable_update_mask()->add_paths(field);
    return given;
  };
  if (changes("title", !arguments.titles.empty())) {
    *session.mutable_title() = LocalizedTextOf(arguments.titles);
  }
  if (changes("interpreters", !arguments.interpreters.empty())) {
    for (const std::string& each : arguments.interpreters) {
      session.add_interpreters(ResourceName("people", each));
    }
  }
  if (changes("languages", !arguments.languages.empty())) {
    session.mutable_languages()->Add(arguments.languages.begin(), arguments.languages.end());
  }
  if (request.update_mask().paths().empty()) {
    connection.Fail(kUsage, "Say what to change: --title, --interpreter or --language.");
    return;
  }
  Act(connection, request, &Stub::UpdateSession);
}

void Clear(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::RecordClearanceRequest>("sessions", arguments.name);
  v1::Clearance& clearance = *request.mutable_clearance();
  clearance = arguments.letter;
  clearance.set_body(ResourceName("organizations", arguments.body));
  clearance.set_state(ValueOf<v1::Clearance::State>(arguments.state));
  Act(connection, request, &Stub::RecordClearance);
}

void AddReading(CLI::App& noun, Connection& connection, std::shared_ptr<Arguments> arguments) {
  CLI::App* list = AddVerb(
      noun, "list", "A city's sessions, on its own clock",
      [&connection, arguments] { List(connection, *arguments); },
      "  neshast session list --city xian --from 2026-12-01 --until 2026-12-31\n");
  list->add_option("--city", arguments->city, "The city; by default the one you act for");
  AddDate(*list, "--from", arguments->from, "First date there; by default from now on");
  AddDate(*list, "--until", arguments->until, "Last date there; by default a year on");
}

// A verb on one session that is named first.
CLI::App* AddAct(CLI::App& noun, const char* name, const char* help,
                 std::shared_ptr<Arguments> arguments, std::function<void()> run,
                 const char* examples = "") {
  CLI::App* verb = AddVerb(noun, name, help, std::move(run), examples);
  verb->add_option("session", arguments->name, "Its id, as `session list` shows it")->required();
  return verb;
}

// A verb that needs nothing but the session's name.
template <class Request>
void AddSimple(CLI::App& noun, const char* name, const char* help, Connection& connection,
               std::shared_ptr<Arguments> arguments,
               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, v1::Session*)) {
  AddAct(noun, name, help, arguments, [&connection, arguments, method] {
    Act(connection, Named<Request>("sessions", arguments->name), method);
  });
}

void AddConfirming(CLI::App& noun, Connection& connection,
                   const std::shared_ptr<Arguments>& arguments) {
  CLI::App* clear = AddAct(
      noun, "clear", "Record what an outside body says: until all grant it, it stays a draft",
      arguments, [&connection, arguments] { Clear(connection, *arguments); },
      "  neshast session clear s-4k2 foreign-ministry-isfahan granted --letter 1405/771\n");
  clear->add_option("body", arguments->body, "The organisation")->required();
  clear->add_option("state", arguments->state, "How far it has come")
      ->required()
      ->check(CLI::IsMember(WordsOf<v1::Clearance::State>()));
  clear->add_option("--letter", *arguments->letter.mutable_letter_number(),
                    "Number of the letter; needed once it is granted or refused");
  AddDate(*clear, "--date", *arguments->letter.mutable_letter_date(), "Date of the letter");

  CLI::App* confirm = AddAct(noun, "confirm", "Promise a draft: its people are busy from now on",
                             arguments, [&connection, arguments] {
                               auto request =
                                   Named<v1::ConfirmSessionRequest>("sessions", arguments->name);
                               request.set_force_reason(arguments->force_reason);
                               Act(connection, request, &Stub::ConfirmSession);
                             });
  AddForceReason(*confirm, arguments->force_reason);
}

void AddChanging(CLI::App& noun, Connection& connection, std::shared_ptr<Arguments> arguments) {
  CLI::App* update =
      AddAct(noun, "update", "Change its title, interpreters or languages", arguments,
             [&connection, arguments] { Update(connection, *arguments); });
  AddRepeated(*update, "--title", arguments->titles, "LANGUAGE=TEXT, once for each language");
  AddRepeated(*update, "--interpreter", arguments->interpreters,
              "An interpreter, once for each; replaces all");
  AddRepeated(*update, "--language", arguments->languages,
              "A working language, once for each; replaces all");

  CLI::App* move = AddAct(
      noun, "move", "Promise another time; the old one stays on record", arguments,
      [&connection, arguments] { Move(connection, *arguments); },
      "  neshast session move s-4k2 --at 2026-12-02T11:30 --reason Illness\n");
  AddStartOptions(*move, arguments->start)->required();
  AddLength(*move, "--duration", arguments->duration, "A new length; by default as before");
  move->add_option("--reason", arguments->reason, "Why, for the record");
  move->add_flag("--dry-run", arguments->dry_run, "Check all, write nothing");

  CLI::App* cancel = AddAct(noun, "cancel", "Withdraw it; its people are free again", arguments,
                            [&connection, arguments] {
                              auto request =
                                  Named<v1::CancelSessionRequest>("sessions", arguments->name);
                              request.set_reason(arguments->reason);
                              Act(connection, request, &Stub::CancelSession);
                            });
  cancel->add_option("--reason", arguments->reason, "Why, for the record");
}

}  // namespace

void AddSessionCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* session = AddNoun(app, "session", "Sessions: find an hour, book, move, withdraw");
  AddSuggestCommand(*session, connection);
  AddBookCommand(*session, connection);
  AddReading(*session, connection, arguments);
  AddSimple(*session, "show", "One session, with its time in every city", connection, arguments,
            &Stub::GetSession);
  AddConfirming(*session, connection, arguments);
  AddChanging(*session, connection, arguments);
  AddSimple(*session, "close", "Record that it was held; the series' ledger counts it", connection,
            arguments, &Stub::CloseSession);
}

}  // namespace neshast::cli
