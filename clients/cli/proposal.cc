// proposal list, show, send, nudge, decide, withdraw; link renew, revoke
#include "cli/proposal.h"

#include <iostream>

#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/proposal_view.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

using Stub = v1::ProposalService::Stub;

// What the commands on a proposal take from the command line.
struct Arguments {
  std::string name;
  std::string city;
  std::string slot;
  std::string session;
  std::string person;
  std::string reason;
};

void List(Connection& connection, const Arguments& arguments) {
  const auto city = CityOrOwn(connection, arguments.city);
  if (!city) return;
  v1::ListProposalsRequest request;
  request.set_city(*city);
  const auto proposals = connection.ListAll(&Stub::ListProposals, request);
  if (proposals) ShowProposals(connection, *proposals);
}

void Show(Connection& connection, const Arguments& arguments) {
  const auto proposal = ProposalOrOnly(connection, arguments.name);
  if (proposal) ShowToCaller(connection, *proposal);
}

// The commands that name one proposal and return it.
template <class Request>
void Act(Connection& connection, const Request& request,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, v1::Proposal*)) {
  const auto proposal = connection.Call(method, request);
  if (proposal) ShowToCaller(connection, *proposal);
}

void Nudge(Connection& connection, const Arguments& arguments) {
  const auto done = connection.Call(&Stub::NudgeProposal,
                                    Named<v1::NudgeProposalRequest>("proposals", arguments.name));
  if (!done || PrintDocument(connection.format, *done)) return;
  Lookup lookup(connection);
  std::cout << (done->people().empty()
                    ? "Nobody is to be reminded: all have answered, or were in the last 24 hours."
                    : "Reminded: " + lookup.People(done->people()) + ".")
            << "\n";
}

void Decide(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::DecideProposalRequest>("proposals", arguments.name);
  request.set_slot_id(arguments.slot);
  request.set_session_id(arguments.session);
  const auto proposal = connection.Call(&Stub::DecideProposal, request);
  if (!proposal) return;
  ShowToCaller(connection, *proposal);
  if (connection.format != Format::kTable) return;
  std::cout << "It is a draft, whose slot stays held: neshast session confirm "
            << IdOf(proposal->session()) << " promises it.\n";
}

template <class Request>
void ActOnLink(Connection& connection, const Arguments& arguments,
               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, v1::Link*)) {
  auto request = Named<Request>("proposals", arguments.name);
  request.set_person(ResourceName("people", arguments.person));
  const auto link = connection.Call(method, request);
  if (!link || PrintDocument(connection.format, *link)) return;
  std::cout << link->name() << " of " << link->person()
            << (link->has_revoke_time() ? " was revoked at " + InUtc(link->revoke_time())
                                        : " lasts until " + InUtc(link->expire_time()))
            << ".\n";
}

// A verb on one proposal, which is named first.
CLI::App* AddAct(CLI::App& noun, const char* name, const char* help,
                 const std::shared_ptr<Arguments>& arguments, std::function<void()> run,
                 const char* examples = "") {
  CLI::App* verb = AddVerb(noun, name, help, std::move(run), examples);
  AddProposalName(*verb, arguments->name)->required();
  return verb;
}

void AddReading(CLI::App& noun, Connection& connection,
                const std::shared_ptr<Arguments>& arguments) {
  CLI::App* list = AddVerb(noun, "list", "The proposals that a city takes part in",
                           [&connection, arguments] { List(connection, *arguments); });
  list->add_option("--city", arguments->city, "The city; by default the one you act for");
  CLI::App* show = AddVerb(
      noun, "show", "Its slots in your own time first, the counts, and what your city said",
      [&connection, arguments] { Show(connection, *arguments); },
      "  neshast proposal show p-4k2\n  NESHAST_TOKEN=nst_inv_… neshast proposal show\n");
  AddProposalName(*show, arguments->name);
}

void AddHosting(CLI::App& noun, Connection& connection,
                const std::shared_ptr<Arguments>& arguments) {
  AddAct(noun, "send", "Send it to the cities; each recipient gets a personal link", arguments,
         [&connection, arguments] {
           Act(connection, Named<v1::SendProposalRequest>("proposals", arguments->name),
               &Stub::SendProposal);
         });
  AddAct(noun, "nudge", "Remind who has not answered, each once a day at most", arguments,
         [&connection, arguments] { Nudge(connection, *arguments); });
  CLI::App* decide = AddAct(
      noun, "decide", "Make one slot the session, as a draft; the others are free again", arguments,
      [&connection, arguments] { Decide(connection, *arguments); },
      "  neshast proposal decide p-4k2 s2\n");
  decide->add_option("slot", arguments->slot, "Its id, as `proposal show` tells it")->required();
  decide->add_option("--session-id", arguments->session, "The session's id");
  CLI::App* withdraw =
      AddAct(noun, "withdraw", "Withdraw it; its slots are free again", arguments,
             [&connection, arguments] {
               auto request = Named<v1::WithdrawProposalRequest>("proposals", arguments->name);
               request.set_reason(arguments->reason);
               Act(connection, request, &Stub::WithdrawProposal);
             });
  withdraw->add_option("--reason", arguments->reason, "Why; the cities see it");
}

void AddLinks(CLI::App& noun, Connection& connection, const std::shared_ptr<Arguments>& arguments) {
  CLI::App* link = AddNoun(noun, "link", "Personal links of the recipients");
  const auto add = [&](const char* name, const char* help, std::function<void()> run) {
    CLI::App* verb = AddAct(*link, name, help, arguments, std::move(run));
    verb->add_option("person", arguments->person, "Which recipient")->required();
  };
  add("renew", "Make a new one and send it; the old says that it was replaced",
      [&connection, arguments] { ActOnLink(connection, *arguments, &Stub::RenewLink); });
  add("revoke", "End it at once",
      [&connection, arguments] { ActOnLink(connection, *arguments, &Stub::RevokeLink); });
}

}  // namespace

CLI::Option* AddProposalName(CLI::App& verb, std::string& name) {
  return verb.add_option("proposal", name, "Its id, as `proposal list` shows it");
}

std::optional<v1::Proposal> ProposalOrOnly(Connection& connection, const std::string& id) {
  if (!id.empty()) {
    return connection.Call(&Stub::GetProposal, Named<v1::GetProposalRequest>("proposals", id));
  }
  const auto city = CityOrOwn(connection, "");
  if (!city) return std::nullopt;
  v1::ListProposalsRequest request;
  request.set_city(*city);
  const auto all = connection.ListAll(&Stub::ListProposals, request);
  if (!all) return std::nullopt;
  if (all->proposals_size() == 1) return all->proposals(0);
  connection.Fail(kUsage, "Say which proposal: `neshast proposal list` shows those there are.");
  return std::nullopt;
}

void ShowToCaller(Connection& connection, const v1::Proposal& proposal) {
  const auto city = CityOrOwn(connection, "");
  if (city) ShowProposal(connection, proposal, *city);
}

void AddProposalCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* proposal =
      AddNoun(app, "proposal", "Proposals: offer several slots, answer them, decide for one");
  AddProposalCreating(*proposal, connection);
  AddReading(*proposal, connection, arguments);
  AddProposalReplying(*proposal, connection);
  AddHosting(*proposal, connection, arguments);
  AddLinks(*proposal, connection, arguments);
}

}  // namespace neshast::cli
