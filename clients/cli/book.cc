// session book
#include <algorithm>
#include <set>

#include "cli/booking.h"
#include "cli/commands.h"
#include "cli/delegations.h"
#include "cli/lookup.h"
#include "cli/session_view.h"
#include "cli/start_time.h"
#include "cli/times.h"
#include "neshast/v1/directory_service.grpc.pb.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::SessionService::Stub;

struct Arguments {
  std::string kind;
  std::vector<std::string> titles;
  DelegationArguments delegations;
  std::vector<std::string> interpreters;
  std::vector<std::string> languages;
  std::string host;
  std::string series;
  std::string hold;
  StartArguments start;
  std::string duration = "1h";
  std::string force_reason;
  bool draft = false;
  bool dry_run = false;
};

v1::Delegation& DelegationOf(v1::Session& session, const std::string& city) {
  for (v1::Delegation& delegation : *session.mutable_delegations()) {
    if (delegation.city() == city) return delegation;
  }
  v1::Delegation& added = *session.add_delegations();
  added.set_city(city);
  return added;
}

// Calls whom `hold` keeps free and the command line does not name: interpreters as such, others as
// optional people of their city. Fails as a call does.
bool AddHeld(Connection& connection, const v1::Hold& hold, v1::Session& session) {
  std::set<std::string> named(session.interpreters().begin(), session.interpreters().end());
  for (const v1::Delegation& delegation : session.delegations()) {
    named.insert(delegation.required_people().begin(), delegation.required_people().end());
    named.insert(delegation.optional_people().begin(), delegation.optional_people().end());
  }
  for (const std::string& name : hold.people()) {
    if (named.count(name) != 0) continue;
    v1::GetPersonRequest request;
    request.set_name(name);
    const auto person = connection.Call(&v1::DirectoryService::Stub::GetPerson, request);
    if (!person) return false;
    if (person->interprets_size() > 0) {
      session.add_interpreters(name);
    } else {
      DelegationOf(session, person->city()).add_optional_people(name);
    }
  }
  return true;
}

std::optional<v1::Hold> HoldOf(Connection& connection, const std::string& id) {
  const auto holds = connection.ListAll(&Stub::ListHolds, v1::ListHoldsRequest());
  if (!holds) return std::nullopt;
  const std::string name = ResourceName("holds", id);
  const auto found = std::find_if(holds->holds().begin(), holds->holds().end(),
                                  [&](const v1::Hold& hold) { return hold.name() == name; });
  if (found != holds->holds().end()) return *found;
  connection.Fail(kNotFound,
                  "There is no hold " + name + ".\n`neshast hold list` shows those that last.");
  return std::nullopt;
}

// The time and place of a hold, and everybody it keeps free. Fails as a call does.
bool FillFromHold(Connection& connection, const std::string& id,
                  v1::CreateSessionRequest& request) {
  const auto hold = HoldOf(connection, id);
  if (!hold) return false;
  v1::Session& session = *request.mutable_session();
  session.set_host(hold->host());
  *session.mutable_start_time() = hold->start_time();
  *session.mutable_duration() = hold->duration();
  request.set_hold(hold->name());
  return AddHeld(connection, *hold, session);
}

// The time and place of the command line. Fails as a call does.
bool FillFromOptions(Connection& connection, const Arguments& arguments, v1::Session& session) {
  if (arguments.start.at.empty()) {
    return connection.Fail(kUsage,
                           "Say when: --at for an hour that you know, --hold for a hold.\n"
                           "`neshast session suggest` finds an hour.");
  }
  const auto host = CityOrOwn(connection, arguments.host);
  if (!host) return false;
  const auto start = StartOf(connection, arguments.start, *host);
  if (!start) return false;
  session.set_host(*host);
  *session.mutable_start_time() = *start;
  *session.mutable_duration() = DurationOf(arguments.duration);
  return true;
}

std::optional<v1::CreateSessionRequest> RequestOf(Connection& connection,
                                                  const Arguments& arguments) {
  v1::CreateSessionRequest request;
  request.set_request_id(NewRequestId());
  request.set_validate_only(arguments.dry_run);
  v1::Session& session = *request.mutable_session();
  const auto delegations = DelegationsOf(connection, arguments.delegations);
  if (!delegations) return std::nullopt;
  session.mutable_delegations()->Add(delegations->begin(), delegations->end());
  for (const std::string& each : arguments.interpreters) {
    session.add_interpreters(ResourceName("people", each));
  }
  const bool filled = arguments.hold.empty() ? FillFromOptions(connection, arguments, session)
                                             : FillFromHold(connection, arguments.hold, request);
  if (!filled) return std::nullopt;
  session.set_kind(ValueOf<v1::Session::Kind>(arguments.kind));
  *session.mutable_title() = LocalizedTextOf(arguments.titles);
  session.mutable_languages()->Add(arguments.languages.begin(), arguments.languages.end());
  if (!arguments.series.empty()) session.set_series(ResourceName("series", arguments.series));
  return request;
}

void Book(Connection& connection, const Arguments& arguments) {
  const auto request = RequestOf(connection, arguments);
  if (!request) return;
  const auto session = arguments.draft || arguments.dry_run
                           ? connection.Call(&Stub::CreateSession, *request)
                           : DraftAndConfirm(connection, *request, arguments.force_reason);
  if (session) ShowSession(connection, *session);
}

void AddOptions(CLI::App& book, Arguments& arguments) {
  AddKindOption(book, arguments.kind)->required();
  AddRepeated(book, "--title", arguments.titles, "LANGUAGE=TEXT, once for each language")
      ->required();
  AddDelegationOptions(book, arguments.delegations);
  AddRepeated(book, "--interpreter", arguments.interpreters, "An interpreter, once for each");
  AddRepeated(book, "--language", arguments.languages, "A working language, once for each");
  CLI::Option* host =
      book.add_option("--host", arguments.host, "The host city; by default the one you act for");
  book.add_option("--series", arguments.series, "The series whose ledger it counts in");
  CLI::Option* at = AddStartOptions(book, arguments.start);
  CLI::Option* duration =
      AddLength(book, "--duration", arguments.duration, "90m, 2h")->capture_default_str();
  book.add_option("--hold", arguments.hold,
                  "A hold that becomes the session, at its time, with all whom it keeps free")
      ->excludes(at)
      ->excludes(host)
      ->excludes(duration);
  CLI::Option* force = AddForceReason(book, arguments.force_reason);
  book.add_flag("--draft", arguments.draft, "Do not confirm it")->excludes(force);
  book.add_flag("--dry-run", arguments.dry_run, "Check all, write nothing");
}

}  // namespace

void AddBookCommand(CLI::App& session, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* book = AddVerb(
      session, "book", "Draft and confirm a session at an hour that you know",
      [&connection, arguments] { Book(connection, *arguments); },
      "  neshast session book --kind mayors-dialogue --title \"en=Mayors' dialogue\" \\\n"
      "    --city isfahan=mayor-of-isfahan --city xian=mayor-of-xian \\\n"
      "    --at 2026-12-01T11:30 --duration 90m\n"
      "  neshast session book --hold h-7d1 --kind summit --title \"en=Summit of the ECO\" \\\n"
      "    --network eco-mayors --people mayor-of-{city}\n"
      "`neshast session suggest` finds the hour and books it in one command.\n");
  AddOptions(*book, *arguments);
}

}  // namespace neshast::cli
