#include "proposals/proposals_fixture.h"
#include "rpc/token.h"

namespace neshast {
namespace {

TEST_F(Proposals, HoldEverySlotForEverybodyFromTheDraftOn) {
  const auto draft = Create(Request());
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ(Proposal::STATE_DRAFT, draft->state());
  EXPECT_EQ(3, Held());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(absl::StrCat("s", i + 1), draft->slots(i).id());
    EXPECT_EQ(3, draft->slots(i).burdens_size());
  }
  const auto refused = Book("2026-12-02T16:30");
  EXPECT_EQ("PERSON_BOOKED", ReasonOf(refused.status()));
  EXPECT_EQ("a hold", DetailOf(refused.status()).metadata.at("kind"));
}

TEST_F(Proposals, KeepTheirHoldsBeyondTheReplyByTime) {
  v1::CreateProposalRequest request = Request();
  for (v1::ProposedSlot& slot : *request.mutable_proposal()->mutable_slots()) {
    slot.mutable_start_time()->mutable_local_time()->replace(0, 7, "2027-02");
  }
  ASSERT_TRUE(Create(request).ok());
  store_.now += absl::Hours(24 * 12 - 1);  // five days to reply, seven to decide
  EXPECT_EQ(3, Held());
  store_.now += absl::Hours(2);
  EXPECT_EQ(0, Held());
}

TEST_F(Proposals, AreRefusedWithTheKindOfWhatTookASlotMeanwhile) {
  ASSERT_TRUE(Book("2026-12-02T16:30").ok());
  const auto refused = Create(Request());
  EXPECT_EQ("PERSON_BOOKED", ReasonOf(refused.status()));
  EXPECT_EQ("a working meeting", DetailOf(refused.status()).metadata.at("kind"));
  EXPECT_EQ(0, Held());
}

TEST_F(Proposals, NameEveryBadFieldAtOnce) {
  v1::CreateProposalRequest request = Request();
  Proposal& proposal = *request.mutable_proposal();
  *proposal.mutable_slots(1) = proposal.slots(0);
  proposal.mutable_slots(2)->mutable_start_time()->set_local_time("2026-12-01T16:30");
  proposal.mutable_duration()->set_seconds(3601);
  proposal.mutable_reply_by_time()->set_seconds(absl::ToUnixSeconds(store_.now) + 31 * 86400);
  proposal.add_recipients()->set_person("people/mayor-of-dakar");
  proposal.add_recipients()->set_person("people/mayor-of-xian");
  proposal.add_interpreters("people/mayor-of-xian");
  const auto refused = Create(request);
  EXPECT_EQ("INVALID_FIELD", ReasonOf(refused.status()));
  EXPECT_EQ(
      (std::vector<std::string>{"proposal.recipients[3].person", "proposal.recipients[4].person",
                                "proposal.interpreters", "proposal.duration",
                                "proposal.slots[1].start_time", "proposal.slots[2].start_time",
                                "proposal.reply_by_time", "proposal.reply_by_time"}),
      FieldsOf(refused.status()));
}

TEST_F(Proposals, RefuseTimesThatNoClockShowsWithBothReadings) {
  v1::CreateProposalRequest request = Request();
  for (const int i : {0, 2}) {
    v1::ZonedTime& start = *request.mutable_proposal()->mutable_slots(i)->mutable_start_time();
    start.set_local_time("2027-03-28T02:30");
    start.set_time_zone("Europe/Rome");
  }
  const absl::Status refused = Create(request).status();
  EXPECT_EQ("NONEXISTENT_LOCAL_TIME", ReasonOf(refused));
  EXPECT_EQ("2027-03-28T00:30:00Z", DetailOf(refused).metadata.at("earlier"));
  EXPECT_EQ((std::vector<std::string>{"proposal.slots[0].start_time.local_time",
                                      "proposal.slots[2].start_time.local_time"}),
            FieldsOf(refused));
}

TEST_F(Proposals, WriteNothingWhenTheyAreOnlyChecked) {
  v1::CreateProposalRequest request = Request();
  request.set_validate_only(true);
  EXPECT_TRUE(Create(request).ok());
  EXPECT_EQ(0, Held());
}

TEST_F(Proposals, TakeNewHoldsWhenADraftChangesAndChangeNoMoreOnceSent) {
  const auto draft = Create(Request());
  ASSERT_TRUE(draft.ok()) << draft.status();
  v1::UpdateProposalRequest update;
  update.mutable_proposal()->set_name(draft->name());
  v1::ProposedSlot& slot = *update.mutable_proposal()->add_slots();
  slot.mutable_start_time()->set_local_time("2026-12-02T16:30");  // over what was held before
  slot.mutable_start_time()->set_time_zone("Asia/Tehran");
  slot.set_hold("holds/of-another");
  const auto changed = Call<Proposal>(officer_, "ProposalService.UpdateProposal", update);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(1, changed->slots_size());
  EXPECT_NE("holds/of-another", changed->slots(0).hold());
  EXPECT_EQ(1, Held());
  ASSERT_TRUE(Send(*changed).ok());
  EXPECT_EQ("WRONG_STATE",
            ReasonOf(Call<Proposal>(officer_, "ProposalService.UpdateProposal", update).status()));
}

TEST_F(Proposals, GiveEachRecipientALinkOfWhichTheStoreKnowsTheDigestOnly) {
  const Proposal sent = Sent();
  EXPECT_EQ(Proposal::STATE_SENT, sent.state());
  for (const v1::ProposalRecipient& recipient : sent.recipients()) {
    const auto text =
        ParseTokenText(LinkText(key_, sent.name(), recipient.person(), 1), kLinkPrefix);
    EXPECT_EQ("links/" + text->id, recipient.link());
    ASSERT_TRUE(store_.store()
                    .Read([&](Transaction& tx) -> absl::Status {
                      ASSIGN_OR_RETURN(const v1::Link link, tx.Get<v1::Link>(recipient.link()));
                      EXPECT_EQ(text->digest, link.secret_digest());
                      EXPECT_EQ(sent.name(), link.target());
                      EXPECT_EQ(recipient.person(), link.person());
                      EXPECT_EQ(sent.reply_by_time().seconds() + 86400,
                                link.expire_time().seconds());
                      return absl::OkStatus();
                    })
                    .ok());
  }
  EXPECT_EQ(3, sent.slots(0).counts().awaited());
  EXPECT_EQ("WRONG_STATE", ReasonOf(Send(sent).status()));
}

TEST_F(Proposals, AreNotSentAfterTheirReplyByTime) {
  const auto draft = Create(Request());
  store_.now += absl::Hours(24 * 6);
  EXPECT_EQ("TIME_PASSED", ReasonOf(Send(*draft).status()));
}

TEST_F(Proposals, ReplaceALinkByANewerOneAndRevokeTheNewest) {
  const Proposal sent = Sent();
  v1::RenewLinkRequest renew;
  renew.set_name(sent.name());
  renew.set_person("people/mayor-of-xian");
  const auto renewed = Call<v1::Link>(officer_, "ProposalService.RenewLink", renew);
  ASSERT_TRUE(renewed.ok()) << renewed.status();
  EXPECT_NE(sent.recipients(0).link(), renewed->name());
  v1::RevokeLinkRequest revoke;
  revoke.set_name(sent.name());
  revoke.set_person("people/mayor-of-xian");
  const auto revoked = Call<v1::Link>(officer_, "ProposalService.RevokeLink", revoke);
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_EQ(renewed->name(), revoked->name());
  EXPECT_TRUE(revoked->has_revoke_time());
  EXPECT_TRUE(store_.store()
                  .Read([&](Transaction& tx) -> absl::Status {
                    ASSIGN_OR_RETURN(const v1::Link old,
                                     tx.Get<v1::Link>(sent.recipients(0).link()));
                    EXPECT_EQ(renewed->name(), old.successor());
                    EXPECT_TRUE(old.has_revoke_time());
                    return absl::OkStatus();
                  })
                  .ok());
  renew.set_person("people/mayor-of-dakar");
  EXPECT_EQ("INVALID_FIELD",
            ReasonOf(Call<v1::Link>(officer_, "ProposalService.RenewLink", renew).status()));
}

TEST_F(Proposals, AreListedToACityOnceTheyAreSentAndToALinkAlone) {
  const auto draft = Create(Request());
  v1::ListProposalsRequest list;
  list.set_city("cities/xian");
  const auto listed = [&](const Caller& caller) {
    return Call<v1::ListProposalsResponse>(caller, "ProposalService.ListProposals", list)
        ->proposals_size();
  };
  EXPECT_EQ(0, listed(Secretary("xian")));
  EXPECT_EQ(0, listed(officer_));
  ASSERT_TRUE(Send(*draft).ok());
  EXPECT_EQ(1, listed(Secretary("xian")));
  EXPECT_EQ(1, listed(officer_));
  EXPECT_EQ(0, listed(Secretary("dakar")));
  EXPECT_EQ(1, listed(Invitee(*draft, "xian")));
}

}  // namespace
}  // namespace neshast
