// reply list, show, apply, dismiss
#include <memory>

#include "cli/commands.h"
#include "cli/reply_view.h"
#include "neshast/v1/reply_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::ReplyService::Stub;
using v1::Reply;

// What the commands on replies take from the command line.
struct Arguments {
  std::string reply;
  std::string state;
  std::string remark;
};

void List(Connection& connection, const Arguments& arguments) {
  v1::ListRepliesRequest request;
  request.set_state(ValueOf<Reply::State>(arguments.state));
  const auto replies = connection.ListAll(&Stub::ListReplies, request);
  if (replies) ShowReplies(connection, *replies);
}

void Show(Connection& connection, const Arguments& arguments) {
  const auto reply =
      connection.Call(&Stub::GetReply, Named<v1::GetReplyRequest>("replies", arguments.reply));
  if (reply) ShowReply(connection, *reply);
}

template <class Request>
void Decide(Connection& connection, const Arguments& arguments,
            grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*)) {
  auto request = Named<Request>("replies", arguments.reply);
  request.set_remark(arguments.remark);
  const auto reply = connection.Call(method, request);
  if (reply) ShowReply(connection, *reply);
}

void AddId(CLI::App& verb, Arguments& arguments) {
  verb.add_option("reply", arguments.reply, "Its id, as `reply list` shows it")->required();
}

}  // namespace

void AddReplyCommands(CLI::App& app, Connection& connection) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* noun = AddNoun(app, "reply", "What came back by mail, and what counts of it");
  AddVerb(
      *noun, "list", "Replies and what became of them",
      [&connection, arguments] { List(connection, *arguments); },
      "  neshast reply list --state awaits-officer\n")
      ->add_option("--state", arguments->state, "Only those in this state")
      ->check(CLI::IsMember(WordsOf<Reply::State>()));
  AddId(*AddVerb(*noun, "show", "All that one says, and why it does not count by itself",
                 [&connection, arguments] { Show(connection, *arguments); }),
        *arguments);
  CLI::App* apply = AddVerb(
      *noun, "apply", "Let it count as it says, though it proved too little",
      [&connection, arguments] { Decide(connection, *arguments, &Stub::ApplyReply); },
      "  neshast reply apply 3f0c… --remark \"Confirmed by telephone\"\n");
  AddId(*apply, *arguments);
  apply->add_option("--remark", arguments->remark, "Why it counts, for the record");
  CLI::App* dismiss = AddVerb(*noun, "dismiss", "Put it aside", [&connection, arguments] {
    Decide(connection, *arguments, &Stub::DismissReply);
  });
  AddId(*dismiss, *arguments);
  dismiss->add_option("--remark", arguments->remark, "Why it does not count, for the record");
}

}  // namespace neshast::cli
