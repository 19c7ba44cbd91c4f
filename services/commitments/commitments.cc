#include "commitments/commitments.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "commitments/circle.h"
#include "neshast/v1/commitment_service.pb.h"
#include "rpc/filtered_page.h"
#include "rpc/references.h"
#include "rpc/refusal.h"
#include "rpc/standard_methods.h"
#include "sessions/random_id.h"
#include "sessions/register_index.h"

namespace neshast {
namespace {

using v1::Commitment;

constexpr int kMostProgress = 500;

// Whether a commitment passes the filters that no list answers.
bool Passes(const Commitment& commitment, const v1::ListCommitmentsRequest& request) {
  if (!request.session().empty() && commitment.session() != request.session()) return false;
  if (!request.from_city().empty() && commitment.from_city() != request.from_city()) return false;
  if (request.open_only() && !IsOpen(commitment)) return false;
  return request.due_until_date().empty() ||
         (!commitment.due_date().empty() && commitment.due_date() <= request.due_until_date());
}

absl::StatusOr<v1::ListCommitmentsResponse> ListCommitments(
    const Caller& caller, const v1::ListCommitmentsRequest& request, Transaction& tx) {
  ListQuery query{.kind = "Commitment", .parent = "", .list = {}, .after = ""};
  const bool is_secretary = caller.role == v1::ROLE_DELEGATION_SECRETARY;
  const std::string& city = request.city().empty() && is_secretary ? caller.city : request.city();
  const std::string& narrow = city.empty() ? request.session() : city;
  if (!narrow.empty()) query.list = absl::StrCat("commitments@", narrow);
  const auto wanted = [&](const Commitment& commitment) -> absl::StatusOr<bool> {
    return Passes(commitment, request) && Sees(caller, v1::ACTION_SESSION_READ, commitment);
  };
  ASSIGN_OR_RETURN(auto page, FilteredPage<Commitment>(query, request, wanted, tx));
  v1::ListCommitmentsResponse response;
  for (Commitment& each : page.first) *response.add_commitments() = std::move(each);
  response.set_next_page_token(page.second);
  return response;
}

void Record(const Caller& caller, Commitment::State state, const std::string& remark,
            absl::Time now, Commitment& commitment) {
  commitment.set_state(state);
  v1::CommitmentProgress& progress = *commitment.add_progress();
  progress.set_state(state);
  progress.set_remark(remark);
  progress.set_principal(caller.principal);
  progress.mutable_record_time()->set_seconds(absl::ToUnixSeconds(now));
}

absl::StatusOr<Commitment> CreateCommitment(const Caller& caller,
                                            const v1::CreateCommitmentRequest& request,
                                            Transaction& tx) {
  Commitment commitment = request.commitment();
  ClearOutputOnly(commitment);
  commitment.set_name(absl::StrCat(
      "commitments/", request.commitment_id().empty() ? RandomId() : request.commitment_id()));
  RETURN_IF_ERROR(
      CheckMay(caller, v1::ACTION_SESSION_WRITE, ObjectOf(commitment), commitment.name()));
  RETURN_IF_ERROR(CheckFree(tx, commitment.name()));
  RETURN_IF_ERROR(CheckReferences(commitment, "commitment", tx));
  RETURN_IF_ERROR(DrawCircle(commitment, tx));
  Record(caller, Commitment::STATE_OPEN, "", tx.now(), commitment);
  return tx.Put(std::move(commitment));
}

absl::StatusOr<Commitment> UpdateCommitment(const Caller&,
                                            const v1::UpdateCommitmentRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(const Commitment before,
                   tx.Get<Commitment>(request.commitment().name(), request.commitment().etag()));
  ASSIGN_OR_RETURN(Commitment commitment, Merge(request.commitment(), request.update_mask(), tx));
  commitment.set_host(before.host());
  commitment.set_from_city(before.from_city());
  commitment.set_to_city(before.to_city());
  commitment.set_session(before.session());
  commitment.set_source(before.source());
  RETURN_IF_ERROR(CheckReferences(commitment, "commitment", tx));
  return tx.Put(std::move(commitment));
}

// Whether `request` may follow upon the state that the commitment is in.
absl::Status CheckMayFollow(const Commitment& commitment,
                            const v1::RecordProgressRequest& request) {
  const bool opens_again = !IsOpen(commitment);
  if (opens_again && request.state() != Commitment::STATE_OPEN) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 "What is done or dropped can only be opened again.",
                 {.reason = "WRONG_STATE",
                  .metadata = {{"state", Commitment::State_Name(commitment.state())}},
                  .violations = {}});
  }
  if (request.remark().empty() && (opens_again || request.state() == Commitment::STATE_DROPPED)) {
    return Refuse({{"remark", "Say why it is dropped or opened again."}});
  }
  if (commitment.progress_size() < kMostProgress) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The commitment has ", kMostProgress, " records; it takes no more."),
               {.reason = "RECORD_FULL",
                .metadata = {{"of", "records"}, {"limit", absl::StrCat(kMostProgress)}},
                .violations = {}});
}

absl::StatusOr<Commitment> RecordProgress(const Caller& caller,
                                          const v1::RecordProgressRequest& request,
                                          Transaction& tx) {
  ASSIGN_OR_RETURN(Commitment commitment, tx.Get<Commitment>(request.name(), request.etag()));
  RETURN_IF_ERROR(CheckMayFollow(commitment, request));
  Record(caller, request.state(), request.remark(), tx.now(), commitment);
  return tx.Put(std::move(commitment));
}

// Whether `commitment`, of the same cities as `session`, was made before it.
absl::StatusOr<bool> IsCarriedInto(const v1::Session& session, const Commitment& commitment,
                                   Transaction& tx) {
  if (commitment.host() != session.host()) return false;
  if (commitment.session().empty()) return true;
  ASSIGN_OR_RETURN(const auto earlier, tx.Get<v1::Session>(commitment.session()));
  return earlier.start_time().instant().seconds() < session.start_time().instant().seconds();
}

absl::StatusOr<v1::ListCarriedOverResponse> ListCarriedOver(
    const Caller& caller, const v1::ListCarriedOverRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(const auto session, tx.Get<v1::Session>(request.session()));
  const std::set<std::string> parties = PartiesOf(session);
  google::protobuf::RepeatedPtrField<std::string> circle(parties.begin(), parties.end());
  const ListQuery query{
      .kind = "Commitment", .parent = "", .list = CommitmentsBetween(circle), .after = ""};
  const auto wanted = [&](const Commitment& commitment) -> absl::StatusOr<bool> {
    if (!Sees(caller, v1::ACTION_SESSION_READ, commitment)) return false;
    return IsCarriedInto(session, commitment, tx);
  };
  ASSIGN_OR_RETURN(auto page, FilteredPage<Commitment>(query, request, wanted, tx));
  v1::ListCarriedOverResponse response;
  for (Commitment& each : page.first) *response.add_commitments() = std::move(each);
  response.set_next_page_token(page.second);
  return response;
}

}  // namespace

std::vector<Method> CommitmentMethods() {
  const std::string service = "neshast.v1.CommitmentService.";
  return {
      BindGet<v1::GetCommitmentRequest, Commitment>(service + "GetCommitment"),
      Bind(service + "ListCommitments", &ListCommitments),
      Bind(service + "CreateCommitment", &CreateCommitment),
      Bind(service + "UpdateCommitment", &UpdateCommitment),
      Bind(service + "RecordProgress", &RecordProgress),
      Bind(service + "ListCarriedOver", &ListCarriedOver),
  };
}

}  // namespace neshast
