// invitation receive, respond, responses
#include <iostream>
#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/reply_view.h"
#include "cli/times.h"
#include "neshast/v1/invitation_service.grpc.pb.h"
#include "neshast/v1/reply_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::InvitationService::Stub;
using v1::InvitationResponse;

// What the commands on invitations take from the command line.
struct Arguments {
  std::string session;
  std::string person;
  std::string answer;
  std::string comment;
};

// The most octets of a mail that the server takes; of a longer one, the beginning is sent.
constexpr size_t kMostMail = 204'800;

// A mail from standard input; one octet more than may be sent tells that it is longer.
std::string ReadMail() {
  std::string mail(kMostMail + 1, '\0');
  std::cin.read(mail.data(), static_cast<std::streamsize>(mail.size()));
  mail.resize(static_cast<size_t>(std::cin.gcount()));
  return mail;
}

void Receive(Connection& connection) {
  v1::ReceiveReplyRequest request;
  request.set_mail(ReadMail());
  request.set_truncated(request.mail().size() > kMostMail);
  if (request.truncated()) {
    request.mutable_mail()->resize(kMostMail);
    // A mail server takes it amiss when its pipe is closed early.
    std::cin.ignore(std::numeric_limits<std::streamsize>::max());
  }
  request.set_request_id(NewRequestId());
  const auto reply = connection.Call(&v1::ReplyService::Stub::ReceiveReply, request);
  if (reply) ShowReply(connection, *reply);
}

void ShowResponses(Connection& connection, const v1::ListInvitationResponsesResponse& list) {
  if (PrintDocument(connection.format, list)) return;
  Lookup lookup(connection);
  std::vector<Row> rows{{"PERSON", "CITY", "ANSWER", "COMMENT", "ANSWERED AT", "BY"}};
  for (const InvitationResponse& each : list.responses()) {
    const std::string answer =
        absl::StrCat(WordOf(each.answer()), each.outdated() ? ", outdated" : "");
    rows.push_back({lookup.Person(each.person()), lookup.City(each.city()),
                    Cell(answer, each.outdated() ? Tone::kBad : Tone::kPlain),
                    absl::StrReplaceAll(each.comment(), {{"\n", " "}}), InUtc(each.response_time()),
                    each.given_by()});
  }
  PrintTable(rows);
  for (const v1::CityResponses& city : list.cities()) {
    std::cout << Painted(lookup.City(city.city()), Tone::kHeading) << ": " << city.accepted()
              << " accepted, " << city.declined() << " declined, " << city.tentative()
              << " tentative";
    if (!city.awaited_people().empty()) {
      std::cout << ", awaited: " << lookup.People(city.awaited_people());
    }
    std::cout << "\n";
  }
}

void Responses(Connection& connection, const Arguments& arguments) {
  v1::ListInvitationResponsesRequest request;
  request.set_parent(ResourceName("sessions", arguments.session));
  const auto list = connection.ListAll(&Stub::ListInvitationResponses, request);
  if (list) ShowResponses(connection, *list);
}

void Respond(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::RespondToInvitationRequest>("sessions", arguments.session);
  request.set_person(ResourceName("people", arguments.person));
  request.set_answer(ValueOf<InvitationResponse::Answer>(arguments.answer));
  request.set_comment(arguments.comment);
  const auto response = connection.Call(&Stub::RespondToInvitation, request);
  if (!response || PrintDocument(connection.format, *response)) return;
  v1::ListInvitationResponsesResponse list;
  *list.add_responses() = *response;
  ShowResponses(connection, list);
}

void AddSession(CLI::App& verb, Arguments& arguments) {
  verb.add_option("session", arguments.session, "Its id, as `session list` shows it")->required();
}

}  // namespace

void AddInvitationCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* noun = AddNoun(app, "invitation", "Answers to invitations");
  CLI::App* respond = AddVerb(
      *noun, "respond", "Answer for yourself or for somebody of your city",
      [&connection, arguments] { Respond(connection, *arguments); },
      "  neshast invitation respond s-4k2 mayor-of-xian accepted --comment \"From 10:00\"\n");
  AddSession(*respond, *arguments);
  respond->add_option("person", arguments->person, "Who answers")->required();
  respond->add_option("answer", arguments->answer, "What is said")
      ->required()
      ->check(CLI::IsMember(WordsOf<InvitationResponse::Answer>()));
  respond->add_option("--comment", arguments->comment, "A remark");
  AddSession(*AddVerb(*noun, "responses", "Who comes, who does not, and who is still awaited",
                      [&connection, arguments] { Responses(connection, *arguments); }),
             *arguments);
  AddVerb(
      *noun, "receive", "Take in a mail that answers ours, from standard input",
      [&connection] { Receive(connection); }, "  neshast invitation receive < mail.eml\n");
}

}  // namespace neshast::cli
