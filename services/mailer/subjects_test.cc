// The reader's other subjects: proposals, and the addresses of people.
#include <gmock/gmock.h>

#include "errors.h"
#include "mailer/mailing.h"

namespace neshast {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using v1::Proposal;

class Subjects : public Mailing {
 protected:
  void Store(const google::protobuf::Message& message) {
    store_.Put(message);
    ReadAll(reader_);
  }

  // As if the mail server had taken all that is queued.
  void AcceptAll() {
    for (v1::Mail mail : AllMails()) {
      if (mail.state() != v1::Mail::STATE_QUEUED) continue;
      mail.set_state(v1::Mail::STATE_ACCEPTED);
      store_.Put(mail);
    }
  }

  // Of mails about addresses: "person -> address".
  std::vector<std::string> AddressMails() {
    std::vector<std::string> lines;
    for (const v1::Mail& mail : AllMails()) {
      if (mail.kind() != v1::Mail::KIND_ADDRESS_CHANGED) continue;
      lines.push_back(absl::StrCat(mail.person().substr(7), " -> ", mail.address(), " ",
                                   v1::Mail::State_Name(mail.state()).substr(6)));
      EXPECT_EQ(mail.host(), "cities/isfahan");
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  LogReader reader_{store_.store(), letterhead_};
};

TEST_F(Subjects, ASentProposalIsOfferedToEachRecipientOnce) {
  Proposal proposal = Offer();
  proposal.set_state(Proposal::STATE_DRAFT);
  Store(proposal);
  EXPECT_THAT(Mails(), IsEmpty());
  Store(Offer());
  Store(Offer());
  EXPECT_THAT(Mails(),
              ElementsAre("mayor-of-isfahan PROPOSAL 0 QUEUED", "mayor-of-xian PROPOSAL 0 QUEUED"));
  for (const v1::Mail& mail : AllMails()) {
    EXPECT_EQ(mail.proposal(), "proposals/offer");
    EXPECT_EQ(mail.session(), "");
    EXPECT_EQ(mail.host(), "cities/isfahan");
    EXPECT_EQ(mail.message_id(), mail.name().substr(6) + "@isfahan.example");
  }
}

TEST_F(Subjects, ANewLinkANudgeAndTheEndAreToldToWhomTheyConcern) {
  Proposal proposal = Offer();
  Store(proposal);
  AcceptAll();
  proposal.mutable_recipients(1)->set_link_generation(2);
  Store(proposal);
  AcceptAll();
  proposal.mutable_recipients(0)->add_nudge_times()->set_seconds(1795600000);
  Store(proposal);
  AcceptAll();
  proposal.set_state(Proposal::STATE_WITHDRAWN);
  Store(proposal);
  Store(proposal);
  EXPECT_THAT(
      Mails(),
      ElementsAre("mayor-of-isfahan NUDGE 1 ACCEPTED", "mayor-of-isfahan PROPOSAL 0 ACCEPTED",
                  "mayor-of-isfahan PROPOSAL_CLOSED 2 QUEUED", "mayor-of-xian PROPOSAL 0 ACCEPTED",
                  "mayor-of-xian PROPOSAL 1 ACCEPTED", "mayor-of-xian PROPOSAL_CLOSED 2 QUEUED"));
}

TEST_F(Subjects, ANudgeIsNotSentToWhoHasAnsweredBeforeItWent) {
  Proposal proposal = Offer();
  Store(proposal);
  AcceptAll();
  proposal.mutable_recipients(1)->add_nudge_times()->set_seconds(1795600000);
  Store(proposal);
  for (const v1::ProposedSlot& slot : proposal.slots()) {
    v1::SlotAnswer& answer = *proposal.add_answers();
    answer.set_slot_id(slot.id());
    answer.set_person("people/mayor-of-xian");
  }
  Store(proposal);
  EXPECT_THAT(Mails(), Contains("mayor-of-xian NUDGE 1 SUPERSEDED"));
}

TEST_F(Subjects, AReaderKilledAfterAnyEntryLosesAndDoublesNothing) {
  Proposal proposal = Offer();
  for (int steps = 0; steps < 4; ++steps) {
    if (steps == 1) proposal.mutable_recipients(0)->add_nudge_times()->set_seconds(1795600000);
    if (steps == 2) proposal.mutable_recipients(1)->set_link_generation(2);
    if (steps == 3) proposal.set_state(Proposal::STATE_DECIDED);
    store_.Put(proposal);
    for (int starts = 0; starts < 3; ++starts) {
      LogReader again(store_.store(), letterhead_);
      ReadAll(again);
    }
    AcceptAll();
  }
  EXPECT_THAT(
      Mails(),
      ElementsAre("mayor-of-isfahan NUDGE 1 ACCEPTED", "mayor-of-isfahan PROPOSAL 0 ACCEPTED",
                  "mayor-of-isfahan PROPOSAL_CLOSED 2 ACCEPTED",
                  "mayor-of-xian PROPOSAL 0 ACCEPTED", "mayor-of-xian PROPOSAL 1 ACCEPTED",
                  "mayor-of-xian PROPOSAL_CLOSED 2 ACCEPTED"));
}

TEST_F(Subjects, ARecipientWhoGetsAnAddressLaterIsOfferedTheSlotsThen) {
  PutPerson("mayor-of-xian", "xian", "zh", "");
  Store(Offer());
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan PROPOSAL 0 QUEUED"));
  PutPerson("mayor-of-xian", "xian", "zh");
  ReadAll(reader_);
  EXPECT_THAT(Mails(), Contains("mayor-of-xian PROPOSAL 0 QUEUED"));
}

TEST_F(Subjects, ARefusedOfferIsSentAgainUntilTheReplyByTime) {
  Store(Offer());
  v1::Mail mail = AllMails()[0];
  mail.set_state(v1::Mail::STATE_REFUSED);
  store_.Put(mail);
  ASSERT_TRUE(Resend(mail.name()).ok());
  store_.Put(mail);
  store_.now = absl::FromUnixSeconds(1795900000);
  EXPECT_EQ(DetailOf(Resend(mail.name()).status()).reason, "WRONG_STATE");
}

TEST_F(Subjects, TheOldAddressIsToldOfEachNewOneAndOfNothingElse) {
  ReadAll(reader_);
  EXPECT_THAT(AddressMails(), IsEmpty()) << "a first address changes nothing";
  PutPerson("mayor-of-xian", "xian", "zh", ".evil.example");
  PutPerson("mayor-of-isfahan", "ISFAHAN", "fa");
  ReadAll(reader_);
  EXPECT_THAT(AddressMails(), ElementsAre("mayor-of-xian -> mayor-of-xian@xian.example QUEUED"));
  PutPerson("mayor-of-xian", "xian", "zh", ".other.example");
  LogReader again(store_.store(), letterhead_);
  ReadAll(again);
  EXPECT_THAT(AddressMails(), ElementsAre("mayor-of-xian -> mayor-of-xian@xian.evil.example QUEUED",
                                          "mayor-of-xian -> mayor-of-xian@xian.example QUEUED"));
}

TEST_F(Subjects, AnAddressThatIsTakenOutIsRememberedUntilThereIsAnother) {
  ReadAll(reader_);
  PutPerson("mayor-of-xian", "xian", "zh", "");
  ReadAll(reader_);
  EXPECT_THAT(AddressMails(), IsEmpty());
  PutPerson("mayor-of-xian", "xian", "zh", ".evil.example");
  ReadAll(reader_);
  EXPECT_THAT(AddressMails(), ElementsAre("mayor-of-xian -> mayor-of-xian@xian.example QUEUED"));
}

}  // namespace
}  // namespace neshast
