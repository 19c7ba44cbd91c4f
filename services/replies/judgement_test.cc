#include "replies/judgement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using v1::Reply;

mail::Address AddressIn(const char* text) {
  return *mail::Address::Read(text);
}

TEST(TokensIn, FindsThoseOfOurReplyAddressesInTheirOrder) {
  const std::string first(26, 'a'), second(26, 'b');
  const auto address = [](const std::string& text) { return *mail::Address::Read(text); };
  EXPECT_THAT(TokensIn({address("protocol+" + first + "@isfahan.example"),
                        address("protocol@isfahan.example"),
                        address("press+" + second + "@isfahan.example"),
                        address("PROTOCOL+" + second + "@Isfahan.example")},
                       address("protocol@isfahan.example")),
              ElementsAre(first, second));
}

TEST(IsSameAddress, NeverTakesNobodyForSomebody) {
  EXPECT_TRUE(IsSameAddress("Li@Xian.example", "li@xian.example"));
  EXPECT_FALSE(IsSameAddress("", ""));
  EXPECT_FALSE(IsSameAddress("li@xian.example", ""));
}

// A reply in which everything is proven; `applied` counts since SEQUENCE 2, stamp 100.
struct Judged {
  Judged() {
    incoming.reply.set_kind(Reply::KIND_ANSWER);
    incoming.reply.set_answer(v1::InvitationResponse::ANSWER_ACCEPTED);
    incoming.reply.set_attendee("li@xian.example");
    incoming.reply.set_sequence(2);
    incoming.reply.mutable_stamp_time()->set_seconds(101);
    incoming.reply.set_dmarc(Reply::DMARC_PASS);
    incoming.from = AddressIn("li@xian.example");
    known = {.subject = true,
             .takes_answers = true,
             .is_called = true,
             .address = "li@xian.example",
             .token = "q7x",
             .told = 3};
    known.applied.emplace();
    known.applied->set_sequence(2);
    known.applied->mutable_stamp_time()->set_seconds(100);
  }

  std::vector<Reply::Doubt> Doubts() const {
    Reply reply = incoming.reply;
    SetProofs(incoming, tokens, known, reply);
    return DoubtsOf(incoming, tokens, known, reply);
  }

  Incoming incoming;
  std::vector<std::string> tokens = {"other", "q7x"};
  Known known;
};

TEST(DoubtsOf, HasNoneWhereEverythingIsProven) {
  EXPECT_THAT(Judged().Doubts(), IsEmpty());
}

TEST(DoubtsOf, TakesAnAnswerToANewerInvitationForNewerWithoutATime) {
  Judged judged;
  judged.incoming.reply.set_sequence(3);
  judged.incoming.reply.clear_stamp_time();
  EXPECT_THAT(judged.Doubts(), IsEmpty());
  judged.incoming.reply.set_sequence(2);
  EXPECT_THAT(judged.Doubts(), ElementsAre(Reply::DOUBT_OLDER_THAN_APPLIED));
  judged.incoming.reply.set_sequence(1);
  judged.incoming.reply.mutable_stamp_time()->set_seconds(500);
  EXPECT_THAT(judged.Doubts(), ElementsAre(Reply::DOUBT_OLDER_THAN_APPLIED));
}

TEST(DoubtsOf, SaysAllThatIsNotProvenAtOnce) {
  Judged judged;
  judged.tokens = {"other"};
  judged.incoming.from.reset();
  judged.incoming.reply.set_dmarc(Reply::DMARC_UNKNOWN);
  judged.known.is_called = false;
  EXPECT_THAT(judged.Doubts(),
              ElementsAre(Reply::DOUBT_WRONG_TOKEN, Reply::DOUBT_OTHER_ADDRESS,
                          Reply::DOUBT_DMARC_NOT_PASSED, Reply::DOUBT_NOT_INVITED));
}

TEST(DoubtsOf, NeverTakesAMissingTokenForTheRightOne) {
  Judged judged;
  judged.known.token = "";
  judged.tokens = {""};
  EXPECT_THAT(judged.Doubts(), ElementsAre(Reply::DOUBT_WRONG_TOKEN));
}

TEST(DoubtsOf, NeedsNoSenderOfABounceButOurTokenAndTheRecipient) {
  Judged judged;
  judged.incoming.reply.set_kind(Reply::KIND_BOUNCE);
  judged.incoming.from.reset();
  judged.incoming.reply.set_dmarc(Reply::DMARC_UNKNOWN);
  judged.incoming.failed = {"someone@xian.example", "LI@xian.example"};
  EXPECT_THAT(judged.Doubts(), IsEmpty());
  judged.incoming.failed.pop_back();
  EXPECT_THAT(judged.Doubts(), ElementsAre(Reply::DOUBT_OTHER_ADDRESS));
  judged.tokens.clear();
  EXPECT_THAT(judged.Doubts(), ElementsAre(Reply::DOUBT_NO_TOKEN, Reply::DOUBT_OTHER_ADDRESS));
}

}  // namespace
}  // namespace neshast
