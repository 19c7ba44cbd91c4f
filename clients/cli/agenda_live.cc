// agenda start, item, next, pause, resume, end; agenda floor list, request, withdraw, give, end,
// move
#include <memory>

#include "cli/agenda_view.h"
#include "cli/commands.h"
#include "neshast/v1/agenda_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::AgendaService::Stub;

struct Arguments {
  std::string session;
  std::string item;
  std::string person;
  int position = 1;
};

template <class Request>
using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, v1::AgendaAnswer*);

// A verb that is the method `method`; `set` fills in what the request takes besides the session.
template <class Request, class Set>
CLI::App* AddAct(CLI::App& noun, const char* name, const char* help, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments, Method<Request> method, Set set) {
  const auto run = [&connection, arguments, method, set] {
    auto request = Named<Request>("sessions", arguments->session);
    set(*arguments, request);
    const auto answer = connection.Call(method, request);
    if (answer) ShowAgenda(connection, *answer);
  };
  CLI::App* verb = AddVerb(noun, name, help, run);
  verb->add_option("session", arguments->session, "Its id, as `session list` shows it")->required();
  return verb;
}

// Requests that take the session only.
constexpr auto kNothing = [](const Arguments&, auto&) {};

constexpr auto kPerson = [](const Arguments& arguments, auto& request) {
  request.set_person(ResourceName("people", arguments.person));
};

void AddClock(CLI::App& agenda, Connection& connection,
              const std::shared_ptr<Arguments>& arguments) {
  AddAct<v1::StartAgendaRequest>(agenda, "start", "Begin with the first item", connection,
                                 arguments, &Stub::StartAgenda, kNothing);
  AddAct<v1::StartItemRequest>(agenda, "item", "Call an item", connection, arguments,
                               &Stub::StartItem,
                               [](const Arguments& given, v1::StartItemRequest& request) {
                                 request.set_item_id(given.item);
                               })
      ->add_option("item", arguments->item, "Its id, as `agenda show` tells it")
      ->required();
  AddAct<v1::NextItemRequest>(agenda, "next", "Call the next item", connection, arguments,
                              &Stub::NextItem, kNothing);
  AddAct<v1::PauseAgendaRequest>(agenda, "pause", "Stop the clock", connection, arguments,
                                 &Stub::PauseAgenda, kNothing);
  AddAct<v1::ResumeAgendaRequest>(agenda, "resume", "Let the clock run again", connection,
                                  arguments, &Stub::ResumeAgenda, kNothing);
  AddAct<v1::EndAgendaRequest>(agenda, "end", "End the agenda, which then stays as it is",
                               connection, arguments, &Stub::EndAgenda, kNothing);
}

void AddPerson(CLI::App& verb, Arguments& arguments) {
  verb.add_option("person", arguments.person, "Who, as `delegation show` tells it")->required();
}

void AddFloor(CLI::App& floor, Connection& connection,
              const std::shared_ptr<Arguments>& arguments) {
  AddAct<v1::GetAgendaRequest>(floor, "list", "Who has it, and who asks for it", connection,
                               arguments, &Stub::GetAgenda, kNothing);
  AddPerson(*AddAct<v1::RequestFloorRequest>(floor, "request", "Ask for it", connection, arguments,
                                             &Stub::RequestFloor, kPerson),
            *arguments);
  AddPerson(*AddAct<v1::WithdrawFloorRequest>(floor, "withdraw", "Ask for it no more", connection,
                                              arguments, &Stub::WithdrawFloor, kPerson),
            *arguments);
  AddPerson(*AddAct<v1::GiveFloorRequest>(floor, "give", "Give it to somebody", connection,
                                          arguments, &Stub::GiveFloor, kPerson),
            *arguments);
  AddAct<v1::EndTurnRequest>(floor, "end", "Take it back", connection, arguments, &Stub::EndTurn,
                             kNothing);
  CLI::App* move = AddAct<v1::MoveSpeakerRequest>(
      floor, "move", "Move somebody within the list", connection, arguments, &Stub::MoveSpeaker,
      [](const Arguments& given, v1::MoveSpeakerRequest& request) {
        kPerson(given, request);
        request.set_position(given.position);
      });
  AddPerson(*move, *arguments);
  move->add_option("position", arguments->position, "1 is the next")->required();
}

}  // namespace

void AddLiveCommands(CLI::App& agenda, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  AddClock(agenda, connection, arguments);
  AddFloor(*AddNoun(agenda, "floor", "The floor: who has it, and the list of speakers"), connection,
           arguments);
}

}  // namespace neshast::cli
