#include "minutes/minutes_fixture.h"

namespace neshast {
namespace {

class Adoption : public MinutesTest {
 protected:
  MinutesParty::State StateOf(const std::string& city) {
    const Minutes minutes = Stored();
    for (const MinutesParty& party : minutes.parties()) {
      if (party.city() == "cities/" + city) return party.state();
    }
    return MinutesParty::STATE_UNSPECIFIED;
  }
};

TEST_F(Adoption, IsOfEachPartyForItselfAndThenOfTheMinutes) {
  Circulated();
  ASSERT_TRUE(Adopt(officer_).ok());
  ASSERT_TRUE(Adopt(petersburg_).ok());
  EXPECT_EQ(Stored().state(), Minutes::STATE_CIRCULATED);
  const auto all = Adopt(florence_, v1::ADOPTION_MODE_WITH_RESERVATION, "Not item 3.");
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_EQ(all->state(), Minutes::STATE_ADOPTED);
  const v1::Adoption& record = all->parties(2).adoption();
  EXPECT_EQ(record.reservation(), "Not item 3.");
  EXPECT_EQ(record.text_digest(), all->text_digest());
  EXPECT_EQ(record.principal(), "principals/florence");
}

TEST_F(Adoption, TwiceIsRefusedAndSoIsWhatChangedASecondAgo) {
  const std::string entry = Circulated();
  const std::string read = Stored().etag();
  ASSERT_TRUE(Correct(florence_, entry, "x").ok());
  EXPECT_EQ(Reason(Adopt(petersburg_, v1::ADOPTION_MODE_ADOPTED, "", read).status()),
            "ETAG_MISMATCH");
  ASSERT_TRUE(Adopt(petersburg_).ok());
  const absl::Status twice = Adopt(petersburg_).status();
  EXPECT_EQ(Reason(twice), "WRONG_STATE");
  EXPECT_EQ(DetailOf(twice).metadata["state"], "STATE_ADOPTED");
}

TEST_F(Adoption, AdReferendumIsConfirmedLater) {
  Circulated();
  ASSERT_TRUE(Adopt(officer_).ok());
  ASSERT_TRUE(Adopt(florence_).ok());
  ASSERT_TRUE(Adopt(petersburg_, v1::ADOPTION_MODE_AD_REFERENDUM).ok());
  EXPECT_EQ(Stored().state(), Minutes::STATE_CIRCULATED);
  EXPECT_EQ(Reason(Adopt(petersburg_, v1::ADOPTION_MODE_AD_REFERENDUM).status()), "WRONG_STATE");
  ASSERT_TRUE(Adopt(petersburg_).ok());
  EXPECT_EQ(Stored().state(), Minutes::STATE_ADOPTED);
}

TEST_F(Adoption, IsNobodysForAnotherCity) {
  Circulated();
  const auto for_petersburg = [](auto& request) {
    request.set_city("cities/st-petersburg");
    request.set_mode(v1::ADOPTION_MODE_ADOPTED);
  };
  const Caller head = Of(v1::ROLE_DELEGATE, "st-petersburg", "people/head-of-petersburg");
  const struct {
    const char* who;
    Caller caller;
    const char* reason;
  } rows[] = {{"the host's office", officer_, "ACTION_FORBIDDEN"},
              {"another secretary", florence_, "ACTION_FORBIDDEN"},
              {"a member", Of(v1::ROLE_DELEGATE, "st-petersburg", "people/epidemiologist"),
               "ACTION_FORBIDDEN"},
              {"the head", head, ""}};
  for (const auto& row : rows) {
    const auto answer =
        Do<v1::AdoptMinutesRequest>(row.caller, "AdoptMinutes", kMinutes, for_petersburg);
    EXPECT_EQ(Reason(answer.status()), row.reason) << row.who;
  }
  EXPECT_EQ(StateOf("st-petersburg"), MinutesParty::STATE_ADOPTED);
}

TEST_F(Adoption, ReservesInWordsOrNot) {
  Circulated();
  EXPECT_EQ(Reason(Adopt(petersburg_, v1::ADOPTION_MODE_WITH_RESERVATION).status()),
            "INVALID_FIELD");
  EXPECT_EQ(Reason(Adopt(petersburg_, v1::ADOPTION_MODE_ADOPTED, "But …").status()),
            "INVALID_FIELD");
}

TEST_F(Adoption, IsNotAwaitedOfAPartyThatHasWithdrawn) {
  Circulated();
  ASSERT_TRUE(Adopt(officer_).ok());
  ASSERT_TRUE(Adopt(petersburg_).ok());
  ASSERT_TRUE(Decline(florence_, true).ok());
  EXPECT_EQ(Stored().state(), Minutes::STATE_ADOPTED);
  EXPECT_EQ(StateOf("florence"), MinutesParty::STATE_WITHDRAWN);
}

TEST_F(Adoption, OfAPartyThatHasWithdrawnIsRefused) {
  Circulated();
  ASSERT_TRUE(Decline(florence_, true).ok());
  EXPECT_EQ(Reason(Adopt(florence_).status()), "NOT_A_PARTY");
  EXPECT_EQ(Reason(Decline(officer_, true).status()), "INVALID_FIELD");
}

TEST_F(Adoption, CanFollowAnObjectionButIsNotTakenBack) {
  Circulated();
  ASSERT_TRUE(Decline(petersburg_, false).ok());
  ASSERT_TRUE(Adopt(petersburg_).ok());
  EXPECT_EQ(Reason(Decline(petersburg_, false).status()), "WRONG_STATE");
}

TEST_F(Adoption, IsNotOfADraft) {
  ASSERT_TRUE(Close().ok());
  EXPECT_EQ(Reason(Adopt(officer_).status()), "WRONG_STATE");
}

// Of three that have not adopted: one has objected, one has corrected, one has said nothing.
TEST_F(Adoption, BySilenceIsOfThoseOnlyWhoSaidNothing) {
  const std::string entry = Circulated(true);
  ASSERT_TRUE(Correct(petersburg_, entry, "x").ok());
  const MinutesEntry corrected = *Correct(petersburg_, entry, "y");
  ASSERT_TRUE(Decide(corrected, 0, false, "No.").ok());
  ASSERT_TRUE(Decide(corrected, 1, false, "No.").ok());
  ASSERT_TRUE(Decline(officer_, false).ok());
  EXPECT_EQ(Reason(Seal(true).status()), "ADOPTION_AWAITED");
  store_.now += absl::Hours(24 * 7);
  EXPECT_EQ(DetailOf(Seal().status()).metadata["cities"], "cities/isfahan,cities/st-petersburg");
  const auto sealed = Seal(true);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_EQ(StateOf("florence"), MinutesParty::STATE_SILENT);
  EXPECT_THAT(sealed->seal().unadopted(),
              testing::ElementsAre("cities/isfahan", "cities/st-petersburg"));
}

TEST_F(Adoption, IsNeverAssumedWithoutASilenceProcedure) {
  Circulated();
  store_.now += absl::Hours(24 * 30);
  EXPECT_EQ(Reason(Seal().status()), "ADOPTION_AWAITED");
  const auto sealed = Seal(true);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_EQ(sealed->seal().unadopted_size(), 3);
}

}  // namespace
}  // namespace neshast
