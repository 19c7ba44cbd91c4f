#include "documents/documents.h"

#include "neshast/v1/document_service.pb.h"
#include "register_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using v1::Partnership;

class Documents : public Register {
 protected:
  Documents() {
    methods_ = DocumentMethods([this] { return zones_; });
  }

  absl::StatusOr<v1::Document> Create(const std::string& city, const std::string& more = "",
                                      const std::string& kind = "MEMORANDUM") {
    return Call<v1::CreateDocumentRequest, v1::Document>(
        "DocumentService.CreateDocument",
        absl::StrCat("document_id: 'with-", city, "' document { kind: KIND_", kind,
                     " host: 'cities/isfahan' cities: ['cities/isfahan', 'cities/", city, "'] ",
                     more, " }"),
        officer_);
  }

  absl::StatusOr<v1::Document> Step(const std::string& city, const std::string& step,
                                    const std::string& more = "") {
    return Call<v1::RecordStepRequest, v1::Document>(
        "DocumentService.RecordStep",
        absl::StrCat("name: 'documents/with-", city, "' step { ", step, " } ", more), officer_);
  }

  absl::StatusOr<v1::Document> Renew(const std::string& city, const std::string& more) {
    return Call<v1::RenewDocumentRequest, v1::Document>(
        "DocumentService.RenewDocument",
        absl::StrCat("name: 'documents/with-", city, "' letter_number: '1405/12' ", more),
        officer_);
  }

  std::vector<std::string> Listed(const std::string& request, const Caller& caller) {
    const auto list = Call<v1::ListDocumentsRequest, v1::ListDocumentsResponse>(
        "DocumentService.ListDocuments", request, caller);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> names;
    for (const v1::Document& each : list->documents()) names.push_back(each.name());
    return names;
  }
};

TEST_F(Documents, ASignatureWaitsForWhatStandsBeforeItAndMakesTheCitiesPartners) {
  const auto begun = Create("hyderabad",
                            "steps { kind: KIND_CLEARED body: "
                            "'organizations/foreign-ministry-isfahan' } "
                            "steps { kind: KIND_SIGNED }");
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_EQ("organizations/foreign-ministry-isfahan", begun->owed_by());
  const auto early = Step("hyderabad", "id: 'step-2' kind: KIND_SIGNED state: STATE_DONE");
  EXPECT_EQ("STEP_OWED", ReasonOf(early));
  EXPECT_EQ("step-1", DetailOf(early.status()).metadata.at("step"));
  EXPECT_EQ(Partnership::STAGE_FINALISING, PartnershipOf("hyderabad").stage());
  ASSERT_TRUE(Step("hyderabad", "id: 'step-1' kind: KIND_CLEARED state: STATE_DONE").ok());
  const auto signed_now = Step("hyderabad", "id: 'step-2' kind: KIND_SIGNED state: STATE_DONE");
  ASSERT_TRUE(signed_now.ok()) << signed_now.status();
  EXPECT_EQ(v1::Document::STATE_IN_FORCE, signed_now->state());
  EXPECT_EQ("2026-11-24", signed_now->signed_date());
  EXPECT_EQ(Partnership::STAGE_SIGNED, PartnershipOf("hyderabad").stage());
  EXPECT_EQ("2026-11-24", PartnershipOf("hyderabad").signed_date());
}

TEST_F(Documents, APartnershipNeverFallsUnlessALapseSaysSo) {
  ASSERT_TRUE(Create("havana").ok());
  EXPECT_EQ(Partnership::STAGE_SIGNED, PartnershipOf("havana").stage());
  ASSERT_TRUE(Step("havana", "kind: KIND_SIGNED state: STATE_DONE done_date: '2001-03-08'").ok());
  EXPECT_EQ("2001-03-08", Step("havana", "kind: KIND_LAPSED state: STATE_DONE")->signed_date());
  EXPECT_EQ(Partnership::STAGE_SIGNED, PartnershipOf("havana").stage());
  const auto again =
      Step("havana", "id: 'step-2' kind: KIND_LAPSED state: STATE_DONE", "lower_stage: true");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(Partnership::STAGE_DORMANT, PartnershipOf("havana").stage());
  ASSERT_TRUE(Renew("havana", "from_date: '2026-11-24' until_date: '2030-11-24'").ok());
  EXPECT_EQ(Partnership::STAGE_SIGNED, PartnershipOf("havana").stage());
}

TEST_F(Documents, ADocumentOfManyIsNoPartnershipOfTwo) {
  ASSERT_TRUE(Create("krakow", "cities: 'cities/havana'").ok());
  ASSERT_TRUE(Step("krakow", "kind: KIND_SIGNED state: STATE_DONE").ok());
  EXPECT_EQ(Partnership::STAGE_CONSIDERED, PartnershipOf("krakow").stage());
}

TEST_F(Documents, WhatIsDoneStaysDoneAndItsDateCanBePutRight) {
  ASSERT_TRUE(Create("krakow").ok());
  ASSERT_TRUE(Step("krakow", "kind: KIND_DRAFTED state: STATE_DONE").ok());
  EXPECT_EQ("WRONG_STATE", ReasonOf(Step("krakow", "id: 'step-1' kind: KIND_DRAFTED")));
  EXPECT_EQ("WRONG_STATE",
            ReasonOf(Step("krakow", "id: 'step-1' kind: KIND_TEXT_AGREED state: STATE_DONE")));
  const auto corrected =
      Step("krakow", "id: 'step-1' kind: KIND_DRAFTED state: STATE_DONE done_date: '2026-11-02'");
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  EXPECT_EQ("2026-11-02", corrected->steps(0).done_date());
}

TEST_F(Documents, ANewStepStandsLastOrBeforeTheOneItNames) {
  ASSERT_TRUE(Create("krakow", "steps { kind: KIND_DRAFTED } steps { kind: KIND_SIGNED }").ok());
  const auto inserted =
      Step("krakow", "kind: KIND_COUNCIL_APPROVED city: 'cities/krakow'", "before_step: 'step-2'");
  ASSERT_TRUE(inserted.ok()) << inserted.status();
  std::vector<std::string> ids;
  for (const auto& step : inserted->steps()) ids.push_back(step.id());
  EXPECT_THAT(ids, ElementsAre("step-1", "step-3", "step-2"));
}

TEST_F(Documents, StepsThatCannotBeAreRefusedWithTheirFields) {
  ASSERT_TRUE(Create("krakow").ok());
  EXPECT_THAT(FieldsOf(Step("krakow", "kind: KIND_RENEWED state: STATE_DONE")),
              ElementsAre("step.kind"));
  EXPECT_THAT(FieldsOf(Step("krakow", "kind: KIND_SIGNED state: STATE_WAIVED")),
              ElementsAre("step.state", "step.remark"));
  EXPECT_THAT(FieldsOf(Step("krakow",
                            "kind: KIND_DRAFTED state: STATE_DONE "
                            "done_date: '2026-11-25' city: 'cities/havana'")),
              ElementsAre("step.done_date", "step.city"));
  EXPECT_THAT(FieldsOf(Step("krakow", "kind: KIND_DRAFTED done_date: '2026-11-01'")),
              ElementsAre("step.done_date"));
  EXPECT_THAT(FieldsOf(Step("krakow", "kind: KIND_LAPSED")), ElementsAre("step.state"));
  EXPECT_THAT(FieldsOf(Step("krakow", "id: 'step-9' kind: KIND_DRAFTED")), ElementsAre("step.id"));
  EXPECT_THAT(FieldsOf(Step("krakow", "kind: KIND_DRAFTED", "before_step: 'step-9'")),
              ElementsAre("before_step"));
  EXPECT_EQ("REFERENCE_NOT_FOUND",
            ReasonOf(Step("krakow", "kind: KIND_CLEARED body: 'organizations/none'")));
}

TEST_F(Documents, TakeAHundredStepsAndNoMore) {
  std::string steps;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&steps, " steps { kind: KIND_CLEARED }");
  ASSERT_TRUE(Create("krakow", steps).ok());
  const auto full = Step("krakow", "kind: KIND_DRAFTED");
  EXPECT_EQ("RECORD_FULL", ReasonOf(full));
  EXPECT_EQ("100", DetailOf(full.status()).metadata.at("limit"));
  EXPECT_TRUE(Step("krakow", "id: 'step-100' kind: KIND_CLEARED state: STATE_DONE").ok());
}

TEST_F(Documents, PartiesAreEachThereOnceAndTheHostIsOne) {
  EXPECT_THAT(FieldsOf(Create("krakow", "cities: 'cities/krakow'")),
              ElementsAre("document.cities[2]"));
  const auto foreign = Call<v1::CreateDocumentRequest, v1::Document>(
      "DocumentService.CreateDocument",
      "document_id: 'foreign' document { host: 'cities/isfahan' "
      "cities: ['cities/krakow', 'cities/havana'] steps { kind: KIND_DRAFTED state: STATE_DONE } }",
      officer_);
  EXPECT_THAT(FieldsOf(foreign), ElementsAre("document.host", "document.steps[0].state"));
}

TEST_F(Documents, ARenewalBeginsWhereTheDocumentEndsAndLastsItsTerm) {
  ASSERT_TRUE(Create("st-petersburg", "term_months: 48", "FOUR_YEAR_DOCUMENT").ok());
  EXPECT_EQ("WRONG_STATE", ReasonOf(Renew("st-petersburg", "")));
  ASSERT_TRUE(
      Step("st-petersburg", "kind: KIND_SIGNED state: STATE_DONE done_date: '2023-03-01'").ok());
  EXPECT_THAT(FieldsOf(Renew("st-petersburg", "from_date: '2023-03-01'")),
              ElementsAre("from_date"));
  EXPECT_THAT(FieldsOf(Renew("st-petersburg", "until_date: '2026-12-01'")),
              ElementsAre("until_date"));
  const auto renewed = Renew("st-petersburg", "");
  ASSERT_TRUE(renewed.ok()) << renewed.status();
  EXPECT_EQ("2027-03-01", renewed->renewals(0).from_date());
  EXPECT_EQ("2031-03-01", renewed->end_date());
  EXPECT_EQ(v1::DocumentStep::KIND_RENEWED, renewed->steps(1).kind());
  EXPECT_EQ("WRONG_STATE",
            ReasonOf(Step("st-petersburg", "id: 'step-2' kind: KIND_SIGNED state: STATE_DONE")));
}

TEST_F(Documents, ADocumentWithoutAnEndIsRenewedFromADateOnly) {
  ASSERT_TRUE(Create("havana").ok());
  ASSERT_TRUE(Step("havana", "kind: KIND_SIGNED state: STATE_DONE done_date: '2001-03-08'").ok());
  EXPECT_THAT(FieldsOf(Renew("havana", "")), ElementsAre("from_date"));
}

TEST_F(Documents, AnUpdateLeavesPartiesAndStepsAndTheTermOfWhatIsSigned) {
  ASSERT_TRUE(Create("krakow", "steps { kind: KIND_SIGNED }").ok());
  const std::string update =
      "update_mask { paths: '*' } document { name: 'documents/with-krakow' "
      "kind: KIND_AGREEMENT term_months: 12 host: 'cities/havana' "
      "cities: 'cities/havana' }";
  const auto updated = Call<v1::UpdateDocumentRequest, v1::Document>(
      "DocumentService.UpdateDocument", update, officer_);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(12, updated->term_months());
  EXPECT_THAT(updated->cities(), ElementsAre("cities/isfahan", "cities/krakow"));
  EXPECT_EQ(1, updated->steps_size());
  ASSERT_TRUE(Step("krakow", "id: 'step-1' kind: KIND_SIGNED state: STATE_DONE").ok());
  const auto refused = Call<v1::UpdateDocumentRequest, v1::Document>(
      "DocumentService.UpdateDocument",
      "document { name: 'documents/with-krakow' term_months: 24 }", officer_);
  EXPECT_EQ("WRONG_STATE", ReasonOf(refused));
  EXPECT_EQ("STATE_IN_FORCE", DetailOf(refused.status()).metadata.at("state"));
}

TEST_F(Documents, AreFoundByPartyByWhoOwesThemAndByTheirEnd) {
  ASSERT_TRUE(Create("hyderabad",
                     "steps { kind: KIND_CLEARED body: "
                     "'organizations/foreign-ministry-isfahan' }")
                  .ok());
  ASSERT_TRUE(Create("krakow", "term_months: 48").ok());
  ASSERT_TRUE(Step("krakow", "kind: KIND_SIGNED state: STATE_DONE done_date: '2022-12-24'").ok());
  EXPECT_THAT(Listed("city: 'cities/krakow'", officer_), ElementsAre("documents/with-krakow"));
  EXPECT_THAT(Listed("owed_by: 'organizations/foreign-ministry-isfahan'", officer_),
              ElementsAre("documents/with-hyderabad"));
  EXPECT_THAT(Listed("ends_within_days: 30", officer_), ElementsAre("documents/with-krakow"));
  EXPECT_THAT(Listed("ends_within_days: 29", officer_), ElementsAre());
  EXPECT_THAT(Listed("", Secretary("krakow")), ElementsAre("documents/with-krakow"));
  EXPECT_THAT(Listed("city: 'cities/hyderabad'", Secretary("krakow")), ElementsAre());
}

TEST_F(Documents, WhatACallerMayNotSeeLeavesNoGapInItsPages) {
  for (const char* city : {"hyderabad", "krakow", "havana"}) ASSERT_TRUE(Create(city).ok());
  const auto page = Call<v1::ListDocumentsRequest, v1::ListDocumentsResponse>(
      "DocumentService.ListDocuments", "page_size: 1", Secretary("havana"));
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(1, page->documents_size());
  EXPECT_EQ("", page->next_page_token());
  const auto first = Call<v1::ListDocumentsRequest, v1::ListDocumentsResponse>(
      "DocumentService.ListDocuments", "page_size: 2", officer_);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_THAT(
      Listed(absl::StrCat("page_size: 2 page_token: '", first->next_page_token(), "'"), officer_),
      ElementsAre("documents/with-krakow"));
}

TEST_F(Documents, AreEndingSoonByTheDateInTheHostCityWithoutAChange) {
  ASSERT_TRUE(Create("krakow", "term_months: 48").ok());
  const auto done = Step("krakow", "kind: KIND_SIGNED state: STATE_DONE done_date: '2026-11-24'");
  ASSERT_TRUE(done.ok()) << done.status();
  store_.now = absl::FromCivil(absl::CivilSecond(2030, 5, 28, 20, 29, 59), absl::UTCTimeZone());
  const auto get = [this] {
    return Call<v1::GetDocumentRequest, v1::Document>("DocumentService.GetDocument",
                                                      "name: 'documents/with-krakow'", officer_);
  };
  EXPECT_EQ(v1::Document::STATE_IN_FORCE, get()->state());
  store_.now += absl::Seconds(1);  // midnight in Isfahan
  EXPECT_EQ(v1::Document::STATE_ENDING_SOON, get()->state());
  EXPECT_EQ(done->etag(), get()->etag());
}

}  // namespace
}  // namespace neshast
