#include "minutes/minutes_fixture.h"

namespace neshast {
namespace {

using v1::Correction;

class Corrections : public MinutesTest {
 protected:
  absl::StatusOr<MinutesEntry> Annex(const Caller& caller) {
    return Do<v1::AnnexStatementRequest, MinutesEntry>(caller, "AnnexStatement", kMinutes,
                                                       [](auto& request) {
                                                         request.set_language("ru");
                                                         request.set_text("Заявление");
                                                       });
  }
};

TEST_F(Corrections, OfBothSidesStandSideBySide) {
  const std::string name = Circulated();
  ASSERT_TRUE(Correct(officer_, name, "Обмен опытом и знаниями").ok());
  const auto entry = Correct(petersburg_, name, "Обмен опытом и идеями");
  ASSERT_TRUE(entry.ok()) << entry.status();
  ASSERT_EQ(entry->corrections_size(), 2);
  EXPECT_EQ(entry->corrections(0).city(), "cities/isfahan");
  EXPECT_EQ(entry->corrections(1).city(), "cities/st-petersburg");
  EXPECT_EQ(entry->text(), "Обмен опытом");
  EXPECT_EQ(Stored().open_corrections(), 2);
}

TEST_F(Corrections, ComeIntoTheTextWithTheNextVersion) {
  const std::string name = Circulated();
  ASSERT_TRUE(Correct(officer_, name, "rejected").ok());
  const MinutesEntry entry = *Correct(petersburg_, name, "accepted");
  ASSERT_TRUE(Adopt(florence_).ok());
  EXPECT_EQ(Reason(Reissue().status()), "WRONG_STATE");                  // none is accepted yet
  EXPECT_EQ(Reason(Decide(entry, 0, false).status()), "INVALID_FIELD");  // says no why
  ASSERT_TRUE(Decide(entry, 0, false, "It was not said.").ok());
  ASSERT_TRUE(Decide(entry, 1, true).ok());
  EXPECT_EQ(Reason(Decide(entry, 1, true).status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Adopt(petersburg_).status()), "CORRECTIONS_OPEN");
  const auto reissued = Reissue();
  ASSERT_TRUE(reissued.ok()) << reissued.status();
  EXPECT_EQ(reissued->version(), 2);
  EXPECT_EQ(reissued->parties(2).state(), MinutesParty::STATE_AWAITED);
  ASSERT_EQ(reissued->lapsed_adoptions_size(), 1);
  EXPECT_EQ(reissued->lapsed_adoptions(0).city(), "cities/florence");
  EXPECT_NE(reissued->lapsed_adoptions(0).text_digest(), reissued->text_digest());
  const MinutesEntry corrected =
      *Do<v1::GetEntryRequest, MinutesEntry>(officer_, "GetEntry", name, [](auto&) {});
  EXPECT_EQ(corrected.text(), "accepted");
  EXPECT_EQ(corrected.corrections(0).state(), Correction::STATE_REJECTED);
  EXPECT_EQ(corrected.corrections(1).state(), Correction::STATE_APPLIED);
}

TEST_F(Corrections, OfOneTextAreNotBothAccepted) {
  const std::string name = Circulated();
  ASSERT_TRUE(Correct(officer_, name, "one").ok());
  const MinutesEntry entry = *Correct(petersburg_, name, "another");
  ASSERT_TRUE(Decide(entry, 0, true).ok());
  EXPECT_EQ(Reason(Decide(entry, 1, true).status()), "WRONG_STATE");
  EXPECT_TRUE(Decide(entry, 1, false, "The other one stands.").ok());
}

TEST_F(Corrections, ThatComeLateAreRecordedAsLateAndNotMerged) {
  const std::string name = Circulated();
  store_.now += absl::Hours(24 * 7) - absl::Seconds(1);
  EXPECT_FALSE(Correct(petersburg_, name, "in time")->corrections(0).late());
  store_.now += absl::Seconds(1);
  const MinutesEntry entry = *Correct(petersburg_, name, "too late");
  EXPECT_TRUE(entry.corrections(1).late());
  EXPECT_EQ(Stored().open_corrections(), 1);
  const absl::Status decided = Decide(entry, 1, true).status();
  EXPECT_EQ(Reason(decided), "WRONG_STATE");
  EXPECT_EQ(DetailOf(decided).metadata["state"], "LATE");
}

TEST_F(Corrections, AreLateOnceAllHaveAdopted) {
  const std::string name = Circulated();
  for (const Caller& party : {officer_, petersburg_, florence_}) ASSERT_TRUE(Adopt(party).ok());
  EXPECT_TRUE(Correct(petersburg_, name, "after all").value().corrections(0).late());
}

TEST_F(Corrections, AreFiledForTheOwnCityAndInALanguageOfTheEntry) {
  const std::string name = Circulated();
  EXPECT_EQ(Reason(Correct(Of(v1::ROLE_DELEGATION_SECRETARY, "havana"), name, "x").status()),
            "NOT_A_PARTY");
  EXPECT_EQ(Reason(Correct(petersburg_, name, "x", "fa").status()), "INVALID_FIELD");
  const auto filed = Do<v1::FileCorrectionRequest, MinutesEntry>(
      petersburg_, "FileCorrection", name, [](auto& request) {
        request.set_city("cities/florence");
        request.set_language("ru");
      });
  EXPECT_EQ(Reason(filed.status()), "ACTION_FORBIDDEN");
}

TEST_F(Corrections, OfAnInterpreterAreOfTranslationsAndForNobody) {
  ASSERT_TRUE(Close().ok());
  MinutesEntry said = Said("fa", "text");
  said.add_translations()->set_language("ru");
  const std::string name = Enter(said)->name();
  ASSERT_TRUE(Circulate().ok());
  const Caller interpreter = Of(v1::ROLE_INTERPRETER, "tabriz", "people/interpreter");
  EXPECT_EQ(Reason(Correct(interpreter, name, "x", "fa").status()), "ACTION_FORBIDDEN");
  const auto filed = Correct(interpreter, name, "точнее", "ru");
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(filed->corrections(0).city(), "");
  ASSERT_TRUE(Decide(*filed, 0, true).ok());
  ASSERT_TRUE(Reissue().ok());
  EXPECT_EQ(Reason(Annex(interpreter).status()), "ACTION_FORBIDDEN");
}

TEST_F(Corrections, AndStatementsAreNotTakenOfADraftOrOfWhatIsSealed) {
  ASSERT_TRUE(Close().ok());
  const std::string name = Enter(Said("ru", "text"))->name();
  EXPECT_EQ(Reason(Correct(officer_, name, "x").status()), "WRONG_STATE");
  ASSERT_TRUE(Circulate().ok());
  for (const Caller& party : {officer_, petersburg_, florence_}) ASSERT_TRUE(Adopt(party).ok());
  ASSERT_TRUE(Seal().ok());
  EXPECT_EQ(Reason(Correct(petersburg_, name, "x").status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Annex(petersburg_).status()), "WRONG_STATE");
}

TEST_F(Corrections, StatementsAreAnnexedAndLeaveTheTextAsItIs) {
  Circulated();
  const Minutes before = Stored();
  const auto statement = Annex(petersburg_);
  ASSERT_TRUE(statement.ok()) << statement.status();
  EXPECT_FALSE(statement->late());
  EXPECT_EQ(Stored().text_digest(), before.text_digest());
  EXPECT_NE(Stored().etag(), before.etag());
  EXPECT_EQ(Reason(Correct(petersburg_, statement->name(), "x").status()), "INVALID_FIELD");
  store_.now += absl::Hours(24 * 8);
  EXPECT_TRUE(Annex(petersburg_)->late());
}

}  // namespace
}  // namespace neshast
