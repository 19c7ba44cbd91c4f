// minutes start, show, set, attendance, declare, circulate, reissue, adopt, decline; the others
// stand in minutes_entry.cc, minutes_correction.cc and minutes_seal.cc
#include "cli/minutes.h"

#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/lookup.h"
#include "neshast/v1/session_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::MinutesService::Stub;
using v1::Attendee;
using v1::Minutes;

constexpr int64_t kDay = 86400;  // seconds

// What these commands take from the command line.
struct Arguments {
  WhichMinutes which;
  std::vector<std::string> languages;
  std::vector<std::string> readers;
  std::string person;
  std::string presence;
  std::string city;
  std::string substitute_for;
  int days = 7;
  bool silence = false;
  bool ad_referendum = false;
  std::string reservation;
  std::string language;
  std::string reason;
  bool withdraw = false;
  std::string etag;
};

template <class Request>
void Act(Connection& connection, const Request& request,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Minutes*)) {
  const auto minutes = connection.Call(method, request);
  if (minutes) ShowMinutes(connection, *minutes);
}

// The request on the minutes of the command line, as they are now.
template <class Request>
std::optional<Request> OfMinutes(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return std::nullopt;
  auto request = Named<Request>("", minutes->name());
  request.set_etag(arguments.etag.empty() ? minutes->etag() : arguments.etag);
  return request;
}

// Closes the session, which starts them; a session held before there were minutes gets its own.
void Start(Connection& connection, const Arguments& arguments) {
  const auto session =
      connection.Call(&v1::SessionService::Stub::GetSession,
                      Named<v1::GetSessionRequest>("sessions", arguments.which.session));
  if (!session) return;
  if (session->state() == v1::Session::STATE_HELD) {
    v1::StartMinutesRequest request;
    request.set_session(session->name());
    request.set_request_id(NewRequestId());
    return Act(connection, request, &Stub::StartMinutes);
  }
  if (!connection.Call(&v1::SessionService::Stub::CloseSession,
                       Named<v1::CloseSessionRequest>("sessions", arguments.which.session))) {
    return;
  }
  const auto minutes = FindMinutes(connection, arguments.which);
  if (minutes) ShowMinutes(connection, *minutes);
}

void Show(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (minutes) ShowMinutes(connection, *minutes);
}

void Set(Connection& connection, const Arguments& arguments) {
  const auto minutes = FindMinutes(connection, arguments.which);
  if (!minutes) return;
  v1::UpdateMinutesRequest request;
  request.set_request_id(NewRequestId());
  request.mutable_minutes()->set_name(minutes->name());
  for (const std::string& given : arguments.languages) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(given, absl::MaxSplits('=', 1));
    v1::MinutesLanguage& of = *request.mutable_minutes()->add_languages();
    of.set_language(parts.first);
    of.set_standing(parts.second == "courtesy" ? v1::STANDING_COURTESY
                                               : v1::STANDING_AUTHORITATIVE);
  }
  for (const std::string& reader : arguments.readers) {
    request.mutable_minutes()->add_draft_readers(ResourceName("people", reader));
  }
  Act(connection, request, &Stub::UpdateMinutes);
}

void Attend(Connection& connection, const Arguments& arguments) {
  auto request = OfMinutes<v1::SetAttendanceRequest>(connection, arguments);
  const auto city = CityOrOwn(connection, arguments.city);
  if (!request || !city) return;
  Attendee& row = *request->add_attendance();
  row.set_city(*city);
  row.set_person(ResourceName("people", arguments.person));
  row.set_presence(ValueOf<Attendee::Presence>(arguments.presence));
  if (!arguments.substitute_for.empty()) {
    row.set_substitute_for(ResourceName("people", arguments.substitute_for));
  }
  Act(connection, *request, &Stub::SetAttendance);
}

void Declare(Connection& connection, const Arguments& arguments) {
  v1::DeclarePresenceRequest request;
  request.set_session(ResourceName("sessions", arguments.which.session));
  request.set_request_id(NewRequestId());
  const auto answer = connection.Call(&Stub::DeclarePresence, request);
  if (!answer || PrintDocument(connection.format, *answer)) return;
  std::cout << answer->attendee().printed_name() << " is recorded as "
            << WordOf(answer->attendee().presence()) << ", " << WordOf(answer->attendee().source())
            << ".\n";
}

void Circulate(Connection& connection, const Arguments& arguments) {
  auto request = OfMinutes<v1::CirculateMinutesRequest>(connection, arguments);
  if (!request) return;
  request->mutable_correction_window()->set_seconds(arguments.days * kDay);
  request->set_silence_procedure(arguments.silence);
  Act(connection, *request, &Stub::CirculateMinutes);
}

void Reissue(Connection& connection, const Arguments& arguments) {
  auto request = OfMinutes<v1::ReissueMinutesRequest>(connection, arguments);
  if (!request) return;
  request->mutable_correction_window()->set_seconds(arguments.days * kDay);
  Act(connection, *request, &Stub::ReissueMinutes);
}

void Adopt(Connection& connection, const Arguments& arguments) {
  auto request = OfMinutes<v1::AdoptMinutesRequest>(connection, arguments);
  const auto city = CityOrOwn(connection, arguments.city);
  if (!request || !city) return;
  request->set_city(*city);
  request->set_mode(arguments.ad_referendum         ? v1::ADOPTION_MODE_AD_REFERENDUM
                    : arguments.reservation.empty() ? v1::ADOPTION_MODE_ADOPTED
                                                    : v1::ADOPTION_MODE_WITH_RESERVATION);
  request->set_reservation(arguments.reservation);
  request->set_language(arguments.language);
  Act(connection, *request, &Stub::AdoptMinutes);
}

void Decline(Connection& connection, const Arguments& arguments) {
  auto request = OfMinutes<v1::DeclineMinutesRequest>(connection, arguments);
  const auto city = CityOrOwn(connection, arguments.city);
  if (!request || !city) return;
  request->set_city(*city);
  request->set_reason(arguments.reason);
  request->set_withdraw(arguments.withdraw);
  Act(connection, *request, &Stub::DeclineMinutes);
}

CLI::App* AddAct(CLI::App& noun, const char* name, const char* help, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments,
                 void (*run)(Connection&, const Arguments&), const char* examples = "") {
  CLI::App* verb = AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
  AddWhich(*verb, arguments->which);
  return verb;
}

void AddDraftCommands(CLI::App& minutes, Connection& connection,
                      const std::shared_ptr<Arguments>& arguments) {
  AddAct(minutes, "start", "Close a session, which starts its minutes", connection, arguments,
         &Start);
  AddAct(minutes, "show", "The minutes with their entries, and where each party stands", connection,
         arguments, &Show);
  CLI::App* set = AddAct(minutes, "set", "Set the languages and the readers of a draft", connection,
                         arguments, &Set,
                         "  neshast minutes set s-4k2 --language fa --language ru --language "
                         "en=courtesy\n");
  AddRepeated(*set, "--language", arguments->languages, "LANGUAGE, or LANGUAGE=courtesy");
  AddRepeated(*set, "--reader", arguments->readers, "An interpreter who may read the draft");
  CLI::App* attendance = AddAct(minutes, "attendance", "Record whether somebody was there",
                                connection, arguments, &Attend);
  attendance->add_option("person", arguments->person, "Who")->required();
  attendance->add_option("presence", arguments->presence, "Whether")
      ->required()
      ->check(CLI::IsMember(WordsOf<Attendee::Presence>()));
  attendance->add_option("--city", arguments->city, "For which city; by default your own");
  attendance->add_option("--for", arguments->substitute_for, "In whose place");
  AddAct(minutes, "declare", "Say that you were there yourself", connection, arguments, &Declare);
}

void AddLifeCommands(CLI::App& minutes, Connection& connection,
                     const std::shared_ptr<Arguments>& arguments) {
  CLI::App* circulate = AddAct(minutes, "circulate", "Lay a draft before the parties", connection,
                               arguments, &Circulate);
  circulate->add_flag("--silence", arguments->silence,
                      "Who says nothing in time adopts by silence");
  CLI::App* reissue =
      AddAct(minutes, "reissue", "Circulate the next version, with what was accepted", connection,
             arguments, &Reissue);
  for (CLI::App* verb : {circulate, reissue}) {
    verb->add_option("--days", arguments->days, "How long corrections are in time")
        ->capture_default_str();
  }
  CLI::App* adopt = AddAct(minutes, "adopt", "Adopt them for a city", connection, arguments, &Adopt,
                           "  neshast minutes adopt s-4k2 --reservation \"Not point 3\" "
                           "--language en\n");
  adopt->add_flag("--ad-referendum", arguments->ad_referendum, "Subject to confirmation");
  adopt->add_option("--reservation", arguments->reservation, "What the city reserves");
  adopt->add_option("--language", arguments->language, "The language of the reservation");
  CLI::App* decline = AddAct(minutes, "decline", "Say that a city does not adopt them", connection,
                             arguments, &Decline);
  decline->add_option("reason", arguments->reason, "Why")->required();
  decline->add_flag("--withdraw", arguments->withdraw, "It withdraws from the minutes");
  for (CLI::App* verb : {adopt, decline}) {
    verb->add_option("--city", arguments->city, "Which; by default the one you act for");
    verb->add_option("--etag", arguments->etag,
                     "That of the minutes as you read them; by default as they are now");
  }
}

}  // namespace

void AddWhich(CLI::App& verb, WhichMinutes& which) {
  verb.add_option("session", which.session, "Its id, as `session list` shows it")->required();
  verb.add_option("--number", which.number,
                  "1 for the first, 2 for its amendment; by default the "
                  "newest");
}

std::optional<Minutes> FindMinutes(Connection& connection, const WhichMinutes& which) {
  const std::string session = ResourceName("sessions", which.session);
  if (which.number > 0) {
    return connection.Call(
        &Stub::GetMinutes,
        Named<v1::GetMinutesRequest>(session + "/minutes", absl::StrCat(which.number)));
  }
  v1::ListMinutesRequest request;
  request.set_parent(session);
  const auto list = connection.Call(&Stub::ListMinutes, request);
  if (!list) return std::nullopt;
  if (!list->minutes().empty()) return list->minutes(list->minutes_size() - 1);
  connection.Fail(kNotFound, absl::StrCat("There are no minutes of ", which.session,
                                          " that you may see. `neshast minutes start` closes a "
                                          "session and starts them."));
  return std::nullopt;
}

void AddMinutesCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* minutes =
      AddNoun(app, "minutes", "Minutes: drafted, circulated, adopted, sealed, amended");
  AddDraftCommands(*minutes, connection, arguments);
  AddEntryCommands(*minutes, connection);
  AddLifeCommands(*minutes, connection, arguments);
  AddCorrectionCommands(*minutes, connection);
  AddSealCommands(*minutes, connection);
}

}  // namespace neshast::cli
