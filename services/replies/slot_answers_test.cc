#include "replies/replying.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using v1::Reply;

constexpr char kOffer[] = "proposals/offer";

class SlotReplies : public Replying {
 protected:
  SlotReplies() { store_.Put(Offer()); }

  std::string Mail(const std::string& text,
                   const std::string& headers = "Message-ID: <1@x.example>\n",
                   const std::string& from = "mayor-of-xian@xian.example") const {
    const std::string mail = absl::StrCat(
        "Authentication-Results: mx.isfahan.example; dmarc=pass header.from=xian.example\n"
        "From: ",
        from, "\nTo: ", AddressFor(kMayor, kOffer), "\n", headers,
        "Content-Type: text/plain; charset=utf-8\n\n", text);
    return absl::StrReplaceAll(mail, {{"\n", "\r\n"}});
  }

  // "s1 ANSWER_YES replies/…", those of the mayor of Xi'an.
  std::vector<std::string> Answers() {
    std::vector<std::string> lines;
    EXPECT_TRUE(store_.store()
                    .Read([&](Transaction& tx) -> absl::Status {
                      ASSIGN_OR_RETURN(const auto proposal, tx.Get<v1::Proposal>(kOffer));
                      for (const v1::SlotAnswer& each : proposal.answers()) {
                        EXPECT_EQ(each.person(), kMayor);
                        lines.push_back(absl::StrCat(each.slot_id(), " ",
                                                     v1::SlotAnswer::Answer_Name(each.answer())));
                      }
                      return absl::OkStatus();
                    })
                    .ok());
    return lines;
  }
};

TEST_F(SlotReplies, AreCountedFromTheWordsOfAProvenMail) {
  const Reply reply = Received(Mail("1 yes\n2 no\nThe mayor is abroad until the 14th.\n"));
  EXPECT_EQ(Doubts(reply), "");
  EXPECT_EQ(reply.kind(), Reply::KIND_SLOT_ANSWERS);
  EXPECT_EQ(reply.about(), kOffer);
  EXPECT_EQ(reply.person(), kMayor);
  EXPECT_EQ(reply.comment(), "The mayor is abroad until the 14th.");
  EXPECT_THAT(Answers(), ElementsAre("s1 ANSWER_YES", "s2 ANSWER_NO"));
}

TEST_F(SlotReplies, ChangeOnlyTheSlotsThatTheySpeakOf) {
  Received(Mail("1 yes\n2 no\n"));
  EXPECT_EQ(Doubts(Received(Mail("2 yes\n", "Message-ID: <2@x.example>\n"))), "");
  EXPECT_THAT(Answers(), testing::UnorderedElementsAre("s1 ANSWER_YES", "s2 ANSWER_YES"));
}

TEST_F(SlotReplies, ThatWereSentBeforeOnAnotherWayDoNotCountAgain) {
  Received(Mail("1 yes\n"));
  Received(Mail("1 no\n", "Message-ID: <2@x.example>\n"));
  const Reply replayed =
      Received(Mail("1 yes\n", "Message-ID: <1@x.example>\nReceived: from evil.example\n"));
  EXPECT_EQ(Doubts(replayed), "OLDER_THAN_APPLIED");
  EXPECT_THAT(Answers(), ElementsAre("s1 ANSWER_NO"));
}

TEST_F(SlotReplies, ThatAreNotUnderstoodWaitForTheOfficerWhoAppliesTheRest) {
  const Reply reply = Received(Mail("1 yes\n2 perhaps\n12 no\n"));
  EXPECT_EQ(Doubts(reply), "PARTLY_UNDERSTOOD");
  EXPECT_THAT(Answers(), IsEmpty());
  ASSERT_TRUE(Applied(reply).ok());
  EXPECT_THAT(Answers(), ElementsAre("s1 ANSWER_YES"));
}

TEST_F(SlotReplies, OfAnotherSenderOrTooLateAreShown) {
  EXPECT_EQ(Doubts(Received(Mail("1 yes\n", "", "secretary@xian.example"))), "OTHER_ADDRESS");
  store_.now += absl::Hours(24 * 7);
  EXPECT_EQ(Doubts(Received(Mail("1 yes\n"))), "PROPOSAL_CLOSED");
  EXPECT_THAT(Answers(), IsEmpty());
}

TEST_F(SlotReplies, OfAMachineAreNoAnswers) {
  const Reply reply = Received(Mail("1 yes\n", "Auto-Submitted: auto-replied\n"));
  EXPECT_EQ(Doubts(reply), "NO_ANSWER");
  EXPECT_EQ(reply.about(), kOffer);
}

}  // namespace
}  // namespace neshast
