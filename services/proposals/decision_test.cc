#include "proposals/proposals_fixture.h"

namespace neshast {
namespace {

TEST_F(Proposals, BecomeADraftWhoseSlotStaysHeldUntilItIsConfirmed) {
  const Proposal sent = Sent();
  const auto decided = Decide(sent, "s2");
  ASSERT_TRUE(decided.ok()) << decided.status();
  EXPECT_EQ(Proposal::STATE_DECIDED, decided->state());
  EXPECT_EQ("s2", decided->decided_slot_id());
  EXPECT_EQ("", decided->slots(1).hold());
  const auto session = SessionNamed(decided->session());
  ASSERT_TRUE(session.ok()) << session.status();
  EXPECT_EQ(Session::STATE_DRAFT, session->state());
  EXPECT_EQ("2026-12-02T16:00:00", session->start_time().local_time());
  EXPECT_EQ("Mayors' dialogue", session->title().texts().at("en"));
  EXPECT_EQ(3, session->burdens_size());
  EXPECT_EQ(1, Held());
  EXPECT_TRUE(Book("2026-12-01T16:00").ok());  // the other slots are free again
  EXPECT_EQ("PERSON_BOOKED", ReasonOf(Book("2026-12-02T16:00").status()));

  store_.now += absl::Hours(24 * 7);  // the clearance took its time, as no other hold lasts
  EXPECT_EQ("PERSON_BOOKED", ReasonOf(Book("2026-12-02T16:00").status()));
  const auto confirmed = Confirm(decided->session());
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_EQ("", confirmed->hold());
  EXPECT_EQ(0, Held());
}

TEST_F(Proposals, AreDecidedOnceAndNotAfterTheyWereWithdrawn) {
  const Proposal sent = Sent();
  EXPECT_EQ("INVALID_FIELD", ReasonOf(Decide(sent, "s9").status()));
  ASSERT_TRUE(Decide(sent, "s2").ok());
  EXPECT_EQ("WRONG_STATE", ReasonOf(Decide(sent, "s1").status()));
  EXPECT_EQ("WRONG_STATE", ReasonOf(Withdraw(sent).status()));
  v1::CreateProposalRequest request = Request();
  request.mutable_proposal()->mutable_slots()->DeleteSubrange(1, 1);
  const auto draft = Create(request);
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ("WRONG_STATE", ReasonOf(Decide(*draft, "s1").status()));
  ASSERT_TRUE(Send(*draft).ok());
  const auto withdrawn = Withdraw(*draft);
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  EXPECT_EQ("The mayor is ill.", withdrawn->withdraw_reason());
  EXPECT_EQ(1, Held());  // for the session that was decided before
  EXPECT_EQ("WRONG_STATE", ReasonOf(Decide(*draft, "s1").status()));
}

TEST_F(Proposals, BookASlotWhoseHoldHasLapsedUnlessSomethingTookIt) {
  const Proposal sent = Sent();
  for (const v1::ProposedSlot& slot : sent.slots()) store_.Delete(slot.hold());
  ASSERT_TRUE(Book("2026-12-01T16:30").ok());
  const absl::Status taken = Decide(sent, "s1").status();
  EXPECT_EQ("PERSON_BOOKED", ReasonOf(taken));
  EXPECT_EQ("a working meeting", DetailOf(taken).metadata.at("kind"));
  EXPECT_TRUE(Decide(sent, "s2").ok());
  EXPECT_EQ(1, Held());
}

TEST_F(Proposals, LetTheSlotGoWhenTheSessionIsCancelledOrMoved) {
  for (const bool cancel : {true, false}) {
    const auto decided = Decide(Sent(), "s2");
    ASSERT_TRUE(decided.ok()) << decided.status();
    if (cancel) {
      v1::CancelSessionRequest request;
      request.set_name(decided->session());
      EXPECT_TRUE(Call<Session>(officer_, "SessionService.CancelSession", request).ok());
    } else {
      v1::RescheduleSessionRequest request;
      request.set_name(decided->session());
      request.mutable_start_time()->set_local_time("2026-12-02T16:30");  // over its own hold
      request.mutable_start_time()->set_time_zone("Asia/Tehran");
      const auto moved = Call<Session>(officer_, "SessionService.RescheduleSession", request);
      ASSERT_TRUE(moved.ok()) << moved.status();
      EXPECT_EQ("", moved->hold());
    }
    EXPECT_EQ(0, Held());
  }
}

TEST_F(Proposals, LetTheHoldFollowADraftThatChanges) {
  const auto decided = Decide(Sent(), "s2");
  v1::UpdateSessionRequest update;
  update.mutable_session()->set_name(decided->session());
  update.mutable_session()->mutable_start_time()->set_local_time("2026-12-02T19:00");
  update.mutable_session()->mutable_start_time()->set_time_zone("Asia/Tehran");
  const auto changed = Call<Session>(officer_, "SessionService.UpdateSession", update);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_TRUE(Book("2026-12-02T16:00").ok());
  EXPECT_EQ("PERSON_BOOKED", ReasonOf(Book("2026-12-02T19:00").status()));
}

}  // namespace
}  // namespace neshast
