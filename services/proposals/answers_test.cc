#include "proposals/proposals_fixture.h"

namespace neshast {
namespace {

TEST_F(Proposals, CountAnswersBySlotAndReplaceThoseOfTheSamePerson) {
  const Proposal sent = Sent();
  const Caller mayor = Invitee(sent, "xian");
  ASSERT_TRUE(Answer(mayor, sent, "").ok());
  ASSERT_TRUE(Answer(Secretary("havana"), sent, "people/mayor-of-havana", "s1",
                     SlotAnswer::ANSWER_IF_NEED_BE)
                  .ok());
  const auto answered = Answer(mayor, sent, "", "s1", SlotAnswer::ANSWER_NO);
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(2, answered->answers_size());
  const v1::AnswerCounts& counts = answered->slots(0).counts();
  EXPECT_EQ(0, counts.yes());
  EXPECT_EQ(1, counts.if_need_be());
  EXPECT_EQ(1, counts.no());
  EXPECT_EQ(1, counts.awaited());  // the aide of Xi'an
  EXPECT_EQ(3, answered->slots(1).counts().awaited());
  const SlotAnswer& last = answered->answers(1);
  EXPECT_EQ("people/mayor-of-xian", last.person());
  EXPECT_EQ("cities/xian", last.city());
  EXPECT_EQ(mayor.principal, last.given_by());
}

TEST_F(Proposals, TakeAnswersForTheOwnPersonByLinkAndForTheOwnCityBySecretary) {
  const Proposal sent = Sent();
  EXPECT_TRUE(Answer(Secretary("xian"), sent, "people/aide-of-xian").ok());
  EXPECT_TRUE(Answer(Secretary("xian"), sent, "people/mayor-of-xian").ok());
  EXPECT_TRUE(Answer(officer_, sent, "people/mayor-of-isfahan").ok());  // called, though not asked
  // Of another's people, of strangers and of nobody at all it says the same.
  for (const auto& [caller, person] : std::vector<std::pair<Caller, std::string>>{
           {Invitee(sent, "xian"), "people/aide-of-xian"},
           {Invitee(sent, "xian"), "people/mayor-of-havana"},
           {Secretary("xian"), "people/mayor-of-havana"},
           {Secretary("xian"), "people/mayor-of-dakar"},
           {officer_, "people/mayor-of-dakar"},
           {officer_, "people/nobody"}}) {
    const absl::Status refused = Answer(caller, sent, person).status();
    EXPECT_EQ(person + " is nobody whom you answer for here.", std::string(refused.message()));
    EXPECT_EQ(std::vector<std::string>{"person"}, FieldsOf(refused));
  }
}

TEST_F(Proposals, RefuseAnswersToSlotsThatAreNoneOrTwice) {
  const Proposal sent = Sent();
  v1::AnswerProposalRequest request;
  request.set_name(sent.name());
  for (const char* slot : {"s1", "s9", "s1"}) {
    request.add_answers()->set_slot_id(slot);
  }
  const auto refused =
      Call<Proposal>(Invitee(sent, "xian"), "ProposalService.AnswerProposal", request);
  EXPECT_EQ((std::vector<std::string>{"answers[1].slot_id", "answers[2].slot_id"}),
            FieldsOf(refused.status()));
}

TEST_F(Proposals, TakeNoAnswersAfterTheReplyByTimeOrOnceWithdrawn) {
  const Proposal sent = Sent();
  store_.now += absl::Hours(24 * 5);
  const absl::Status late = Answer(Invitee(sent, "xian"), sent, "").status();
  EXPECT_EQ("PROPOSAL_CLOSED", ReasonOf(late));
  EXPECT_EQ("2026-11-29T00:00:00Z", DetailOf(late).metadata.at("reply_by_time"));
  store_.now -= absl::Hours(24);
  ASSERT_TRUE(Withdraw(sent).ok());
  const absl::Status withdrawn = Answer(Invitee(sent, "xian"), sent, "").status();
  EXPECT_EQ("PROPOSAL_CLOSED", ReasonOf(withdrawn));
  EXPECT_EQ("STATE_WITHDRAWN", DetailOf(withdrawn).metadata.at("state"));
}

TEST_F(Proposals, KeepFiveOtherTimesOfAPersonAndNoMore) {
  const Proposal sent = Sent();
  v1::CounterProposeRequest request;
  request.set_name(sent.name());
  request.mutable_start_time()->set_local_time("2026-12-15T15:00");
  request.mutable_start_time()->set_time_zone("Asia/Shanghai");
  request.set_remark("The mayor is abroad until the 14th.");
  const auto ask = [&](const Caller& caller) {
    return Call<Proposal>(caller, "ProposalService.CounterPropose", request);
  };
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(ask(Invitee(sent, "xian")).ok());
  EXPECT_EQ("TOO_MANY_COUNTER_PROPOSALS", ReasonOf(ask(Invitee(sent, "xian")).status()));
  const auto asked = ask(Invitee(sent, "havana"));
  ASSERT_TRUE(asked.ok()) << asked.status();
  const v1::CounterProposal& last = asked->counter_proposals(5);
  EXPECT_EQ("cities/havana", last.city());
  EXPECT_EQ("c6", last.id());
  EXPECT_TRUE(last.start_time().has_instant());
}

TEST_F(Proposals, RemindThoseWhoHaveNotAnsweredOnceADay) {
  v1::CreateProposalRequest create = Request();
  create.mutable_proposal()->mutable_slots()->DeleteSubrange(1, 2);
  const auto sent = Send(*Create(create));
  ASSERT_TRUE(Answer(Invitee(*sent, "xian"), *sent, "").ok());
  v1::NudgeProposalRequest request;
  request.set_name(sent->name());
  const auto nudged = [&] {
    const auto done =
        Call<v1::NudgeProposalResponse>(officer_, "ProposalService.NudgeProposal", request);
    EXPECT_TRUE(done.ok()) << done.status();
    return std::vector<std::string>(done->people().begin(), done->people().end());
  };
  const std::vector<std::string> both{"people/aide-of-xian", "people/mayor-of-havana"};
  EXPECT_EQ(both, nudged());
  store_.now += absl::Hours(23);
  EXPECT_EQ(std::vector<std::string>{}, nudged());
  ASSERT_TRUE(Answer(Secretary("havana"), *sent, "people/mayor-of-havana").ok());
  store_.now += absl::Hours(1);
  EXPECT_EQ(std::vector<std::string>{"people/aide-of-xian"}, nudged());
}

}  // namespace
}  // namespace neshast
