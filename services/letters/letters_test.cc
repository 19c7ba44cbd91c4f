#include "letters/letters.h"

#include "neshast/v1/letter_service.pb.h"
#include "register_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using v1::Letter;
using v1::LetterRound;

class Letters : public Register {
 protected:
  Letters() {
    methods_ = LetterMethods([this] { return zones_; });
  }

  absl::StatusOr<Letter> Create(const std::string& letter) {
    return Call<v1::CreateLetterRequest, Letter>(
        "LetterService.CreateLetter",
        absl::StrCat("letter { host: 'cities/isfahan' letter_date: '2026-11-20' ", letter, " }"),
        officer_);
  }

  absl::StatusOr<LetterRound> Send(const std::string& reference, const std::string& cities) {
    return Call<v1::SendRoundRequest, LetterRound>(
        "LetterService.SendRound",
        absl::StrCat("host: 'cities/isfahan' reference: '", reference,
                     "' letter_date: '2026-11-20' kind: KIND_ENQUIRY due_date: '2026-12-20' "
                     "cities: [",
                     cities, "]"),
        officer_);
  }

  absl::StatusOr<LetterRound> Round(const std::string& reference, const Caller& caller) {
    return Call<v1::GetRoundRequest, LetterRound>(
        "LetterService.GetRound",
        absl::StrCat("host: 'cities/isfahan' reference: '", reference, "'"), caller);
  }

  absl::StatusOr<Letter> Reply(const std::string& name, const std::string& reply) {
    return Call<v1::RecordReplyRequest, Letter>(
        "LetterService.RecordReply", absl::StrCat("name: '", name, "' ", reply), officer_);
  }

  std::vector<std::string> Listed(const std::string& request, const Caller& caller) {
    const auto list = Call<v1::ListLettersRequest, v1::ListLettersResponse>(
        "LetterService.ListLetters", request, caller);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> recipients;
    for (const Letter& each : list->letters()) recipients.push_back(each.recipient());
    std::sort(recipients.begin(), recipients.end());
    return recipients;
  }
};

TEST_F(Letters, ARoundIsALetterToEachCityAndAStateOfEach) {
  const auto round = Send("1399/771", "'cities/havana', 'cities/krakow', 'cities/hyderabad'");
  ASSERT_TRUE(round.ok()) << round.status();
  ASSERT_EQ(3, round->letters_size());
  EXPECT_EQ("1399/771/02", round->letters(1).reference_number());
  EXPECT_EQ("cities/krakow", round->letters(1).recipient());
  EXPECT_EQ("cities/isfahan", round->letters(1).sender());
  EXPECT_EQ(3, round->awaited());
  ASSERT_TRUE(
      Reply(round->letters(0).name(), "state: STATE_ANSWERED reference_number: 'H-12'").ok());
  ASSERT_TRUE(
      Reply(round->letters(1).name(), "state: STATE_DECLINED reference_number: 'K-7'").ok());
  const auto later = Round("1399/771", officer_);
  ASSERT_TRUE(later.ok()) << later.status();
  EXPECT_EQ(1, later->awaited());
  EXPECT_EQ(1, later->answered());
  EXPECT_EQ(1, later->declined());
  EXPECT_EQ("H-12", later->letters(0).reply().reference_number());
  EXPECT_EQ("2026-11-24", later->letters(0).reply().reply_date());
}

TEST_F(Letters, ACityOfARoundSeesItsOwnLetterAndCountsNoOther) {
  ASSERT_TRUE(Send("1399/771", "'cities/havana', 'cities/krakow'").ok());
  const auto own = Round("1399/771", Secretary("krakow"));
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_EQ(1, own->letters_size());
  EXPECT_EQ(1, own->awaited());
  const auto hidden = Round("1399/771", Secretary("hyderabad"));
  const auto absent = Round("1399/772", officer_);
  EXPECT_EQ("RESOURCE_NOT_FOUND", ReasonOf(hidden));
  EXPECT_EQ("RESOURCE_NOT_FOUND", ReasonOf(absent));
  EXPECT_EQ("There is no round 1399/771 of cities/isfahan.",
            std::string(hidden.status().message()));
}

TEST_F(Letters, ASendersNumberIsTakenOnceAndARoundIsSentWholeOrNotAtAll) {
  const std::string letter =
      "reference_number: '1405/9/02' sender: 'cities/isfahan' recipient: 'cities/havana'";
  const auto first = Create(letter);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto again = Create(letter);
  EXPECT_EQ("REFERENCE_NUMBER_TAKEN", ReasonOf(again));
  EXPECT_EQ(first->name(), DetailOf(again.status()).metadata.at("name"));
  EXPECT_TRUE(Create("reference_number: '1405/9/02' sender: 'cities/havana' "
                     "recipient: 'cities/isfahan'")
                  .ok());
  EXPECT_EQ("REFERENCE_NUMBER_TAKEN", ReasonOf(Send("1405/9", "'cities/havana', 'cities/krakow'")));
  EXPECT_EQ("RESOURCE_NOT_FOUND", ReasonOf(Round("1405/9", officer_)));
}

TEST_F(Letters, ARoundThatCannotBeIsRefusedWithItsFields) {
  EXPECT_THAT(FieldsOf(Send("1399/1", "'cities/havana', 'cities/havana', 'cities/isfahan'")),
              ElementsAre("cities[1]", "cities[2]"));
  const auto absent = Send("1399/1", "'cities/havana', 'cities/atlantis'");
  EXPECT_EQ("REFERENCE_NOT_FOUND", ReasonOf(absent));
  EXPECT_EQ("cities[1]", DetailOf(absent.status()).metadata.at("field"));
  const auto late = Call<v1::SendRoundRequest, LetterRound>(
      "LetterService.SendRound",
      "host: 'cities/isfahan' reference: '1399/1' letter_date: '2026-11-25' "
      "due_date: '2026-11-01' cities: 'cities/havana'",
      officer_);
  EXPECT_THAT(FieldsOf(late), ElementsAre("letter_date", "due_date"));
}

TEST_F(Letters, ALetterToABodyIsAlsoThatOfTheCityItSitsIn) {
  const auto letter = Create(
      "reference_number: '1405/5' sender: 'cities/isfahan' "
      "recipient: 'organizations/st-petersburg-health' kind: KIND_OFFER");
  ASSERT_TRUE(letter.ok()) << letter.status();
  EXPECT_THAT(letter->cities(), ElementsAre("cities/isfahan", "cities/st-petersburg"));
  const std::vector<std::string> listed = {"organizations/st-petersburg-health"};
  EXPECT_EQ(listed, Listed("", Secretary("st-petersburg")));
  EXPECT_THAT(Listed("", Secretary("havana")), ElementsAre());
  const auto own = Create(
      "reference_number: '1405/6' sender: 'cities/isfahan' "
      "recipient: 'organizations/foreign-ministry-isfahan'");
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_THAT(own->cities(), ElementsAre("cities/isfahan"));
}

TEST_F(Letters, ALetterBetweenOthersAndOneToOneselfAreRefused) {
  EXPECT_THAT(FieldsOf(Create("reference_number: '1' sender: 'cities/krakow' "
                              "recipient: 'cities/havana'")),
              ElementsAre("letter.host"));
  EXPECT_THAT(FieldsOf(Create("reference_number: '1' sender: 'cities/isfahan' "
                              "recipient: 'cities/isfahan' due_date: '2026-11-19'")),
              ElementsAre("letter.due_date", "letter.recipient"));
}

TEST_F(Letters, ANoticeNeedsNoReplyAndAReplyNeedsANumberAndADateThatCanBe) {
  const auto notice = Create(
      "reference_number: '1405/1' kind: KIND_NOTICE "
      "sender: 'cities/isfahan' recipient: 'cities/havana'");
  ASSERT_TRUE(notice.ok()) << notice.status();
  EXPECT_EQ(Letter::STATE_NO_REPLY_NEEDED, notice->state());
  EXPECT_THAT(FieldsOf(Reply(notice->name(), "state: STATE_ANSWERED reply_date: '2026-11-19'")),
              ElementsAre("reference_number", "reply_date"));
  EXPECT_THAT(FieldsOf(Reply(notice->name(),
                             "state: STATE_DECLINED reference_number: 'H-1' "
                             "reply_date: '2026-11-25'")),
              ElementsAre("reply_date"));
  ASSERT_TRUE(Reply(notice->name(), "state: STATE_ANSWERED reference_number: 'H-1'").ok());
  const auto back = Reply(notice->name(), "state: STATE_AWAITED");
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_FALSE(back->has_reply());
}

TEST_F(Letters, AreFoundByCityStateRoundAndDueDate) {
  const auto round = Send("1399/771", "'cities/havana', 'cities/krakow'");
  ASSERT_TRUE(round.ok()) << round.status();
  ASSERT_TRUE(
      Reply(round->letters(0).name(), "state: STATE_ANSWERED reference_number: 'H-12'").ok());
  ASSERT_TRUE(Create("reference_number: '1405/1' sender: 'cities/isfahan' "
                     "recipient: 'cities/hyderabad'")
                  .ok());
  EXPECT_THAT(Listed("state: STATE_AWAITED", officer_),
              ElementsAre("cities/hyderabad", "cities/krakow"));
  EXPECT_THAT(Listed("round: '1399/771' state: STATE_AWAITED", officer_),
              ElementsAre("cities/krakow"));
  EXPECT_THAT(Listed("city: 'cities/havana'", officer_), ElementsAre("cities/havana"));
  EXPECT_THAT(Listed("due_until_date: '2026-12-20'", officer_),
              ElementsAre("cities/havana", "cities/krakow"));
  EXPECT_THAT(Listed("due_until_date: '2026-12-19'", officer_), ElementsAre());
}

}  // namespace
}  // namespace neshast
