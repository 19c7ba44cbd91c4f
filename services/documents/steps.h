// The steps of documents, and their renewals.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "errors.h"
#include "neshast/v1/document_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// What is wrong with `step`, at `path` in the request, for `document` on `today`; nothing where it
// may stand there.
std::vector<FieldViolation> FaultsOf(const v1::DocumentStep& step, const v1::Document& document,
                                     const std::string& path, const std::string& today);

// An id for a new step: "step-1", "step-2".
std::string NewStepId(const v1::Document& document);

// FAILED_PRECONDITION / WRONG_STATE (metadata: state).
absl::Status WrongState(const v1::Document& document, const std::string& sentence);

// The methods of the same names.
absl::StatusOr<v1::Document> RecordStep(const ZoneDatabase& zones, const Caller& caller,
                                        const v1::RecordStepRequest& request, Transaction& tx);
absl::StatusOr<v1::Document> RenewDocument(const ZoneDatabase& zones, const Caller& caller,
                                           const v1::RenewDocumentRequest& request,
                                           Transaction& tx);

}  // namespace neshast
