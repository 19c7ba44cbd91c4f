#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "library/listing.h"
#include "library/parts.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/library_service.pb.h"
#include "neshast/v1/session.pb.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"
#include "sessions/random_id.h"

namespace neshast {
namespace {

using State = v1::Initiative::State;

constexpr int kMostSupporters = 1000;

absl::StatusOr<v1::ListInitiativesResponse> ListInitiatives(
    const Caller& caller, const v1::ListInitiativesRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(auto page, ListNewest<v1::Initiative>(caller,
                                                         {.kind = "Initiative",
                                                          .page_size = request.page_size(),
                                                          .page_token = request.page_token()},
                                                         tx));
  v1::ListInitiativesResponse response;
  for (v1::Initiative& each : page.first) *response.add_initiatives() = std::move(each);
  response.set_next_page_token(page.second);
  return response;
}

absl::StatusOr<v1::Initiative> Submit(const Caller& caller,
                                      const v1::SubmitInitiativeRequest& request, Transaction& tx) {
  RETURN_IF_ERROR(CheckReferences(request.initiative(), "initiative", tx));
  const std::string id = request.initiative_id().empty() ? RandomId() : request.initiative_id();
  v1::Initiative initiative = request.initiative();
  ClearOutputOnly(initiative);
  initiative.set_name(absl::StrCat("initiatives/", id));
  initiative.set_state(v1::Initiative::STATE_SUBMITTED);
  initiative.mutable_submit_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  RETURN_IF_ERROR(
      CheckMay(caller, v1::ACTION_LIBRARY_WRITE, ObjectOf(initiative), initiative.name()));
  RETURN_IF_ERROR(CheckFree(tx, initiative.name()));
  return tx.Put(std::move(initiative));
}

absl::Status WrongState(const v1::Initiative& initiative, absl::string_view sentence) {
  const std::string state = v1::Initiative::State_Name(initiative.state());
  return Error(absl::StatusCode::kFailedPrecondition, sentence,
               {.reason = "WRONG_STATE", .metadata = {{"state", state}}, .violations = {}});
}

bool MayBecome(State from, State to) {
  if (to == v1::Initiative::STATE_SUBMITTED) return false;
  return from == v1::Initiative::STATE_SUBMITTED ||
         (from == v1::Initiative::STATE_ACCEPTED && to != v1::Initiative::STATE_ACCEPTED);
}

// The session of an agenda item must be one that the caller may see.
absl::Status CheckAgendaItem(const Caller& caller, const std::string& item, Transaction& tx) {
  const std::vector<std::string> parts = absl::StrSplit(item, '/');
  const std::string name = parts.size() < 2 ? item : absl::StrCat(parts[0], "/", parts[1]);
  const auto session = tx.Get<v1::Session>(name);
  if (session.ok() && CheckMay(caller, v1::ACTION_SESSION_READ, ObjectOf(*session), name).ok()) {
    return absl::OkStatus();
  }
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("There is no session ", name, "."),
               {.reason = "REFERENCE_NOT_FOUND",
                .metadata = {{"field", "agenda_item"}, {"name", name}},
                .violations = {}});
}

absl::StatusOr<v1::Initiative> Moderate(const Caller& caller,
                                        const v1::ModerateInitiativeRequest& request,
                                        Transaction& tx) {
  ASSIGN_OR_RETURN(auto initiative, tx.Get<v1::Initiative>(request.name(), request.etag()));
  if (request.state() != v1::Initiative::STATE_UNSPECIFIED) {
    if (!MayBecome(initiative.state(), request.state())) {
      return WrongState(initiative, "What was refused or published stays so.");
    }
    initiative.set_state(request.state());
    initiative.set_remark(request.remark());
  }
  if (!request.agenda_item().empty()) {
    RETURN_IF_ERROR(CheckAgendaItem(caller, request.agenda_item(), tx));
    initiative.set_agenda_item(request.agenda_item());
  }
  return tx.Put(std::move(initiative));
}

absl::StatusOr<v1::Initiative> Support(const Caller& caller,
                                       const v1::SupportInitiativeRequest& request,
                                       Transaction& tx) {
  ASSIGN_OR_RETURN(auto initiative, tx.Get<v1::Initiative>(request.name()));
  Object object = ObjectOf(initiative);
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_LIBRARY_READ, object, initiative.name()));
  RETURN_IF_ERROR(CheckReferences(request, "", tx));
  ASSIGN_OR_RETURN(const auto organization, tx.Get<v1::Organization>(request.organization()));
  object.owner_city = organization.city();
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_LIBRARY_WRITE, object, initiative.name()));
  if (initiative.state() != v1::Initiative::STATE_PUBLISHED) {
    return WrongState(initiative, "Only what is published can be supported.");
  }
  const auto& supporters = initiative.supporters();
  if (std::find(supporters.begin(), supporters.end(), request.organization()) != supporters.end()) {
    return initiative;
  }
  RETURN_IF_ERROR(CheckRoom("supporters", supporters.size(), kMostSupporters));
  initiative.add_supporters(request.organization());
  return tx.Put(std::move(initiative));
}

}  // namespace

std::vector<Method> InitiativeMethods() {
  const std::string service = kLibraryService;
  return {
      BindGet<v1::GetInitiativeRequest, v1::Initiative>(service + "GetInitiative"),
      Bind(service + "ListInitiatives", &ListInitiatives),
      Bind(service + "SubmitInitiative", &Submit),
      Bind(service + "ModerateInitiative", &Moderate),
      Bind(service + "SupportInitiative", &Support),
  };
}

}  // namespace neshast
