#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "library/listing.h"
#include "library/parts.h"
#include "neshast/v1/library_service.pb.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"
#include "sessions/random_id.h"

namespace neshast {
namespace {

using google::protobuf::Empty;

constexpr int kMostUptakes = 500;

absl::StatusOr<v1::ListPracticesResponse> ListPractices(const Caller& caller,
                                                        const v1::ListPracticesRequest& request,
                                                        Transaction& tx) {
  ASSIGN_OR_RETURN(auto page, ListNewest<v1::Practice>(caller,
                                                       {.kind = "Practice",
                                                        .city = request.city(),
                                                        .topic = request.topic(),
                                                        .page_size = request.page_size(),
                                                        .page_token = request.page_token()},
                                                       tx));
  v1::ListPracticesResponse response;
  for (v1::Practice& practice : page.first) *response.add_practices() = std::move(practice);
  response.set_next_page_token(page.second);
  return response;
}

absl::StatusOr<v1::Practice> CreatePractice(const Caller& caller,
                                            const v1::CreatePracticeRequest& request,
                                            Transaction& tx) {
  RETURN_IF_ERROR(CheckReferences(request.practice(), "practice", tx));
  const std::string id = request.practice_id().empty() ? RandomId() : request.practice_id();
  return Create(caller, v1::ACTION_LIBRARY_WRITE, request.practice(),
                absl::StrCat("practices/", id), tx);
}

absl::StatusOr<v1::Practice> UpdatePractice(const Caller& caller,
                                            const v1::UpdatePracticeRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Practice practice, Merge(request.practice(), request.update_mask(), tx));
  RETURN_IF_ERROR(CheckReferences(practice, "practice", tx));
  // It must not be given away to a city that is not the caller's.
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_LIBRARY_WRITE, ObjectOf(practice), practice.name()));
  return tx.Put(std::move(practice));
}

absl::StatusOr<Empty> DeletePractice(const Caller&, const v1::DeletePracticeRequest& request,
                                     Transaction& tx) {
  RETURN_IF_ERROR(tx.Get<v1::Practice>(request.name(), request.etag()).status());
  RETURN_IF_ERROR(CheckUnused(request.name(), tx));
  RETURN_IF_ERROR(tx.Delete(request.name()));
  return Empty();
}

absl::StatusOr<v1::Practice> RecordUptake(const Caller& caller,
                                          const v1::RecordUptakeRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Practice practice, tx.Get<v1::Practice>(request.name()));
  const std::string& city = request.uptake().city();
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_LIBRARY_READ, ObjectOf(practice), practice.name()));
  RETURN_IF_ERROR(
      CheckMay(caller, v1::ACTION_LIBRARY_WRITE, UptakeObject(practice, city), practice.name()));
  RETURN_IF_ERROR(CheckEtag(RevisionOf(practice.etag()).value_or(0), request.etag()));
  RETURN_IF_ERROR(CheckReferences(request.uptake(), "uptake", tx));
  RETURN_IF_ERROR(CheckRoom("uptakes", practice.uptakes_size(), kMostUptakes));
  v1::Uptake& uptake = *practice.add_uptakes();
  uptake = request.uptake();
  uptake.mutable_record_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  uptake.set_recorder(caller.principal);
  return tx.Put(std::move(practice));
}

}  // namespace

std::vector<Method> PracticeMethods() {
  const std::string service = kLibraryService;
  return {
      BindGet<v1::GetPracticeRequest, v1::Practice>(service + "GetPractice"),
      Bind(service + "ListPractices", &ListPractices),
      Bind(service + "CreatePractice", &CreatePractice),
      Bind(service + "UpdatePractice", &UpdatePractice),
      Bind(service + "DeletePractice", &DeletePractice),
      Bind(service + "RecordUptake", &RecordUptake),
  };
}

}  // namespace neshast
