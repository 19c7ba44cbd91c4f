#include "access/access.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "neshast/v1/access_service.pb.h"
#include "rpc/standard_methods.h"
#include "rpc/token.h"

namespace neshast {
namespace {

constexpr absl::Duration kDefaultLife = absl::Hours(24 * 90);
constexpr absl::Duration kLongestLife = absl::Hours(24 * 366);

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  return timestamp;
}

absl::StatusOr<v1::Principal> GetCaller(const Caller& caller, const v1::GetCallerRequest&,
                                        Transaction& tx) {
  return tx.Get<v1::Principal>(caller.principal);
}

absl::StatusOr<v1::Principal> GetPrincipal(const Caller&, const v1::GetPrincipalRequest& request,
                                           Transaction& tx) {
  return tx.Get<v1::Principal>(request.name());
}

absl::StatusOr<v1::ListPrincipalsResponse> ListPrincipals(const Caller& caller,
                                                          const v1::ListPrincipalsRequest& request,
                                                          Transaction& tx) {
  ASSIGN_OR_RETURN(auto page, ListPage<v1::Principal>(
                                  {.kind = "Principal", .parent = "", .list = {}, .after = ""},
                                  request.page_size(), request.page_token(), tx));
  v1::ListPrincipalsResponse response;
  for (v1::Principal& principal : page.first) {
    if (Authorize(caller, v1::ACTION_ACCESS_READ, ObjectOf(principal)) == Verdict::kAllow) {
      *response.add_principals() = std::move(principal);
    }
  }
  response.set_next_page_token(page.second);
  return response;
}

absl::StatusOr<v1::Principal> CreatePrincipal(const Caller& caller,
                                              const v1::CreatePrincipalRequest& request,
                                              Transaction& tx) {
  return Create(caller, v1::ACTION_ACCESS_WRITE, request.principal(),
                absl::StrCat("principals/", request.principal_id()), tx);
}

absl::StatusOr<v1::Principal> UpdatePrincipal(const Caller& caller,
                                              const v1::UpdatePrincipalRequest& request,
                                              Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Principal changed, Merge(request.principal(), request.update_mask(), tx));
  // Nobody but the administrator gives roles, not even to itself.
  if (caller.role != v1::ROLE_ADMINISTRATOR) {
    ASSIGN_OR_RETURN(const v1::Principal before, tx.Get<v1::Principal>(changed.name()));
    changed.set_role(before.role());
    changed.set_city(before.city());
    changed.set_person(before.person());
    changed.set_disabled(before.disabled());
  }
  return tx.Put(std::move(changed));
}

absl::StatusOr<google::protobuf::Empty> DeletePrincipal(const Caller&,
                                                        const v1::DeletePrincipalRequest& request,
                                                        Transaction& tx) {
  RETURN_IF_ERROR(tx.Get<v1::Principal>(request.name(), request.etag()).status());
  RETURN_IF_ERROR(tx.Delete(request.name()));
  return google::protobuf::Empty();
}

absl::StatusOr<v1::ListTokensResponse> ListTokens(const Caller& caller,
                                                  const v1::ListTokensRequest& request,
                                                  Transaction& tx) {
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_ACCESS_READ,
                           {.kind = "Token",
                            .owner_city = "",
                            .cities = {},
                            .people = {},
                            .principal = request.principal()},
                           request.principal()));
  ASSIGN_OR_RETURN(auto page,
                   ListPage<v1::Token>({.kind = "Token",
                                        .parent = "",
                                        .list = absl::StrCat("tokens@", request.principal()),
                                        .after = ""},
                                       request.page_size(), request.page_token(), tx));
  v1::ListTokensResponse response;
  response.mutable_tokens()->Add(page.first.begin(), page.first.end());
  response.set_next_page_token(page.second);
  return response;
}

// A token for `token.principal`, and its secret.
absl::StatusOr<v1::CreateTokenResponse> Issue(v1::Token token, Transaction& tx) {
  v1::CreateTokenResponse response;
  response.set_secret(NewTokenText());
  const auto text = ParseTokenText(response.secret());
  token.set_name(TokenResourceName(text->id));
  token.set_secret_digest(text->digest);
  const absl::Time latest = tx.now() + kLongestLife;
  if (!token.has_expire_time()) *token.mutable_expire_time() = ToTimestamp(tx.now() + kDefaultLife);
  if (token.expire_time().seconds() > absl::ToUnixSeconds(latest)) {
    return Error(absl::StatusCode::kInvalidArgument, "A token lives for a year at most.",
                 {.reason = "INVALID_FIELD",
                  .metadata = {},
                  .violations = {{"token.expire_time", "It is more than a year from now."}}});
  }
  ASSIGN_OR_RETURN(*response.mutable_token(), tx.Put(std::move(token)));
  return response;
}

absl::StatusOr<v1::CreateTokenResponse> CreateToken(const Caller& caller,
                                                    const v1::CreateTokenRequest& request,
                                                    Transaction& tx) {
  v1::Token token = request.token();
  ClearOutputOnly(token);
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_ACCESS_WRITE, ObjectOf(token), token.principal()));
  RETURN_IF_ERROR(tx.Get<v1::Principal>(token.principal()).status());
  // A token with scopes makes none that may do more.
  if (!caller.scopes.empty())
    token.mutable_scopes()->Assign(caller.scopes.begin(), caller.scopes.end());
  return Issue(std::move(token), tx);
}

absl::StatusOr<v1::Token> RevokeToken(const Caller&, const v1::RevokeTokenRequest& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Token token, tx.Get<v1::Token>(request.name()));
  if (token.has_revoke_time()) return token;
  *token.mutable_revoke_time() = ToTimestamp(tx.now());
  return tx.Put(std::move(token));
}

}  // namespace

std::vector<Method> AccessMethods() {
  const std::string service = "neshast.v1.AccessService.";
  return {
      Bind(service + "GetCaller", &GetCaller),
      Bind(service + "GetPrincipal", &GetPrincipal),
      Bind(service + "ListPrincipals", &ListPrincipals),
      Bind(service + "CreatePrincipal", &CreatePrincipal),
      Bind(service + "UpdatePrincipal", &UpdatePrincipal),
      Bind(service + "DeletePrincipal", &DeletePrincipal),
      Bind(service + "ListTokens", &ListTokens),
      Bind(service + "CreateToken", &CreateToken),
      Bind(service + "RevokeToken", &RevokeToken),
  };
}

absl::StatusOr<std::string> Enroll(const std::string& name, v1::Role role,
                                   const std::string& display_name, const std::string& city,
                                   Transaction& tx) {
  v1::Principal principal;
  principal.set_name(name);
  principal.set_display_name(display_name);
  principal.set_role(role);
  principal.set_city(city);
  if (!tx.GetDocument(name).ok()) RETURN_IF_ERROR(tx.Put(principal).status());
  v1::Token token;
  token.set_principal(name);
  ASSIGN_OR_RETURN(auto issued, Issue(std::move(token), tx));
  return std::move(*issued.mutable_secret());
}

}  // namespace neshast
