#include "access/access.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "access/pins.h"
#include "access/tokens.h"
#include "neshast/v1/access_service.pb.h"
#include "rpc/standard_methods.h"

namespace neshast {
namespace {

// That role is given by a personal link only.
absl::Status CheckRole(const v1::Principal& principal) {
  if (principal.role() != v1::ROLE_INVITEE) return absl::OkStatus();
  const char* why = "Only who holds a personal link is an invitee.";
  return Error(
      absl::StatusCode::kInvalidArgument, why,
      {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{"principal.role", why}}});
}

// Of who enters by a personal link there is no document: its name is the link's.
v1::Principal InviteeOf(const Caller& caller) {
  v1::Principal invitee;
  invitee.set_name(caller.principal);
  invitee.set_display_name(caller.person);
  invitee.set_role(caller.role);
  invitee.set_city(caller.city);
  invitee.set_person(caller.person);
  return invitee;
}

absl::StatusOr<v1::Principal> GetCaller(const Caller& caller, const v1::GetCallerRequest&,
                                        Transaction& tx) {
  if (caller.role == v1::ROLE_INVITEE) return InviteeOf(caller);
  return tx.Get<v1::Principal>(caller.principal);
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
  v1::Principal principal = request.principal();
  RETURN_IF_ERROR(CheckRole(principal));
  RETURN_IF_ERROR(MakePinsCanonical(principal));
  ASSIGN_OR_RETURN(principal, Create(caller, v1::ACTION_ACCESS_WRITE, std::move(principal),
                                     absl::StrCat("principals/", request.principal_id()), tx));
  RETURN_IF_ERROR(CheckPinsAreItsOwn(principal, tx));
  return principal;
}

absl::StatusOr<v1::Principal> UpdatePrincipal(const Caller& caller,
                                              const v1::UpdatePrincipalRequest& request,
                                              Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Principal changed, Merge(request.principal(), request.update_mask(), tx));
  RETURN_IF_ERROR(CheckRole(changed));
  RETURN_IF_ERROR(MakePinsCanonical(changed));
  // Nobody but the administrator gives roles, not even to itself.
  if (caller.role != v1::ROLE_ADMINISTRATOR) {
    ASSIGN_OR_RETURN(v1::Principal before, tx.Get<v1::Principal>(changed.name()));
    before.set_display_name(changed.display_name());
    changed = std::move(before);
  }
  ASSIGN_OR_RETURN(changed, tx.Put(std::move(changed)));
  RETURN_IF_ERROR(CheckPinsAreItsOwn(changed, tx));
  return changed;
}

absl::StatusOr<google::protobuf::Empty> DeletePrincipal(const Caller&,
                                                        const v1::DeletePrincipalRequest& request,
                                                        Transaction& tx) {
  RETURN_IF_ERROR(tx.Get<v1::Principal>(request.name(), request.etag()).status());
  // Else they would come to life again with another principal of this name.
  RETURN_IF_ERROR(RevokeTokensOf(request.name(), tx));
  RETURN_IF_ERROR(tx.Delete(request.name()));
  return google::protobuf::Empty();
}

}  // namespace

std::vector<Method> AccessMethods() {
  const std::string service = "neshast.v1.AccessService.";
  return {
      Bind(service + "GetCaller", &GetCaller),
      BindGet<v1::GetPrincipalRequest, v1::Principal>(service + "GetPrincipal"),
      Bind(service + "ListPrincipals", &ListPrincipals),
      Bind(service + "CreatePrincipal", &CreatePrincipal),
      Bind(service + "UpdatePrincipal", &UpdatePrincipal),
      Bind(service + "DeletePrincipal", &DeletePrincipal),
      Bind(service + "ListTokens", &ListTokens),
      Bind(service + "CreateToken", &CreateToken),
      Bind(service + "RotateToken", &RotateToken),
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
