#include "documents/standing.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace neshast {
namespace {

using v1::Partnership;

v1::Document Parse(const std::string& text) {
  v1::Document document;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &document)) << text;
  return document;
}

std::string Done(const std::string& kind, const std::string& date) {
  return absl::StrCat(" steps { kind: KIND_", kind, " state: STATE_DONE done_date: '", date, "' }");
}

std::string Owed(const std::string& kind) {
  return absl::StrCat(" steps { id: 'owed' kind: KIND_", kind,
                      " state: STATE_OWED body: 'organizations/foreign-ministry-isfahan'"
                      " due_date: '2020-10-01' }");
}

std::string Renewed(const std::string& from, const std::string& until) {
  return absl::StrCat(Done("RENEWED", from), " renewals { from_date: '", from, "' until_date: '",
                      until, "' }");
}

struct Case {
  const char* name;
  std::string document;
  const char* today;
  v1::Document::State state;
  const char* signed_date;
  const char* end_date;
};

// The partnerships of Isfahan as they were in 2020; their later fates are invented.
const Case kCases[] = {
    {"XianIsInForceWithoutAnEnd", "kind: KIND_MEMORANDUM" + Done("SIGNED", "1989-05-07"),
     "2020-08-22", v1::Document::STATE_IN_FORCE, "1989-05-07", ""},
    {"XianBeforeItsSignature", "kind: KIND_MEMORANDUM" + Done("SIGNED", "1989-05-07"), "1989-05-06",
     v1::Document::STATE_DRAFT, "1989-05-07", ""},
    {"StPetersburgsFourYearsAreCloseToSigning",
     "kind: KIND_FOUR_YEAR_DOCUMENT term_months: 48" + Done("DRAFTED", "2020-05-01") +
         Done("TEXT_AGREED", "2020-07-01") + Owed("CLEARED") + Owed("SIGNED"),
     "2020-08-22", v1::Document::STATE_UNDER_WAY, "", ""},
    {"StPetersburgSignedByOneSideOnly",
     "kind: KIND_FOUR_YEAR_DOCUMENT term_months: 48" + Done("SIGNED", "2020-09-21") +
         Owed("SIGNED"),
     "2020-10-01", v1::Document::STATE_UNDER_WAY, "", ""},
    {"StPetersburgFromTheLastSignature",
     "kind: KIND_FOUR_YEAR_DOCUMENT term_months: 48" + Done("SIGNED", "2020-10-04") +
         Done("SIGNED", "2020-09-21"),
     "2020-10-04", v1::Document::STATE_IN_FORCE, "2020-10-04", "2024-10-04"},
    {"StPetersburgOneDayBeforeTheWarning", "term_months: 48" + Done("SIGNED", "2020-10-04"),
     "2024-04-07", v1::Document::STATE_IN_FORCE, "2020-10-04", "2024-10-04"},
    {"StPetersburgEndsInLessThan180Days", "term_months: 48" + Done("SIGNED", "2020-10-04"),
     "2024-04-08", v1::Document::STATE_ENDING_SOON, "2020-10-04", "2024-10-04"},
    {"StPetersburgOnItsLastDay", "term_months: 48" + Done("SIGNED", "2020-10-04"), "2024-10-03",
     v1::Document::STATE_ENDING_SOON, "2020-10-04", "2024-10-04"},
    {"StPetersburgOnItsEnd", "term_months: 48" + Done("SIGNED", "2020-10-04"), "2024-10-04",
     v1::Document::STATE_LAPSED, "2020-10-04", "2024-10-04"},
    {"StPetersburgRenewedInTime",
     "term_months: 48" + Done("SIGNED", "2020-10-04") + Renewed("2024-10-04", "2028-10-04"),
     "2024-10-03", v1::Document::STATE_IN_FORCE, "2020-10-04", "2028-10-04"},
    {"StPetersburgBetweenItsEndAndALateRenewal",
     "term_months: 48" + Done("SIGNED", "2020-10-04") + Renewed("2025-01-01", "2029-01-01"),
     "2024-12-31", v1::Document::STATE_LAPSED, "2020-10-04", "2029-01-01"},
    {"HavanaEndedBeforeItsTerm",
     "term_months: 240" + Done("SIGNED", "2001-03-08") + Done("LAPSED", "2019-06-01"), "2020-08-22",
     v1::Document::STATE_LAPSED, "2001-03-08", "2019-06-01"},
    {"HavanaBeforeItEnded",
     "term_months: 240" + Done("SIGNED", "2001-03-08") + Done("LAPSED", "2019-06-01"), "2018-08-22",
     v1::Document::STATE_IN_FORCE, "2001-03-08", "2019-06-01"},
    {"BaalbeksLapseEndsALaterRenewalToo",
     "term_months: 60" + Done("SIGNED", "2010-10-05") + Renewed("2015-10-05", "2020-10-05") +
         Done("LAPSED", "2014-01-01"),
     "2016-01-01", v1::Document::STATE_LAPSED, "2010-10-05", "2014-01-01"},
    {"BaalbekRenewedAfterItsLapse",
     "term_months: 60" + Done("SIGNED", "2010-10-05") + Done("LAPSED", "2014-01-01") +
         Renewed("2016-01-01", "2021-01-01"),
     "2016-01-01", v1::Document::STATE_IN_FORCE, "2010-10-05", "2021-01-01"},
    {"ATermEndsWithAShorterMonth", "term_months: 6" + Done("SIGNED", "2020-08-31"), "2020-09-02",
     v1::Document::STATE_ENDING_SOON, "2020-08-31", "2021-02-28"},
    {"HyderabadIsDrafted", "kind: KIND_MEMORANDUM" + Done("DRAFTED", "2020-06-01") + Owed("SIGNED"),
     "2020-08-22", v1::Document::STATE_DRAFT, "", ""},
    {"HyderabadWaivesItsCouncil",
     "kind: KIND_MEMORANDUM steps { kind: KIND_COUNCIL_APPROVED state: STATE_WAIVED }",
     "2020-08-22", v1::Document::STATE_UNDER_WAY, "", ""},
    {"KrakowIsGivenUp", Done("DRAFTED", "2020-06-01") + Done("LAPSED", "2020-07-01"), "2020-08-22",
     v1::Document::STATE_LAPSED, "", ""},
};

TEST(StateOn, FollowsFromTheStepsTheTermAndTheDate) {
  for (const Case& each : kCases) {
    v1::Document document = Parse(each.document);
    Settle(each.today, document);
    EXPECT_EQ(v1::Document::State_Name(each.state), v1::Document::State_Name(document.state()))
        << each.name;
    EXPECT_EQ(each.signed_date, document.signed_date()) << each.name;
    EXPECT_EQ(each.end_date, document.end_date()) << each.name;
  }
}

TEST(Settle, NamesTheFirstStepThatIsOwedAndByWhom) {
  v1::Document document = Parse(Done("DRAFTED", "2020-06-01") + Owed("CLEARED") +
                                " steps { id: 'sign' kind: KIND_SIGNED state: STATE_OWED }");
  Settle("2020-08-22", document);
  EXPECT_EQ("owed", document.owed_step());
  EXPECT_EQ("organizations/foreign-ministry-isfahan", document.owed_by());
  EXPECT_EQ("2020-10-01", document.owed_due_date());
  for (v1::DocumentStep& step : *document.mutable_steps()) {
    step.set_state(v1::DocumentStep::STATE_DONE);
    step.set_done_date("2020-08-22");
  }
  Settle("2020-08-22", document);
  EXPECT_EQ("", document.owed_step() + document.owed_by() + document.owed_due_date());
}

TEST(StageOf, IsThatOfTheFurthestDocument) {
  const std::string memorandum = "kind: KIND_MEMORANDUM";
  const std::string intent = "kind: KIND_LETTER_OF_INTENT";
  struct Row {
    const char* name;
    std::vector<std::string> documents;
    Partnership::Stage stage;
  };
  const Row rows[] = {
      {"Nothing", {}, Partnership::STAGE_UNSPECIFIED},
      {"KrakowByADraft", {memorandum + Owed("SIGNED")}, Partnership::STAGE_CONSIDERED},
      {"KrakowByAnIntentUnderWay",
       {intent + Done("TEXT_AGREED", "2020-06-01")},
       Partnership::STAGE_CONSIDERED},
      {"HyderabadByASignedIntent",
       {intent + Done("SIGNED", "2020-06-01")},
       Partnership::STAGE_FINALISING},
      {"HyderabadByAnAgreedText",
       {memorandum + Done("TEXT_AGREED", "2020-06-01") + Owed("SIGNED")},
       Partnership::STAGE_FINALISING},
      {"DakarBySignature",
       {memorandum + Done("SIGNED", "2009-11-25"), memorandum + Owed("SIGNED")},
       Partnership::STAGE_SIGNED},
      {"HavanaSleeps",
       {memorandum + " term_months: 120" + Done("SIGNED", "2001-03-08"),
        memorandum + Done("TEXT_AGREED", "2020-06-01")},
       Partnership::STAGE_DORMANT},
      {"HavanaWakes",
       {memorandum + " term_months: 120" + Done("SIGNED", "2001-03-08"),
        "kind: KIND_FOUR_YEAR_DOCUMENT term_months: 48" + Done("SIGNED", "2020-08-01")},
       Partnership::STAGE_SIGNED},
      {"GivenUpBeforeItWasSigned",
       {memorandum + Done("LAPSED", "2020-06-01")},
       Partnership::STAGE_CONSIDERED},
  };
  for (const Row& row : rows) {
    std::vector<v1::Document> documents;
    for (const std::string& each : row.documents) documents.push_back(Parse(each));
    EXPECT_EQ(Partnership::Stage_Name(row.stage),
              Partnership::Stage_Name(StageOf(documents, "2020-08-22")))
        << row.name;
  }
}

TEST(StageAfter, NeverFallsButWhereASignedPartnershipMayFallAsleep) {
  using P = Partnership;
  const P::Stage by_rank[] = {P::STAGE_UNSPECIFIED, P::STAGE_CONSIDERED, P::STAGE_FINALISING,
                              P::STAGE_DORMANT, P::STAGE_SIGNED};
  for (int reached = 0; reached < 5; ++reached) {
    for (int follows = 0; follows < 5; ++follows) {
      const P::Stage further = by_rank[std::max(reached, follows)];
      EXPECT_EQ(further, StageAfter(by_rank[reached], by_rank[follows], false));
      const bool sleeps =
          by_rank[reached] == P::STAGE_SIGNED && by_rank[follows] == P::STAGE_DORMANT;
      EXPECT_EQ(sleeps ? P::STAGE_DORMANT : further,
                StageAfter(by_rank[reached], by_rank[follows], true));
    }
    EXPECT_EQ(P::STAGE_HOST, StageAfter(P::STAGE_HOST, by_rank[reached], true));
  }
}

}  // namespace
}  // namespace neshast
