// token create, token list, token rotate, token revoke
#include <iostream>
#include <optional>

#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/times.h"
#include "neshast/v1/access_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::AccessService::Stub;

struct Arguments {
  std::string id;
  std::string principal;
  std::string length;
  std::string grace;
  std::vector<std::string> scopes;
  std::vector<std::string> networks;
};

template <class Tokens>
void Print(const Tokens& tokens) {
  std::vector<Row> rows{{"TOKEN", "PRINCIPAL", "ENDS", "REVOKED", "LIMITED TO"}};
  for (const v1::Token& token : tokens) {
    std::vector<std::string> scopes;
    for (const int scope : token.scopes()) scopes.push_back(WordOf(static_cast<v1::Action>(scope)));
    rows.push_back({IdOf(token.name()), IdOf(token.principal()), InUtc(token.expire_time()),
                    Cell(token.has_revoke_time() ? InUtc(token.revoke_time()) : "", Tone::kBad),
                    scopes.empty() ? "all its principal may" : absl::StrJoin(scopes, " ")});
  }
  PrintTable(rows);
}

void List(Connection& connection, const std::string& principal) {
  v1::ListTokensRequest request;
  request.set_principal(ResourceName("principals", principal));
  const auto tokens = connection.ListAll(&Stub::ListTokens, request);
  if (!tokens || PrintDocument(connection.format, *tokens)) return;
  Print(tokens->tokens());
}

// `made` is the answer of a call that shows a secret.
template <class Made>
void ShowSecret(Connection& connection, const std::optional<Made>& made) {
  if (!made || PrintDocument(connection.format, *made)) return;
  Print(std::vector<v1::Token>{made->token()});
  std::cout << "Its secret, shown this once; keep it in a file that only you can read:\n"
            << made->secret() << "\n";
}

void Create(Connection& connection, const Arguments& arguments) {
  v1::CreateTokenRequest request;
  v1::Token& token = *request.mutable_token();
  token.set_principal(ResourceName("principals", arguments.principal));
  for (const std::string& scope : arguments.scopes) token.add_scopes(ValueOf<v1::Action>(scope));
  if (const auto length = ParseLength(arguments.length)) {
    *token.mutable_expire_time() = TimestampOf(absl::Now() + absl::Seconds(*length));
  }
  for (const std::string& network : arguments.networks) token.add_allowed_networks(network);
  request.set_request_id(NewRequestId());
  ShowSecret(connection, connection.Call(&Stub::CreateToken, request));
}

void Rotate(Connection& connection, const Arguments& arguments) {
  auto request = Named<v1::RotateTokenRequest>("tokens", arguments.id);
  if (!arguments.grace.empty()) *request.mutable_grace() = DurationOf(arguments.grace);
  ShowSecret(connection, connection.Call(&Stub::RotateToken, request));
}

void Revoke(Connection& connection, const std::string& id) {
  const auto token =
      connection.Call(&Stub::RevokeToken, Named<v1::RevokeTokenRequest>("tokens", id));
  if (!token || PrintDocument(connection.format, *token)) return;
  Print(std::vector<v1::Token>{*token});
}

}  // namespace

void AddTokenCommands(CLI::App& app, Connection& connection) {
  CLI::App* token = AddNoun(app, "token", "Credentials of principals (administrators)");
  auto arguments = std::make_shared<Arguments>();
  CLI::App* list = AddVerb(*token, "list", "A principal's tokens, without their secrets",
                           [&connection, arguments] { List(connection, arguments->principal); });
  list->add_option("--principal", arguments->principal, "Whose")->required();
  CLI::App* create = AddVerb(
      *token, "create", "Make a token and show its secret, once",
      [&connection, arguments] { Create(connection, *arguments); },
      "  neshast token create --principal calendar-sync --lasts 30d --scope session-read\n");
  create->add_option("--principal", arguments->principal, "Whose")->required();
  AddLength(*create, "--lasts", arguments->length, "How long; by default 90d, at most a year");
  AddRepeated(*create, "--scope", arguments->scopes,
              "An action it is limited to, once for each; by default all that its principal may")
      ->check(CLI::IsMember(WordsOf<v1::Action>()));
  AddRepeated(*create, "--network", arguments->networks,
              "A network that it is to be used from, such as 192.0.2.0/24, once for each");
  CLI::App* rotate = AddVerb(
      *token, "rotate", "Make a token's successor and show its secret, once",
      [&connection, arguments] { Rotate(connection, *arguments); },
      "  neshast token rotate 0a1b2c3d4e --grace 2h\n"
      "The old one lives on for the grace, so that both sides can change over.\n");
  rotate->add_option("token", arguments->id, "Its id, as `token list` shows it")->required();
  AddLength(*rotate, "--grace", arguments->grace,
            "How long the old one lives on; by default 24h, at most 7d, 0m ends it at once");
  AddVerb(*token, "revoke", "End a token at once",
          [&connection, arguments] { Revoke(connection, arguments->id); })
      ->add_option("token", arguments->id, "Its id, as `token list` shows it")
      ->required();
}

}  // namespace neshast::cli
