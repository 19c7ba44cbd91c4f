#include "invitations/invitations_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;

TEST_F(Invitations, ASubstituteTakesSeatRoleAndOrderAndTheLetterGoesWithThePerson) {
  const v1::Delegation before = Named();
  const std::string seat = before.seats(0).id();
  ASSERT_TRUE(Record(seat, v1::Credentials::STATE_ACCEPTED, "").ok());
  const auto after = Substitute(xian_, SeatOf("vice-mayor-of-xian", Seat::ROLE_ALTERNATE, seat));
  ASSERT_TRUE(after.ok()) << after.status();
  const v1::Delegation& xian = after->delegations(1);
  EXPECT_THAT(People(xian.seats()),
              ElementsAre("people/vice-mayor-of-xian", "people/adviser-of-xian", "people/li-wei"));
  EXPECT_EQ(xian.seats(0).role(), Seat::ROLE_HEAD);
  EXPECT_FALSE(xian.seats(0).has_credentials());
  ASSERT_EQ(xian.seats(0).replaced_size(), 1);
  const v1::ReplacedDelegate& tombstone = xian.seats(0).replaced(0);
  EXPECT_EQ(tombstone.person(), "people/mayor-of-xian");
  EXPECT_EQ(tombstone.replaced_by(), "people/vice-mayor-of-xian");
  EXPECT_EQ(tombstone.reason(), "The mayor is abroad.");
  EXPECT_EQ(tombstone.replace_time().seconds(), absl::ToUnixSeconds(store_.now));
  EXPECT_THAT(xian.required_people(), ElementsAre("people/vice-mayor-of-xian"));
}

TEST_F(Invitations, AMisprintIsCorrectedWithoutATombstone) {
  const v1::Delegation before = Named();
  ASSERT_TRUE(Record(before.seats(0).id(), v1::Credentials::STATE_ACCEPTED, "").ok());
  Seat corrected = before.seats(0);
  corrected.set_printed_latin_name("Li Mingyuan");
  const auto after = Substitute(xian_, corrected);
  ASSERT_TRUE(after.ok()) << after.status();
  const Seat& seat = after->delegations(1).seats(0);
  EXPECT_EQ(seat.printed_latin_name(), "Li Mingyuan");
  EXPECT_TRUE(seat.has_credentials());
  EXPECT_EQ(seat.replaced_size(), 0);
}

TEST_F(Invitations, WhoLeavesLosesTheSessionAtOnce) {
  const v1::Delegation before = Named();
  const Caller mayor = CallerOf(v1::ROLE_DELEGATE, "xian", "people/mayor-of-xian");
  v1::SyncChangesRequest sync;
  const auto seen = Call<v1::SyncChangesResponse>(mayor, "ChangeService.SyncChanges", sync);
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_TRUE(seen->changes(seen->changes_size() - 1).has_session());
  ASSERT_TRUE(
      Substitute(xian_, SeatOf("vice-mayor-of-xian", Seat::ROLE_HEAD, before.seats(0).id())).ok());
  sync.set_sync_token(seen->next_sync_token());
  const auto after = Call<v1::SyncChangesResponse>(mayor, "ChangeService.SyncChanges", sync);
  ASSERT_TRUE(after.ok()) << after.status();
  ASSERT_EQ(after->changes_size(), 1);
  EXPECT_EQ(after->changes(0).name(), session_->name());
  EXPECT_FALSE(after->changes(0).has_session());
  EXPECT_TRUE(Booked("2026-12-01T11:30", "havana", "xian").ok()) << "and is free";
}

TEST_F(Invitations, ASubstituteMustBeFreeOfOtherSeatsAndDelegations) {
  const v1::Delegation before = Named();
  const auto twice = Substitute(xian_, SeatOf("li-wei", Seat::ROLE_HEAD, before.seats(0).id()));
  EXPECT_THAT(Fields(twice.status()), ElementsAre("seat.person"));
  const auto nowhere = Substitute(xian_, SeatOf("vice-mayor-of-xian", Seat::ROLE_HEAD, "nowhere"));
  EXPECT_THAT(Fields(nowhere.status()), ElementsAre("seat.id"));
  const auto other =
      Substitute(officer_, SeatOf("mayor-of-isfahan", Seat::ROLE_HEAD, before.seats(0).id()));
  EXPECT_EQ(DetailOf(other.status()).reason, "IN_OTHER_DELEGATION");
}

TEST_F(Invitations, AClosedListIsNamedNoMoreAndClosingTwiceChangesNothing) {
  Named();
  const auto closed = Close("");
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_TRUE(closed->delegations(0).has_close_time() && closed->delegations(1).has_close_time());
  store_.now += absl::Hours(1);
  const auto again = Close("cities/xian");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->etag(), closed->etag());
  EXPECT_THAT(Fields(Close("cities/havana").status()), ElementsAre("city"));
  for (const Caller& caller : {xian_, officer_}) {
    const auto refused = Name(caller, Naming({SeatOf("mayor-of-xian", Seat::ROLE_HEAD)}));
    const ErrorDetail detail = DetailOf(refused.status());
    EXPECT_EQ(detail.reason, "LIST_CLOSED");
    EXPECT_EQ(detail.metadata.at("city"), "cities/xian");
    EXPECT_EQ(detail.metadata.at("close_time"), "2026-11-24T00:00:00Z");
  }
}

TEST_F(Invitations, OnceTheListIsClosedACityAsksAndTheHostDecides) {
  const std::string seat = Named().seats(0).id();
  ASSERT_TRUE(Close("cities/xian").ok());
  const Seat taker = SeatOf("vice-mayor-of-xian", Seat::ROLE_MEMBER, seat);
  const auto asked = Substitute(xian_, taker);
  ASSERT_TRUE(asked.ok()) << asked.status();
  ASSERT_EQ(asked->delegations(1).changes_size(), 1);
  const v1::SeatChange& change = asked->delegations(1).changes(0);
  EXPECT_EQ(change.state(), v1::SeatChange::STATE_ASKED);
  EXPECT_EQ(change.seat().role(), Seat::ROLE_HEAD);
  EXPECT_EQ(asked->delegations(1).seats(0).person(), "people/mayor-of-xian");
  EXPECT_THAT(Fields(Decide(change.id(), false, "").status()), ElementsAre("remark"));
  EXPECT_THAT(Fields(Decide("unknown", true, "").status()), ElementsAre("change_id"));
  const auto accepted = Decide(change.id(), true, "Welcome.");
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  const v1::Delegation& xian = accepted->delegations(1);
  EXPECT_EQ(xian.seats(0).person(), "people/vice-mayor-of-xian");
  EXPECT_EQ(xian.seats(0).replaced(0).reason(), "The mayor is abroad.");
  EXPECT_EQ(xian.changes(0).state(), v1::SeatChange::STATE_ACCEPTED);
  EXPECT_EQ(xian.changes(0).remark(), "Welcome.");
  EXPECT_EQ(DetailOf(Decide(change.id(), false, "Too late.").status()).reason, "WRONG_STATE");
  ASSERT_TRUE(Substitute(officer_, SeatOf("mayor-of-xian", Seat::ROLE_HEAD, seat)).ok());
}

TEST_F(Invitations, ARefusedChangeLeavesTheSeatAndOneThatNoLongerFitsIsNotMade) {
  const v1::Delegation before = Named();
  ASSERT_TRUE(Close("").ok());
  const Seat taker = SeatOf("vice-mayor-of-xian", Seat::ROLE_HEAD, before.seats(0).id());
  const auto first = Substitute(xian_, taker);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto refused = Decide(first->delegations(1).changes(0).id(), false, "The mayor only.");
  ASSERT_TRUE(refused.ok()) << refused.status();
  EXPECT_EQ(refused->delegations(1).seats(0).person(), "people/mayor-of-xian");
  EXPECT_EQ(refused->delegations(1).changes(0).state(), v1::SeatChange::STATE_REFUSED);
  const auto second = Substitute(xian_, taker);
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_TRUE(
      Substitute(officer_, SeatOf("vice-mayor-of-xian", Seat::ROLE_HEAD, before.seats(1).id()))
          .ok());
  EXPECT_THAT(Fields(Decide(second->delegations(1).changes(1).id(), true, "").status()),
              ElementsAre("change_id"));
}

TEST_F(Invitations, AskingAgainForASeatTakesThePlaceOfWhatWasAskedBefore) {
  const std::string seat = Named().seats(0).id();
  ASSERT_TRUE(Close("").ok());
  ASSERT_TRUE(Substitute(xian_, SeatOf("vice-mayor-of-xian", Seat::ROLE_HEAD, seat)).ok());
  AddPerson("secretary-general", "xian");
  const auto again = Substitute(xian_, SeatOf("secretary-general", Seat::ROLE_HEAD, seat));
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(again->delegations(1).changes_size(), 1);
  EXPECT_EQ(again->delegations(1).changes(0).seat().person(), "people/secretary-general");
}

TEST_F(Invitations, ASeatRemembersTheLastTenWhoLeftIt) {
  const std::string seat = Named().seats(0).id();
  absl::StatusOr<Session> last;
  for (int i = 0; i < 12; ++i) {
    store_.now += absl::Hours(1);
    const char* taker = i % 2 == 0 ? "vice-mayor-of-xian" : "mayor-of-xian";
    last = Substitute(xian_, SeatOf(taker, Seat::ROLE_HEAD, seat));
    ASSERT_TRUE(last.ok()) << last.status();
  }
  const auto& replaced = last->delegations(1).seats(0).replaced();
  EXPECT_EQ(replaced.size(), 10);
  EXPECT_EQ(replaced[9].replace_time().seconds(), absl::ToUnixSeconds(store_.now));
}

TEST_F(Invitations, ALetterIsRecordedAndOneRefusedSaysWhy) {
  const std::string seat = Named().seats(2).id();
  const auto recorded = Record(seat, v1::Credentials::STATE_RECEIVED, "");
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(recorded->delegations(1).seats(2).credentials().state(),
            v1::Credentials::STATE_RECEIVED);
  EXPECT_THAT(Fields(Record(seat, v1::Credentials::STATE_REFUSED, "").status()),
              ElementsAre("credentials.remark"));
  EXPECT_THAT(Fields(Record("nobody", v1::Credentials::STATE_AWAITED, "").status()),
              ElementsAre("seat_id"));
}

// The list of people is the officer's; the seats are the city's.
TEST_F(Invitations, AnUpdateOfTheDelegationsLosesNoSeat) {
  const v1::Delegation before = Named();
  ASSERT_TRUE(Close("cities/xian").ok());
  ASSERT_TRUE(
      Substitute(xian_, SeatOf("vice-mayor-of-xian", Seat::ROLE_HEAD, before.seats(0).id())).ok());
  v1::UpdateSessionRequest update;
  update.mutable_session()->set_name(session_->name());
  update.mutable_update_mask()->add_paths("delegations");
  v1::Delegation& xian = *update.mutable_session()->add_delegations();
  xian.set_city("cities/xian");
  xian.add_seats()->set_person("people/mayor-of-havana");
  update.mutable_session()->add_delegations()->set_city("cities/isfahan");
  const auto updated = Call<Session>(officer_, "SessionService.UpdateSession", update);
  ASSERT_TRUE(updated.ok()) << updated.status();
  const v1::Delegation& after = updated->delegations(0);
  EXPECT_EQ(People(after.seats()), People(before.seats()));
  EXPECT_EQ(after.changes_size(), 1);
  EXPECT_TRUE(after.has_close_time());
  EXPECT_FALSE(updated->delegations(1).has_close_time());
  EXPECT_THAT(after.optional_people(),
              ElementsAre("people/mayor-of-xian", "people/adviser-of-xian", "people/li-wei"));
  update.mutable_session()->mutable_delegations()->RemoveLast();
  update.mutable_session()->mutable_delegations(0)->set_city("cities/isfahan");
  const auto alone = Call<Session>(officer_, "SessionService.UpdateSession", update);
  ASSERT_TRUE(alone.ok()) << alone.status();
  EXPECT_TRUE(ObjectOf(*alone).people.empty()) << "a city that goes takes its delegation along";
}

TEST_F(Invitations, WhoIsAskedForStaysInTheDirectoryUntilItIsDecided) {
  const v1::Delegation before = Named();
  ASSERT_TRUE(Close("cities/xian").ok());
  const auto asked =
      Substitute(xian_, SeatOf("vice-mayor-of-xian", Seat::ROLE_HEAD, before.seats(0).id()));
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_THAT(IndexOf(*asked).lists, testing::Contains("refers@people/vice-mayor-of-xian"));
}

}  // namespace
}  // namespace neshast
