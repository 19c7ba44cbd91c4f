#include "documents/documents.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "documents/partnership.h"
#include "documents/standing.h"
#include "documents/steps.h"
#include "neshast/v1/document_service.pb.h"
#include "rpc/filtered_page.h"
#include "rpc/references.h"
#include "rpc/refusal.h"
#include "rpc/standard_methods.h"
#include "sessions/city_dates.h"

namespace neshast {
namespace {

absl::StatusOr<v1::Document> GetDocument(const ZoneDatabase& zones, const Caller&,
                                         const v1::GetDocumentRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Document document, tx.Get<v1::Document>(request.name()));
  ASSIGN_OR_RETURN(const std::string today, CityDates(zones, tx).TodayIn(document.host()));
  Settle(today, document);
  return document;
}

bool IsInForce(const v1::Document& document) {
  return document.state() == v1::Document::STATE_IN_FORCE ||
         document.state() == v1::Document::STATE_ENDING_SOON;
}

// Whether a settled document passes the filters that no list answers.
bool Passes(const v1::Document& document, const v1::ListDocumentsRequest& request,
            const std::string& today) {
  const auto& cities = document.cities();
  if (!request.city().empty() &&
      std::find(cities.begin(), cities.end(), request.city()) == cities.end()) {
    return false;
  }
  if (!request.owed_by().empty() && document.owed_by() != request.owed_by()) return false;
  return request.ends_within_days() == 0 ||
         (IsInForce(document) && !document.end_date().empty() &&
          document.end_date() <= DaysAfter(today, request.ends_within_days()));
}

absl::StatusOr<v1::ListDocumentsResponse> ListDocuments(const ZoneDatabase& zones,
                                                        const Caller& caller,
                                                        const v1::ListDocumentsRequest& request,
                                                        Transaction& tx) {
  ListQuery query{.kind = "Document", .parent = "", .list = {}, .after = ""};
  const std::string& narrow = request.owed_by().empty() ? request.city() : request.owed_by();
  if (!narrow.empty()) query.list = absl::StrCat("documents@", narrow);
  CityDates dates(zones, tx);
  const auto wanted = [&](v1::Document& document) -> absl::StatusOr<bool> {
    if (!Sees(caller, v1::ACTION_SESSION_READ, document)) return false;
    ASSIGN_OR_RETURN(const std::string today, dates.TodayIn(document.host()));
    Settle(today, document);
    return Passes(document, request, today);
  };
  ASSIGN_OR_RETURN(auto page, FilteredPage<v1::Document>(query, request, wanted, tx));
  v1::ListDocumentsResponse response;
  for (v1::Document& each : page.first) *response.add_documents() = std::move(each);
  response.set_next_page_token(page.second);
  return response;
}

// Checks parties and steps, and gives the steps their states and ids.
absl::Status Begin(v1::Document& document, const std::string& today) {
  std::vector<FieldViolation> faults;
  std::set<std::string> parties;
  for (int i = 0; i < document.cities_size(); ++i) {
    if (parties.insert(document.cities(i)).second) continue;
    faults.push_back({absl::StrCat("document.cities[", i, "]"), "It is there twice."});
  }
  if (parties.count(document.host()) == 0) {
    faults.push_back({"document.host", "The host is a party too."});
  }
  std::set<std::string> ids;
  for (int i = 0; i < document.steps_size(); ++i) {
    v1::DocumentStep& step = *document.mutable_steps(i);
    const std::string path = absl::StrCat("document.steps[", i, "]");
    if (step.state() == v1::DocumentStep::STATE_UNSPECIFIED) {
      step.set_state(v1::DocumentStep::STATE_OWED);
    }
    if (step.state() != v1::DocumentStep::STATE_OWED) {
      faults.push_back({path + ".state", "RecordStep records what is done."});
    }
    for (FieldViolation& each : FaultsOf(step, document, path, today)) faults.push_back(each);
    if (step.id().empty()) step.set_id(NewStepId(document));
    if (!ids.insert(step.id()).second) faults.push_back({path + ".id", "It is there twice."});
  }
  return Refuse(std::move(faults));
}

absl::StatusOr<v1::Document> CreateDocument(const ZoneDatabase& zones, const Caller& caller,
                                            const v1::CreateDocumentRequest& request,
                                            Transaction& tx) {
  v1::Document document = request.document();
  ClearOutputOnly(document);
  document.set_name(absl::StrCat("documents/", request.document_id()));
  RETURN_IF_ERROR(CheckMay(caller, v1::ACTION_SESSION_WRITE, ObjectOf(document), document.name()));
  RETURN_IF_ERROR(CheckFree(tx, document.name()));
  RETURN_IF_ERROR(CheckReferences(document, "document", tx));
  ASSIGN_OR_RETURN(const std::string today, CityDates(zones, tx).TodayIn(document.host()));
  RETURN_IF_ERROR(Begin(document, today));
  return Keep(std::move(document), today, /*may_fall=*/false, tx);
}

absl::StatusOr<v1::Document> UpdateDocument(const ZoneDatabase& zones, const Caller&,
                                            const v1::UpdateDocumentRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(const v1::Document before,
                   tx.Get<v1::Document>(request.document().name(), request.document().etag()));
  ASSIGN_OR_RETURN(v1::Document document, Merge(request.document(), request.update_mask(), tx));
  document.set_host(before.host());
  *document.mutable_cities() = before.cities();
  *document.mutable_steps() = before.steps();
  const bool is_other =
      document.kind() != before.kind() || document.term_months() != before.term_months();
  if (is_other && !before.signed_date().empty()) {
    return WrongState(before, "The kind and the term of a document are fixed by its signature.");
  }
  ASSIGN_OR_RETURN(const std::string today, CityDates(zones, tx).TodayIn(document.host()));
  return Keep(std::move(document), today, /*may_fall=*/false, tx);
}

}  // namespace

std::vector<Method> DocumentMethods(const ZonesInForce& zones) {
  const std::string service = "neshast.v1.DocumentService.";
  return {
      BindWithZones(service + "GetDocument", zones, &GetDocument),
      BindWithZones(service + "ListDocuments", zones, &ListDocuments),
      BindWithZones(service + "CreateDocument", zones, &CreateDocument),
      BindWithZones(service + "UpdateDocument", zones, &UpdateDocument),
      BindWithZones(service + "RecordStep", zones, &RecordStep),
      BindWithZones(service + "RenewDocument", zones, &RenewDocument),
  };
}

}  // namespace neshast
