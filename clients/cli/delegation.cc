// delegation show, name, substitute, close, decide, credentials
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/commands.h"
#include "cli/delegation_view.h"
#include "cli/lookup.h"
#include "neshast/v1/directory_service.grpc.pb.h"
#include "neshast/v1/invitation_service.grpc.pb.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::InvitationService::Stub;

// What the commands on a delegation take from the command line.
struct Arguments {
  std::string session;
  std::string city;
  std::vector<std::string> seats;
  std::string seat;
  std::string person;
  std::string own_name;
  std::string latin_name;
  std::vector<std::string> titles;
  std::string change;
  std::string refuse;
  std::string reason;
  std::string state;
  v1::Credentials letter;
  bool dry_run = false;
};

std::optional<v1::Session> SessionOf(Connection& connection, const Arguments& arguments) {
  return connection.Call(&v1::SessionService::Stub::GetSession,
                         Named<v1::GetSessionRequest>("sessions", arguments.session));
}

// The request on the delegation of a city: of the one named, or of the one the caller acts for.
template <class Request>
std::optional<Request> OfCity(Connection& connection, const Arguments& arguments) {
  auto request = Named<Request>("sessions", arguments.session);
  const auto city = CityOrOwn(connection, arguments.city);
  if (!city) return std::nullopt;
  request.set_city(*city);
  return request;
}

template <class Request>
void Act(Connection& connection, const Request& request,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, v1::Session*)) {
  const auto session = connection.Call(method, request);
  if (session) ShowDelegations(connection, *session, request.city());
}

void Show(Connection& connection, const Arguments& arguments) {
  const auto session = SessionOf(connection, arguments);
  if (!session) return;
  ShowDelegations(connection, *session,
                  arguments.city.empty() ? "" : ResourceName("cities", arguments.city));
}

// The seat of `session` in which `who` sits, or whose id that is; null where there is none.
const v1::Seat* SeatOf(const v1::Session& session, const std::string& city,
                       const std::string& who) {
  for (const v1::Delegation& delegation : session.delegations()) {
    if (delegation.city() != city) continue;
    for (const v1::Seat& seat : delegation.seats()) {
      if (seat.id() == who || seat.person() == ResourceName("people", who)) return &seat;
    }
  }
  return nullptr;
}

// A seat for `id`, printed as the directory has it.
std::optional<v1::Seat> SeatFor(Connection& connection, const std::string& id) {
  const auto person = connection.Call(&v1::DirectoryService::Stub::GetPerson,
                                      Named<v1::GetPersonRequest>("people", id));
  if (!person) return std::nullopt;
  v1::Seat seat;
  seat.set_person(person->name());
  seat.set_printed_name(person->own_name());
  seat.set_printed_latin_name(person->latin_name());
  *seat.mutable_printed_title() = person->office();
  return seat;
}

// "head=mayor-of-xian". Who sits there already keeps the seat and how it is printed.
std::optional<v1::Seat> SeatGiven(Connection& connection, const v1::Session& session,
                                  const std::string& city, const std::string& given) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(given, absl::MaxSplits('=', 1));
  const auto role = ValueOf<v1::Seat::Role>(parts.first);
  if (role == v1::Seat::ROLE_UNSPECIFIED || parts.second.empty()) {
    connection.Fail(kUsage, absl::StrCat("\"", given, "\" is no ROLE=PERSON; the roles are ",
                                         Enumerated(WordsOf<v1::Seat::Role>()), "."));
    return std::nullopt;
  }
  const v1::Seat* taken = SeatOf(session, city, parts.second);
  auto seat = taken == nullptr ? SeatFor(connection, parts.second) : *taken;
  if (seat) seat->set_role(role);
  return seat;
}

void Name(Connection& connection, const Arguments& arguments) {
  auto request = OfCity<v1::NameDelegationRequest>(connection, arguments);
  if (!request) return;
  const auto session = SessionOf(connection, arguments);
  if (!session) return;
  for (const std::string& given : arguments.seats) {
    const auto seat = SeatGiven(connection, *session, request->city(), given);
    if (!seat) return;
    *request->add_seats() = *seat;
  }
  request->set_etag(session->etag());
  request->set_validate_only(arguments.dry_run);
  Act(connection, *request, &Stub::NameDelegation);
}

// The seat of `who` for a command; says so where there is none.
const v1::Seat* KnownSeat(Connection& connection, const v1::Session& session,
                          const std::string& city, const std::string& who) {
  const v1::Seat* seat = SeatOf(session, city, who);
  if (seat == nullptr) {
    connection.Fail(kNotFound, absl::StrCat(who, " has no seat in the delegation of ", IdOf(city),
                                            ". `delegation show` tells who has."));
  }
  return seat;
}

void Substitute(Connection& connection, const Arguments& arguments) {
  auto request = OfCity<v1::SubstituteDelegateRequest>(connection, arguments);
  if (!request) return;
  const auto session = SessionOf(connection, arguments);
  if (!session) return;
  const v1::Seat* seat = KnownSeat(connection, *session, request->city(), arguments.seat);
  if (seat == nullptr) return;
  const auto taker = SeatFor(connection, arguments.person);
  if (!taker) return;
  v1::Seat& asked = *request->mutable_seat();
  asked = *taker;
  asked.set_id(seat->id());
  asked.set_role(seat->role());
  if (!arguments.own_name.empty()) asked.set_printed_name(arguments.own_name);
  if (!arguments.latin_name.empty()) asked.set_printed_latin_name(arguments.latin_name);
  if (!arguments.titles.empty()) *asked.mutable_printed_title() = LocalizedTextOf(arguments.titles);
  request->set_reason(arguments.reason);
  Act(connection, *request, &Stub::SubstituteDelegate);
}

void Close(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::CloseDelegationsRequest>("sessions", arguments.session);
  if (!arguments.city.empty()) request.set_city(ResourceName("cities", arguments.city));
  Act(connection, request, &Stub::CloseDelegations);
}

void Decide(Connection& connection, const Arguments& arguments) {
  auto request = OfCity<v1::DecideSeatChangeRequest>(connection, arguments);
  if (!request) return;
  request->set_change_id(arguments.change);
  request->set_accept(arguments.refuse.empty());
  request->set_remark(arguments.refuse);
  Act(connection, *request, &Stub::DecideSeatChange);
}

void Record(Connection& connection, const Arguments& arguments) {
  auto request = OfCity<v1::RecordCredentialsRequest>(connection, arguments);
  if (!request) return;
  const auto session = SessionOf(connection, arguments);
  if (!session) return;
  const v1::Seat* seat = KnownSeat(connection, *session, request->city(), arguments.seat);
  if (seat == nullptr) return;
  request->set_seat_id(seat->id());
  *request->mutable_credentials() = arguments.letter;
  request->mutable_credentials()->set_state(ValueOf<v1::Credentials::State>(arguments.state));
  Act(connection, *request, &Stub::RecordCredentials);
}

// A verb on the delegation of a city in one session, which is named first.
CLI::App* AddAct(CLI::App& noun, const char* name, const char* help, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments,
                 void (*run)(Connection&, const Arguments&), const char* examples = "") {
  CLI::App* verb = AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
  verb->add_option("session", arguments->session, "Its id, as `session list` shows it")->required();
  verb->add_option("--city", arguments->city,
                   "Whose delegation; by default the city you act for, or all where all may be");
  return verb;
}

void AddSeat(CLI::App& verb, Arguments& arguments) {
  verb.add_option("seat", arguments.seat, "Who sits there, or the seat's id")->required();
}

void AddOfTheCity(CLI::App& noun, Connection& connection,
                  const std::shared_ptr<Arguments>& arguments) {
  AddAct(noun, "show", "Who sits in the delegations, and as what", connection, arguments, &Show);
  CLI::App* name = AddAct(noun, "name", "Name everybody, in order; who is left out goes",
                          connection, arguments, &Name,
                          "  neshast delegation name s-4k2 --city xian --seat head=mayor-of-xian "
                          "--seat interpreter=li-wei\n");
  AddRepeated(*name, "--seat", arguments->seats, "ROLE=PERSON, once for each")->required();
  name->add_flag("--dry-run", arguments->dry_run, "Check all, write nothing");
  CLI::App* substitute = AddAct(
      noun, "substitute", "Put somebody else in a seat; once the list is closed, ask for it",
      connection, arguments, &Substitute,
      "  neshast delegation substitute s-4k2 mayor-of-xian vice-mayor-of-xian --reason Illness\n");
  AddSeat(*substitute, *arguments);
  substitute->add_option("person", arguments->person, "Who takes the seat")->required();
  substitute->add_option("--name", arguments->own_name,
                         "As it is to be printed, in its own script");
  substitute->add_option("--latin-name", arguments->latin_name, "The same in Latin letters");
  AddRepeated(*substitute, "--title", arguments->titles, "LANGUAGE=TEXT, once for each language");
  substitute->add_option("--reason", arguments->reason, "Why, for the record");
}

void AddOfTheHost(CLI::App& noun, Connection& connection,
                  const std::shared_ptr<Arguments>& arguments) {
  AddAct(noun, "close", "Close the list of a city, or of all: it changes by request from then on",
         connection, arguments, &Close);
  CLI::App* decide = AddAct(
      noun, "decide", "Accept a change that was asked for, or refuse it", connection, arguments,
      &Decide, "  neshast delegation decide s-4k2 CHANGE --city xian --refuse \"Mayors only\"\n");
  decide->add_option("change", arguments->change, "Its id, as `delegation show` tells it")
      ->required();
  decide->add_option("--refuse", arguments->refuse,
                     "Why it is refused; without this it is accepted");
  CLI::App* record = AddAct(noun, "credentials", "Record the letter that accredits somebody",
                            connection, arguments, &Record);
  AddSeat(*record, *arguments);
  record->add_option("state", arguments->state, "How far the letter has come")
      ->required()
      ->check(CLI::IsMember(WordsOf<v1::Credentials::State>()));
  v1::Credentials& letter = arguments->letter;
  record->add_option("--letter", *letter.mutable_letter_number(), "Its number");
  AddDate(*record, "--date", *letter.mutable_letter_date(), "Its date");
  record->add_option("--file", *letter.mutable_file_reference(), "Where it is filed");
  record->add_option("--remark", *letter.mutable_remark(), "What is to be said; why it is refused");
}

}  // namespace

void AddDelegationCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* delegation =
      AddNoun(app, "delegation", "Delegations: whom each city sends, and who takes whose place");
  AddOfTheCity(*delegation, connection, arguments);
  AddOfTheHost(*delegation, connection, arguments);
}

}  // namespace neshast::cli
