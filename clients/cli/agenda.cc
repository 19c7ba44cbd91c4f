// agenda show, add, update, remove, arrange, propose, accept, refuse, agree, budget, and those of
// agenda_live.cc and agenda_paper.cc
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/agenda_view.h"
#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/times.h"
#include "neshast/v1/agenda_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::AgendaService::Stub;
using v1::AgendaItem;

// What the commands on an agenda take from the command line.
struct Arguments {
  std::string session;
  std::string item;
  std::string under;
  std::string kind;
  std::vector<std::string> titles;
  std::string length;
  std::vector<std::string> speakers;
  bool no_speakers = false;
  std::string openness;
  std::vector<std::string> order;
  std::string city;
  std::string etag;
  std::string remark;
  std::vector<std::string> budgets;
};

// What was given of an item.
AgendaItem ItemGiven(const Arguments& arguments) {
  AgendaItem item;
  item.set_kind(ValueOf<AgendaItem::Kind>(arguments.kind));
  item.set_openness(ValueOf<AgendaItem::Openness>(arguments.openness));
  if (!arguments.titles.empty()) *item.mutable_title() = LocalizedTextOf(arguments.titles);
  if (!arguments.length.empty()) *item.mutable_length() = DurationOf(arguments.length);
  for (const std::string& speaker : arguments.speakers) {
    item.add_speakers()->set_person(ResourceName("people", speaker));
  }
  return item;
}

template <class Request>
void Act(Connection& connection, const Request& request,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, v1::AgendaAnswer*)) {
  const auto answer = connection.Call(method, request);
  if (answer) ShowAgenda(connection, *answer);
}

template <class Request>
void ActOnItem(Connection& connection, const Request& request,
               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, AgendaItem*)) {
  const auto item = connection.Call(method, request);
  if (item) ShowAgendaItem(connection, request.name(), *item);
}

void Show(Connection& connection, const Arguments& arguments) {
  const auto answer = AgendaOf(connection, arguments.session);
  if (answer) ShowAgenda(connection, *answer);
}

void Add(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::CreateAgendaItemRequest>("sessions", arguments.session);
  *request.mutable_item() = ItemGiven(arguments);
  request.set_parent_id(arguments.under);
  request.set_item_id(arguments.item);
  ActOnItem(connection, request, &Stub::CreateAgendaItem);
}

void Propose(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::ProposeAgendaItemRequest>("sessions", arguments.session);
  const auto city = CityOrOwn(connection, arguments.city);
  if (!city) return;
  request.set_city(*city);
  *request.mutable_item() = ItemGiven(arguments);
  request.set_parent_id(arguments.under);
  ActOnItem(connection, request, &Stub::ProposeAgendaItem);
}

// What was changed since it was read here is not overwritten.
void Update(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::UpdateAgendaItemRequest>("sessions", arguments.session);
  const auto answer = AgendaOf(connection, arguments.session);
  if (!answer) return;
  AgendaItem& item = *request.mutable_item();
  item = ItemGiven(arguments);
  item.set_name(absl::StrCat(request.name(), "/agendaItems/", arguments.item));
  for (const AgendaItem& each : answer->agenda().items()) {
    if (each.name() == item.name()) item.set_etag(each.etag());
  }
  auto& mask = *request.mutable_update_mask();
  if (!arguments.kind.empty()) mask.add_paths("kind");
  if (!arguments.titles.empty()) mask.add_paths("title");
  if (!arguments.length.empty()) mask.add_paths("length");
  if (!arguments.openness.empty()) mask.add_paths("openness");
  if (!arguments.speakers.empty() || arguments.no_speakers) mask.add_paths("speakers");
  if (mask.paths().empty()) {
    connection.Fail(kUsage, "Say what is to change: --title, --length, --speaker and so on.");
    return;
  }
  ActOnItem(connection, request, &Stub::UpdateAgendaItem);
}

void Remove(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::DeleteAgendaItemRequest>("sessions", arguments.session);
  request.set_item_id(arguments.item);
  Act(connection, request, &Stub::DeleteAgendaItem);
}

void Arrange(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::ArrangeAgendaRequest>("sessions", arguments.session);
  for (const std::string& given : arguments.order) {
    const std::vector<std::string> path = absl::StrSplit(given, '/');
    v1::AgendaPlace& place = *request.add_places();
    place.set_item_id(path.back());
    if (path.size() > 1) place.set_parent_id(path[path.size() - 2]);
  }
  Act(connection, request, &Stub::ArrangeAgenda);
}

void Decide(Connection& connection, const Arguments& arguments, bool accept) {
  auto request = Named<v1::DecideAgendaItemRequest>("sessions", arguments.session);
  request.set_item_id(arguments.item);
  request.set_accept(accept);
  request.set_remark(arguments.remark);
  ActOnItem(connection, request, &Stub::DecideAgendaItem);
}

void Accept(Connection& connection, const Arguments& arguments) {
  Decide(connection, arguments, true);
}

void Refuse(Connection& connection, const Arguments& arguments) {
  Decide(connection, arguments, false);
}

void Agree(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::AgreeAgendaRequest>("sessions", arguments.session);
  const auto city = CityOrOwn(connection, arguments.city);
  if (!city) return;
  request.set_city(*city);
  request.set_agenda_etag(arguments.etag);
  Act(connection, request, &Stub::AgreeAgenda);
}

// "xian=20m"
void Budget(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::SetSpeakingBudgetsRequest>("sessions", arguments.session);
  for (const std::string& given : arguments.budgets) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(given, absl::MaxSplits('=', 1));
    if (!ParseLength(parts.second)) {
      connection.Fail(kUsage, absl::StrCat("\"", given, "\" is no CITY=LENGTH such as xian=20m."));
      return;
    }
    v1::SpeakingBudget& budget = *request.add_budgets();
    budget.set_city(ResourceName("cities", parts.first));
    *budget.mutable_length() = DurationOf(parts.second);
  }
  Act(connection, request, &Stub::SetSpeakingBudgets);
}

CLI::App* AddAct(CLI::App& noun, const char* name, const char* help, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments,
                 void (*run)(Connection&, const Arguments&), const char* examples = "") {
  CLI::App* verb = AddVerb(
      noun, name, help, [&connection, arguments, run] { run(connection, *arguments); }, examples);
  verb->add_option("session", arguments->session, "Its id, as `session list` shows it")->required();
  return verb;
}

void AddItem(CLI::App& verb, Arguments& arguments) {
  verb.add_option("item", arguments.item, "Its id, as `agenda show` tells it")->required();
}

// What is said of an item; a new one needs most of it.
void AddContent(CLI::App& verb, Arguments& arguments, bool is_new) {
  AddRepeated(verb, "--title", arguments.titles, "LANGUAGE=TEXT, once for each language")
      ->required(is_new);
  AddLength(verb, "--length", arguments.length, "How long it takes: 20m")->required(is_new);
  verb.add_option("--kind", arguments.kind, "What is done")
      ->required(is_new)
      ->check(CLI::IsMember(WordsOf<AgendaItem::Kind>()));
  verb.add_option("--openness", arguments.openness, "Whether observers see its title")
      ->required(is_new)
      ->check(CLI::IsMember(WordsOf<AgendaItem::Openness>()));
  AddRepeated(verb, "--speaker", arguments.speakers, "Who leads it, of a delegation");
}

void AddUnder(CLI::App& verb, Arguments& arguments) {
  verb.add_option("--under", arguments.under, "The item to stand under; by default none");
}

void AddDrafting(CLI::App& agenda, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments) {
  AddAct(agenda, "show", "The items, their papers, who agrees, and what the clock says", connection,
         arguments, &Show);
  CLI::App* add = AddAct(agenda, "add", "Put an item last", connection, arguments, &Add,
                         "  neshast agenda add s-4k2 --id papers --title \"en=Two papers\" "
                         "--length 60m --kind presentation --openness closed\n");
  AddContent(*add, *arguments, true);
  AddUnder(*add, *arguments);
  add->add_option("--id", arguments->item, "Its id; by default the server chooses");
  CLI::App* update = AddAct(agenda, "update", "Change an item", connection, arguments, &Update);
  AddItem(*update, *arguments);
  AddContent(*update, *arguments, false);
  update->add_flag("--no-speakers", arguments->no_speakers, "Nobody leads it any more");
  AddItem(*AddAct(agenda, "remove", "Take an item off, with all under it", connection, arguments,
                  &Remove),
          *arguments);
  AddAct(agenda, "arrange", "Put all items in order", connection, arguments, &Arrange,
         "  neshast agenda arrange s-4k2 welcome papers papers/first papers/second questions\n")
      ->add_option("order", arguments->order, "Every item once; PARENT/ITEM stands under another")
      ->required();
  AddAct(agenda, "budget", "Set how long each delegation is to speak at most", connection,
         arguments, &Budget)
      ->add_option("budgets", arguments->budgets, "CITY=LENGTH, once for each; none: no budgets");
}

void AddAgreeing(CLI::App& agenda, Connection& connection,
                 const std::shared_ptr<Arguments>& arguments) {
  const char city[] = "For which city; by default the one you act for";
  CLI::App* propose =
      AddAct(agenda, "propose", "Propose an item to the host", connection, arguments, &Propose);
  AddContent(*propose, *arguments, true);
  AddUnder(*propose, *arguments);
  propose->add_option("--city", arguments->city, city);
  for (const auto& [name, help, run] :
       {std::tuple("accept", "Put a proposed item on the agenda", &Accept),
        std::tuple("refuse", "Refuse a proposed item", &Refuse)}) {
    CLI::App* decide = AddAct(agenda, name, help, connection, arguments, run);
    AddItem(*decide, *arguments);
    decide->add_option("--remark", arguments->remark, "What is to be said; why it is refused");
  }
  CLI::App* agree =
      AddAct(agenda, "agree", "Agree to the agenda for your side", connection, arguments, &Agree,
             "  neshast agenda agree s-4k2 Yb0vXq7Jw1kTzS3cQm9d2A\n");
  agree
      ->add_option("etag", arguments->etag,
                   "That of the agenda you agree to, as `agenda show` tells it")
      ->required();
  agree->add_option("--city", arguments->city, city);
}

}  // namespace

void AddAgendaCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* agenda = AddNoun(app, "agenda", "Agendas: what a session deals with, and its clock");
  AddDrafting(*agenda, connection, arguments);
  AddAgreeing(*agenda, connection, arguments);
  AddLiveCommands(*agenda, connection);
  AddPaperCommands(*agenda, connection);
}

}  // namespace neshast::cli
