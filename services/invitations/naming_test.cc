#include "invitations/invitations_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(Invitations, WhoIsNamedKeepsTheOrderAndCountsAmongThePeople) {
  const v1::Delegation xian = Named();
  EXPECT_THAT(People(xian.seats()),
              ElementsAre("people/mayor-of-xian", "people/adviser-of-xian", "people/li-wei"));
  EXPECT_THAT(xian.required_people(), ElementsAre("people/mayor-of-xian"));
  EXPECT_THAT(xian.optional_people(), ElementsAre("people/adviser-of-xian", "people/li-wei"));
  for (const Seat& seat : xian.seats()) EXPECT_EQ(seat.id().size(), 26u);
}

TEST_F(Invitations, WhoIsNamedOnlyInASeatSeesTheSessionAndIsBusy) {
  Named();
  v1::GetSessionRequest get;
  get.set_name(session_->name());
  const auto session = Call<Session>(officer_, "SessionService.GetSession", get);
  ASSERT_TRUE(session.ok()) << session.status();
  for (const v1::Role role : {v1::ROLE_DELEGATE, v1::ROLE_INTERPRETER}) {
    EXPECT_EQ(Authorize(CallerOf(role, "xian", "people/li-wei"), v1::ACTION_SESSION_READ,
                        ObjectOf(*session)),
              Verdict::kAllow);
  }
  const int64_t begins = session->start_time().instant().seconds();
  std::vector<Occupancy> claims;
  ASSERT_TRUE(store_.store()
                  .Read([&](Transaction& tx) -> absl::Status {
                    ASSIGN_OR_RETURN(claims, tx.Occupied({.party = "people/li-wei",
                                                          .begins = begins,
                                                          .ends = begins + 1,
                                                          .least = Occupancy::Strength::kBusy}));
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(claims.size(), 1u);
}

TEST_F(Invitations, SeatsThatAreLeftOutGoAndThoseWithAnIdStay) {
  const v1::Delegation before = Named();
  Seat adviser = before.seats(1);
  adviser.set_role(Seat::ROLE_MEMBER);
  const auto named = Name(xian_, Naming({SeatOf("vice-mayor-of-xian", Seat::ROLE_HEAD), adviser}));
  ASSERT_TRUE(named.ok()) << named.status();
  const v1::Delegation& after = named->delegations(1);
  EXPECT_EQ(after.seats(1).id(), before.seats(1).id());
  EXPECT_EQ(after.seats(1).role(), Seat::ROLE_MEMBER);
  EXPECT_THAT(after.required_people(), IsEmpty());
  EXPECT_THAT(after.optional_people(),
              ElementsAre("people/adviser-of-xian", "people/vice-mayor-of-xian"));
}

TEST_F(Invitations, NobodyGivesItselfALetterOrAPredecessor) {
  Seat seat = SeatOf("mayor-of-xian", Seat::ROLE_HEAD);
  seat.mutable_credentials()->set_state(v1::Credentials::STATE_ACCEPTED);
  seat.add_replaced()->set_person("people/mayor-of-havana");
  const auto named = Name(xian_, Naming({seat}));
  ASSERT_TRUE(named.ok()) << named.status();
  EXPECT_FALSE(named->delegations(1).seats(0).has_credentials());
  EXPECT_EQ(named->delegations(1).seats(0).replaced_size(), 0);
}

TEST_F(Invitations, ASecondHeadIsRefusedWithTheFirst) {
  const auto refused = Name(xian_, Naming({SeatOf("mayor-of-xian", Seat::ROLE_HEAD),
                                           SeatOf("vice-mayor-of-xian", Seat::ROLE_HEAD)}));
  const ErrorDetail detail = DetailOf(refused.status());
  EXPECT_EQ(detail.reason, "SECOND_HEAD");
  EXPECT_EQ(detail.metadata.at("city"), "cities/xian");
  EXPECT_EQ(detail.metadata.at("person"), "people/mayor-of-xian");
  EXPECT_THAT(Fields(refused.status()), ElementsAre("seats[1].role"));
}

TEST_F(Invitations, SomebodyOfAnotherDelegationIsRefusedWithItsCity) {
  const auto refused = Name(xian_, Naming({SeatOf("mayor-of-isfahan", Seat::ROLE_MEMBER)}));
  const ErrorDetail detail = DetailOf(refused.status());
  EXPECT_EQ(detail.reason, "IN_OTHER_DELEGATION");
  EXPECT_EQ(detail.metadata.at("person"), "people/mayor-of-isfahan");
  EXPECT_EQ(detail.metadata.at("city"), "cities/isfahan");
}

TEST_F(Invitations, EveryFaultOfAListIsToldAtOnce) {
  Named();
  const auto refused =
      Name(xian_, Naming({SeatOf("mayor-of-xian", Seat::ROLE_HEAD, "seat-of-nobody"),
                          SeatOf("mayor-of-xian", Seat::ROLE_HEAD),
                          SeatOf("mayor-of-isfahan", Seat::ROLE_MEMBER)}));
  EXPECT_EQ(DetailOf(refused.status()).reason, "INVALID_FIELD");
  EXPECT_THAT(Fields(refused.status()),
              ElementsAre("seats[0].id", "seats[1].person", "seats[1].role", "seats[2].person"));
}

TEST_F(Invitations, WhoInterpretsTheSessionTakesNoSeat) {
  v1::UpdateSessionRequest update;
  update.mutable_session()->set_name(session_->name());
  update.mutable_session()->add_interpreters("people/li-wei");
  update.mutable_update_mask()->add_paths("interpreters");
  ASSERT_TRUE(Call<Session>(officer_, "SessionService.UpdateSession", update).ok());
  EXPECT_EQ(
      DetailOf(Name(xian_, Naming({SeatOf("li-wei", Seat::ROLE_INTERPRETER)})).status()).reason,
      "INVALID_FIELD");
}

TEST_F(Invitations, WhoIsBookedIsRefusedAndNothingIsWritten) {
  v1::HoldSlotRequest hold;
  hold.mutable_hold()->set_host("cities/isfahan");
  *hold.mutable_hold()->mutable_start_time() = session_->start_time();
  hold.mutable_hold()->mutable_duration()->set_seconds(900);
  hold.mutable_hold()->add_people("people/adviser-of-xian");
  ASSERT_TRUE(Call<v1::Hold>(officer_, "SessionService.HoldSlot", hold).ok());
  const auto refused = Name(xian_, Naming({SeatOf("adviser-of-xian", Seat::ROLE_ADVISER)}));
  EXPECT_EQ(DetailOf(refused.status()).reason, "PERSON_BOOKED");
  EXPECT_EQ(DetailOf(refused.status()).metadata.at("person"), "people/adviser-of-xian");
}

TEST_F(Invitations, ADryRunWritesNothing) {
  v1::NameDelegationRequest request = Naming({SeatOf("mayor-of-xian", Seat::ROLE_HEAD)});
  request.set_validate_only(true);
  const auto dry = Name(xian_, request);
  ASSERT_TRUE(dry.ok()) << dry.status();
  EXPECT_EQ(dry->etag(), "");
  request.set_etag(session_->etag());
  EXPECT_TRUE(Name(xian_, request).ok());
}

TEST_F(Invitations, ASecretarySeesNoSessionOfOthersAndNamesNoListOfOthers) {
  const auto foreign =
      Name(havana_, Naming({SeatOf("mayor-of-havana", Seat::ROLE_HEAD)}, "havana"));
  EXPECT_EQ(foreign.status().code(), absl::StatusCode::kNotFound);
  const auto hidden = Name(havana_, Naming({SeatOf("mayor-of-xian", Seat::ROLE_HEAD)}));
  EXPECT_EQ(hidden.status().message(), foreign.status().message());
  const auto others = Name(xian_, Naming({SeatOf("mayor-of-isfahan", Seat::ROLE_HEAD)}, "isfahan"));
  EXPECT_EQ(DetailOf(others.status()).reason, "ACTION_FORBIDDEN");
  const auto draft = Booked("2026-12-02T11:30", "isfahan", "xian");
  v1::NameDelegationRequest early = Naming({SeatOf("mayor-of-xian", Seat::ROLE_HEAD)});
  early.set_name(draft->name());
  EXPECT_EQ(Name(xian_, early).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(Name(officer_, early).ok());
}

TEST_F(Invitations, AStaleEtagIsToldOnlyToThoseWhoMayWrite) {
  v1::NameDelegationRequest request = Naming({SeatOf("mayor-of-xian", Seat::ROLE_HEAD)});
  request.set_etag(EtagOf(1));
  EXPECT_EQ(Name(havana_, request).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(DetailOf(Name(xian_, request).status()).reason, "ETAG_MISMATCH");
}

TEST_F(Invitations, ASecretarySendsNoStrangersAndDoesNotLearnWhenTheyAreBusy) {
  const auto stranger = Name(xian_, Naming({SeatOf("mayor-of-havana", Seat::ROLE_MEMBER)}));
  EXPECT_EQ(DetailOf(stranger.status()).reason, "ACTION_FORBIDDEN");
  EXPECT_TRUE(Name(officer_, Naming({SeatOf("mayor-of-havana", Seat::ROLE_MEMBER)})).ok());
}

TEST_F(Invitations, ACityWithoutADelegationAndACancelledSessionAreRefused) {
  EXPECT_THAT(
      Fields(
          Name(officer_, Naming({SeatOf("mayor-of-havana", Seat::ROLE_HEAD)}, "havana")).status()),
      ElementsAre("city"));
  v1::CancelSessionRequest cancel;
  cancel.set_name(session_->name());
  ASSERT_TRUE(Call<Session>(officer_, "SessionService.CancelSession", cancel).ok());
  EXPECT_EQ(
      DetailOf(Name(xian_, Naming({SeatOf("mayor-of-xian", Seat::ROLE_HEAD)})).status()).reason,
      "WRONG_STATE");
}

}  // namespace
}  // namespace neshast
