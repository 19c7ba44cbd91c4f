#include "access/tokens.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rpc/last_uses.h"
#include "rpc/network.h"
#include "rpc/standard_methods.h"
#include "rpc/token.h"

namespace neshast {
namespace {

constexpr int kRevokedAtOnce = 1000;
constexpr int64_t kDefaultGraceSeconds = 24 * 60 * 60;

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  return timestamp;
}

std::string TokensOf(const std::string& principal) {
  return absl::StrCat("tokens@", principal);
}

bool Lives(const v1::Token& token, absl::Time now) {
  const int64_t seconds = absl::ToUnixSeconds(now);
  return !token.has_revoke_time() && token.expire_time().seconds() > seconds &&
         (!token.has_retire_time() || token.retire_time().seconds() > seconds);
}

absl::Status CheckLimits(const v1::Token& token, absl::Time now) {
  std::vector<FieldViolation> violations;
  if (token.expire_time().seconds() > absl::ToUnixSeconds(now + kLongestLife)) {
    violations.push_back({"token.expire_time", "It is more than a year from now."});
  }
  for (int i = 0; i < token.allowed_networks_size(); ++i) {
    const auto network = ParseNetwork(token.allowed_networks(i));
    if (network.ok()) continue;
    violations.push_back(
        {absl::StrCat("token.allowed_networks[", i, "]"), std::string(network.status().message())});
  }
  if (violations.empty()) return absl::OkStatus();
  std::string sentence = "The token's limits are wrong:";
  for (const FieldViolation& each : violations) {
    absl::StrAppend(&sentence, " ", each.field, ": ", each.description);
  }
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "INVALID_FIELD", .violations = std::move(violations)});
}

// Else a secret would be had that may do more than the one that asked for it.
absl::Status CheckMayRotate(const Caller& caller, const v1::Token& token) {
  if (!caller.limited() || caller.token == token.name()) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied,
               "A token with scopes or networks rotates only itself.",
               {.reason = "ACTION_FORBIDDEN"});
}

// No more than two of a line live at a time.
absl::Status CheckRotates(const v1::Token& token, Transaction& tx) {
  if (!Lives(token, tx.now())) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 "The token is revoked or its time is over. Make a new one.",
                 {.reason = "TOKEN_ENDED"});
  }
  for (const std::string& name : {token.predecessor(), token.successor()}) {
    if (name.empty()) continue;
    ASSIGN_OR_RETURN(const v1::Token other, tx.Get<v1::Token>(name));
    if (!Lives(other, tx.now())) continue;
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat(name, " still lives, and two of a line live at most. Revoke it, or ",
                              "wait until it has ended."),
                 {.reason = "ROTATION_UNDER_WAY", .metadata = {{"token", name}}});
  }
  return absl::OkStatus();
}

// What takes the place of `token`, with its limits and for as long as that was made for.
v1::Token SuccessorOf(const v1::Token& token, absl::Time now) {
  v1::Token successor;
  successor.set_principal(token.principal());
  *successor.mutable_scopes() = token.scopes();
  *successor.mutable_allowed_networks() = token.allowed_networks();
  successor.set_predecessor(token.name());
  if (token.has_create_time()) {
    const int64_t life = token.expire_time().seconds() - token.create_time().seconds();
    *successor.mutable_expire_time() = ToTimestamp(now + absl::Seconds(life));
  }
  return successor;
}

absl::StatusOr<v1::Token> Revoke(v1::Token token, Transaction& tx) {
  if (token.has_revoke_time()) return token;
  *token.mutable_revoke_time() = ToTimestamp(tx.now());
  return tx.Put(std::move(token));
}

}  // namespace

absl::StatusOr<v1::CreateTokenResponse> Issue(v1::Token token, Transaction& tx) {
  v1::CreateTokenResponse response;
  response.set_secret(NewTokenText());
  const auto text = ParseTokenText(response.secret());
  token.set_name(TokenResourceName(text->id));
  token.set_secret_digest(text->digest);
  *token.mutable_create_time() = ToTimestamp(tx.now());
  if (!token.has_expire_time()) *token.mutable_expire_time() = ToTimestamp(tx.now() + kDefaultLife);
  RETURN_IF_ERROR(CheckLimits(token, tx.now()));
  ASSIGN_OR_RETURN(*response.mutable_token(), tx.Put(std::move(token)));
  return response;
}

absl::StatusOr<v1::ListTokensResponse> ListTokens(const Caller& caller,
                                                  const v1::ListTokensRequest& request,
                                                  Transaction& tx) {
  v1::Token asked;
  asked.set_principal(request.principal());
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_ACCESS_READ, ObjectOf(asked), request.principal()));
  ASSIGN_OR_RETURN(auto page,
                   ListPage<v1::Token>({.kind = "Token", .list = TokensOf(request.principal())},
                                       request.page_size(), request.page_token(), tx));
  ASSIGN_OR_RETURN(const v1::TokenUses uses, WrittenUses(tx));
  v1::ListTokensResponse response;
  for (v1::Token& token : page.first) {
    const auto use = uses.last_use_seconds().find(token.name());
    if (use != uses.last_use_seconds().end()) {
      token.mutable_last_use_time()->set_seconds(use->second);
    }
    *response.add_tokens() = std::move(token);
  }
  response.set_next_page_token(page.second);
  return response;
}

absl::StatusOr<v1::CreateTokenResponse> CreateToken(const Caller& caller,
                                                    const v1::CreateTokenRequest& request,
                                                    Transaction& tx) {
  v1::Token token = request.token();
  ClearOutputOnly(token);
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_ACCESS_WRITE, ObjectOf(token), token.principal()));
  RETURN_IF_ERROR(tx.Get<v1::Principal>(token.principal()).status());
  // A limited token makes none that may do more.
  if (!caller.scopes.empty()) {
    token.mutable_scopes()->Assign(caller.scopes.begin(), caller.scopes.end());
  }
  if (!caller.networks.empty()) {
    token.mutable_allowed_networks()->Assign(caller.networks.begin(), caller.networks.end());
  }
  return Issue(std::move(token), tx);
}

absl::StatusOr<v1::RotateTokenResponse> RotateToken(const Caller& caller,
                                                    const v1::RotateTokenRequest& request,
                                                    Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Token token, tx.Get<v1::Token>(request.name()));
  RETURN_IF_ERROR(CheckMayRotate(caller, token));
  RETURN_IF_ERROR(CheckRotates(token, tx));
  ASSIGN_OR_RETURN(v1::CreateTokenResponse issued, Issue(SuccessorOf(token, tx.now()), tx));
  const int64_t grace = request.has_grace() ? request.grace().seconds() : kDefaultGraceSeconds;
  token.set_successor(issued.token().name());
  *token.mutable_retire_time() = ToTimestamp(tx.now() + absl::Seconds(grace));
  v1::RotateTokenResponse response;
  ASSIGN_OR_RETURN(*response.mutable_predecessor(), tx.Put(std::move(token)));
  *response.mutable_token() = std::move(*issued.mutable_token());
  response.set_secret(issued.secret());
  return response;
}

absl::StatusOr<v1::Token> RevokeToken(const Caller&, const v1::RevokeTokenRequest& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Token token, tx.Get<v1::Token>(request.name()));
  return Revoke(std::move(token), tx);
}

absl::Status RevokeTokensOf(const std::string& principal, Transaction& tx) {
  ListQuery query{.kind = "Token", .list = TokensOf(principal), .limit = kRevokedAtOnce};
  while (true) {
    ASSIGN_OR_RETURN(std::vector<v1::Token> tokens, tx.List<v1::Token>(query));
    for (v1::Token& token : tokens) RETURN_IF_ERROR(Revoke(token, tx).status());
    if (tokens.size() < kRevokedAtOnce) return absl::OkStatus();
    query.after = tokens.back().name();
  }
}

}  // namespace neshast
