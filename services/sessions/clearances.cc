#include "sessions/clearances.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "directory/counterparts.h"
#include "rpc/references.h"
#include "sessions/booking.h"

namespace neshast {
namespace {

using v1::Clearance;

absl::Status CheckLetter(const Clearance& clearance) {
  if (clearance.state() == Clearance::STATE_AWAITED || !clearance.letter_number().empty()) {
    return absl::OkStatus();
  }
  return Error(absl::StatusCode::kInvalidArgument,
               "What a body grants or refuses, it says in a letter: give the letter's number.",
               {.reason = "INVALID_FIELD",
                .metadata = {},
                .violations = {{"clearance.letter_number", "It is required."}}});
}

absl::Status ClearanceMissing(const v1::ForcedConfirmation& forced) {
  const std::string bodies = absl::StrJoin(forced.missing_bodies(), ", ");
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The session waits for the clearance of ", bodies, "."),
               {.reason = "CLEARANCE_MISSING", .metadata = {{"bodies", bodies}}, .violations = {}});
}

// The cities with which the caller's own sits down.
std::vector<std::string> PartnersIn(const v1::Session& session, const Caller& caller) {
  std::vector<std::string> partners;
  for (const v1::Delegation& delegation : session.delegations()) {
    if (delegation.city() != caller.city) partners.push_back(delegation.city());
  }
  return partners;
}

}  // namespace

absl::StatusOr<v1::Session> RecordClearance(const Caller&,
                                            const v1::RecordClearanceRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Session session, tx.Get<v1::Session>(request.name(), request.etag()));
  if (session.state() != v1::Session::STATE_DRAFT) {
    return WrongState(session, "a draft waits for clearances");
  }
  RETURN_IF_ERROR(CheckLetter(request.clearance()));
  RETURN_IF_ERROR(CheckReferences(request.clearance(), "clearance", tx));
  auto& clearances = *session.mutable_clearances();
  const auto recorded = std::find_if(
      clearances.begin(), clearances.end(),
      [&](const Clearance& each) { return each.body() == request.clearance().body(); });
  (recorded == clearances.end() ? *clearances.Add() : *recorded) = request.clearance();
  return tx.Put(std::move(session));
}

absl::StatusOr<v1::Session> Cleared(v1::Session session, const std::string& force_reason,
                                    const Caller& caller, Transaction& tx) {
  v1::ForcedConfirmation forced;
  for (const Clearance& clearance : session.clearances()) {
    if (clearance.state() == Clearance::STATE_GRANTED) continue;
    forced.add_missing_bodies(clearance.body());
  }
  ASSIGN_OR_RETURN(const auto unverified, UnverifiedOf(PartnersIn(session, caller), tx));
  for (const UnverifiedCity& city : unverified) forced.add_unverified_cities(city.name);
  if (forced.missing_bodies().empty() && unverified.empty()) return session;
  if (force_reason.empty()) {
    return unverified.empty() ? ClearanceMissing(forced) : CounterpartsUnverified(unverified);
  }
  forced.set_reason(force_reason);
  forced.set_principal(caller.principal);
  forced.mutable_force_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  *session.mutable_forced_confirmation() = std::move(forced);
  return session;
}

absl::Status CheckJoining(const v1::Session& before, const v1::Session& session,
                          const Caller& caller, Transaction& tx) {
  std::vector<std::string> joining = PartnersIn(session, caller);
  for (const std::string& city : PartnersIn(before, caller)) {
    joining.erase(std::remove(joining.begin(), joining.end(), city), joining.end());
  }
  ASSIGN_OR_RETURN(const auto unverified, UnverifiedOf(joining, tx));
  return unverified.empty() ? absl::OkStatus() : CounterpartsUnverified(unverified);
}

}  // namespace neshast
