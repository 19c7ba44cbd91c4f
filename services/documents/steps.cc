#include "documents/steps.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "documents/partnership.h"
#include "documents/standing.h"
#include "rpc/references.h"
#include "rpc/refusal.h"
#include "sessions/city_dates.h"

namespace neshast {
namespace {

using v1::DocumentStep;

constexpr int kMostSteps = 100;
constexpr int kMostRenewals = 50;

absl::Status Full(const std::string& of, int limit) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The document has ", limit, " ", of, "; it takes no more."),
               {.reason = "RECORD_FULL",
                .metadata = {{"of", of}, {"limit", absl::StrCat(limit)}},
                .violations = {}});
}

DocumentStep* FindStep(v1::Document& document, const std::string& id) {
  for (DocumentStep& step : *document.mutable_steps()) {
    if (step.id() == id) return &step;
  }
  return nullptr;
}

// The step with what it leaves out: it is owed, and what is done was done today.
DocumentStep Completed(DocumentStep step, const std::string& today) {
  if (step.state() == DocumentStep::STATE_UNSPECIFIED) step.set_state(DocumentStep::STATE_OWED);
  if (step.state() == DocumentStep::STATE_DONE && step.done_date().empty()) {
    step.set_done_date(today);
  }
  return step;
}

// What was done stays done; its date, letter and remark may be put right.
absl::Status CheckReplaces(const DocumentStep& before, const DocumentStep& step,
                           const v1::Document& document) {
  if (before.kind() == DocumentStep::KIND_RENEWED) {
    return WrongState(document, "A renewal stays as RenewDocument recorded it.");
  }
  if (before.state() != DocumentStep::STATE_DONE) return absl::OkStatus();
  if (step.state() == DocumentStep::STATE_DONE && step.kind() == before.kind()) {
    return absl::OkStatus();
  }
  return WrongState(document, absl::StrCat("The step ", step.id(), " is done, and stays so."));
}

// Replaces the step of this id, or puts a new one before `before`, by default last.
absl::Status Place(DocumentStep step, const std::string& before, v1::Document& document) {
  if (!step.id().empty()) {
    DocumentStep* replaced = FindStep(document, step.id());
    if (replaced == nullptr) {
      return Refuse({{"step.id", absl::StrCat("The document has no step ", step.id(), ".")}});
    }
    RETURN_IF_ERROR(CheckReplaces(*replaced, step, document));
    *replaced = std::move(step);
    return absl::OkStatus();
  }
  if (document.steps_size() >= kMostSteps) return Full("steps", kMostSteps);
  step.set_id(NewStepId(document));
  auto& steps = *document.mutable_steps();
  auto at = steps.end();
  if (!before.empty()) {
    at = std::find_if(steps.begin(), steps.end(),
                      [&](const DocumentStep& each) { return each.id() == before; });
    if (at == steps.end()) {
      return Refuse({{"before_step", absl::StrCat("The document has no step ", before, ".")}});
    }
  }
  const auto place = at - steps.begin();
  *steps.Add() = std::move(step);
  std::rotate(steps.begin() + place, steps.end() - 1, steps.end());
  return absl::OkStatus();
}

// A signature waits for what stands before it; signatures do not wait for each other.
absl::Status CheckMaySign(const v1::Document& document) {
  const DocumentStep* owed = nullptr;
  for (const DocumentStep& step : document.steps()) {
    const bool is_signature = step.kind() == DocumentStep::KIND_SIGNED;
    if (is_signature && step.state() == DocumentStep::STATE_DONE && owed != nullptr) {
      const std::string kind = DocumentStep::Kind_Name(owed->kind());
      return Error(absl::StatusCode::kFailedPrecondition,
                   absl::StrCat("It cannot be signed yet: ", owed->id(), " (", kind, ") is owed",
                                owed->body().empty() ? "" : " by ", owed->body(), "."),
                   {.reason = "STEP_OWED",
                    .metadata = {{"step", owed->id()}, {"kind", kind}, {"body", owed->body()}},
                    .violations = {}});
    }
    if (!is_signature && step.state() == DocumentStep::STATE_OWED) owed = &step;
  }
  return absl::OkStatus();
}

// From when until when the request renews, with what it leaves out.
absl::StatusOr<v1::DocumentRenewal> RenewalOf(const v1::RenewDocumentRequest& request,
                                              const v1::Document& document) {
  v1::DocumentRenewal renewal;
  renewal.set_letter_number(request.letter_number());
  renewal.set_from_date(request.from_date().empty() ? document.end_date() : request.from_date());
  if (renewal.from_date().empty()) {
    return Refuse({{"from_date", "The document has no end; say from when it is renewed."}});
  }
  if (renewal.from_date() <= document.signed_date()) {
    return Refuse({{"from_date", "It must be after the signature."}});
  }
  if (!request.until_date().empty()) {
    renewal.set_until_date(request.until_date());
  } else if (document.term_months() > 0) {
    renewal.set_until_date(MonthsAfter(renewal.from_date(), document.term_months()));
  }
  if (!renewal.until_date().empty() && renewal.until_date() <= renewal.from_date()) {
    return Refuse({{"until_date", absl::StrCat("It must be after ", renewal.from_date(), ".")}});
  }
  return renewal;
}

}  // namespace

absl::Status WrongState(const v1::Document& document, const std::string& sentence) {
  return Error(absl::StatusCode::kFailedPrecondition, sentence,
               {.reason = "WRONG_STATE",
                .metadata = {{"state", v1::Document::State_Name(document.state())}},
                .violations = {}});
}

std::vector<FieldViolation> FaultsOf(const DocumentStep& step, const v1::Document& document,
                                     const std::string& path, const std::string& today) {
  std::vector<FieldViolation> faults;
  const auto fault = [&](const char* field, const char* why) {
    faults.push_back({absl::StrCat(path, ".", field), why});
  };
  if (step.kind() == DocumentStep::KIND_RENEWED) fault("kind", "RenewDocument records a renewal.");
  const bool is_act =
      step.kind() == DocumentStep::KIND_SIGNED || step.kind() == DocumentStep::KIND_LAPSED;
  if (step.state() == DocumentStep::STATE_WAIVED) {
    if (is_act) fault("state", "A signature and a lapse cannot be waived.");
    if (step.remark().empty()) fault("remark", "Say why the step is not needed.");
  }
  if (step.kind() == DocumentStep::KIND_LAPSED && step.state() == DocumentStep::STATE_OWED) {
    fault("state", "A lapse is recorded once it is there.");
  }
  if (step.state() != DocumentStep::STATE_DONE && !step.done_date().empty()) {
    fault("done_date", "The step is not done.");
  }
  if (step.done_date() > today) fault("done_date", "It lies in the future.");
  const auto& cities = document.cities();
  if (!step.city().empty() &&
      std::find(cities.begin(), cities.end(), step.city()) == cities.end()) {
    fault("city", "It is no party of the document.");
  }
  return faults;
}

std::string NewStepId(const v1::Document& document) {
  for (int number = 1;; ++number) {
    std::string id = absl::StrCat("step-", number);
    const bool taken = std::any_of(document.steps().begin(), document.steps().end(),
                                   [&](const DocumentStep& each) { return each.id() == id; });
    if (!taken) return id;
  }
}

absl::StatusOr<v1::Document> RecordStep(const ZoneDatabase& zones, const Caller&,
                                        const v1::RecordStepRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Document document, tx.Get<v1::Document>(request.name(), request.etag()));
  ASSIGN_OR_RETURN(const std::string today, CityDates(zones, tx).TodayIn(document.host()));
  Settle(today, document);
  const DocumentStep step = Completed(request.step(), today);
  RETURN_IF_ERROR(Refuse(FaultsOf(step, document, "step", today)));
  RETURN_IF_ERROR(CheckReferences(step, "step", tx));
  RETURN_IF_ERROR(Place(step, request.before_step(), document));
  if (step.kind() == DocumentStep::KIND_SIGNED) RETURN_IF_ERROR(CheckMaySign(document));
  const bool may_fall = request.lower_stage() && step.kind() == DocumentStep::KIND_LAPSED;
  return Keep(std::move(document), today, may_fall, tx);
}

absl::StatusOr<v1::Document> RenewDocument(const ZoneDatabase& zones, const Caller&,
                                           const v1::RenewDocumentRequest& request,
                                           Transaction& tx) {
  ASSIGN_OR_RETURN(v1::Document document, tx.Get<v1::Document>(request.name(), request.etag()));
  ASSIGN_OR_RETURN(const std::string today, CityDates(zones, tx).TodayIn(document.host()));
  Settle(today, document);
  if (document.signed_date().empty()) {
    return WrongState(document, "Only a document that is signed can be renewed.");
  }
  if (document.renewals_size() >= kMostRenewals) return Full("renewals", kMostRenewals);
  if (document.steps_size() >= kMostSteps) return Full("steps", kMostSteps);
  ASSIGN_OR_RETURN(v1::DocumentRenewal renewal, RenewalOf(request, document));
  renewal.mutable_record_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  *document.add_renewals() = std::move(renewal);
  DocumentStep step;
  step.set_id(NewStepId(document));
  step.set_kind(DocumentStep::KIND_RENEWED);
  step.set_state(DocumentStep::STATE_DONE);
  step.set_done_date(today);
  step.set_letter_number(request.letter_number());
  *document.add_steps() = std::move(step);
  return Keep(std::move(document), today, /*may_fall=*/false, tx);
}

}  // namespace neshast
