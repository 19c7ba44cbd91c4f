#include "invitations/responses.h"

#include "invitations/invitations_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using v1::InvitationResponse;

class Responses : public Invitations {
 protected:
  absl::StatusOr<InvitationResponse> Respond(
      const Caller& caller, const std::string& person,
      InvitationResponse::Answer answer = InvitationResponse::ANSWER_ACCEPTED) {
    v1::RespondToInvitationRequest request;
    request.set_name(session_->name());
    request.set_person("people/" + person);
    request.set_answer(answer);
    return Call<InvitationResponse>(caller, "InvitationService.RespondToInvitation", request);
  }

  // What the handler answers, as the adaptor shows it to `caller`.
  v1::ListInvitationResponsesResponse Listed(const Caller& caller) {
    v1::ListInvitationResponsesRequest request;
    request.set_parent(session_->name());
    auto list = Call<v1::ListInvitationResponsesResponse>(
        caller, "InvitationService.ListInvitationResponses", request);
    EXPECT_TRUE(list.ok()) << list.status();
    Redact(caller, *list);
    return *list;
  }

  void Move() {
    v1::RescheduleSessionRequest request;
    request.set_name(session_->name());
    request.mutable_start_time()->set_local_time("2026-12-02T11:30");
    request.mutable_start_time()->set_time_zone("Asia/Tehran");
    const auto moved = Call<Session>(officer_, "SessionService.RescheduleSession", request);
    ASSERT_TRUE(moved.ok()) << moved.status();
  }

  const Caller mayor_ = CallerOf(v1::ROLE_DELEGATE, "xian", "people/mayor-of-xian");
};

std::string ReasonOf(const absl::StatusOr<InvitationResponse>& response) {
  return DetailOf(response.status()).reason;
}

TEST_F(Responses, AreGivenForOneselfForTheOwnCityAndByTheOfficerForAnybody) {
  EXPECT_TRUE(Respond(mayor_, "mayor-of-xian").ok());
  EXPECT_TRUE(Respond(xian_, "mayor-of-xian").ok());
  EXPECT_TRUE(Respond(officer_, "mayor-of-isfahan").ok());
  EXPECT_EQ(ReasonOf(Respond(xian_, "mayor-of-isfahan")), "ACTION_FORBIDDEN");
  EXPECT_EQ(ReasonOf(Respond(mayor_, "mayor-of-isfahan")), "ACTION_FORBIDDEN");
  // Nor does who answers for oneself learn who exists.
  EXPECT_EQ(ReasonOf(Respond(mayor_, "nobody")), "ACTION_FORBIDDEN");
}

TEST_F(Responses, KeepTheNewestAndWhoGaveIt) {
  ASSERT_TRUE(Respond(xian_, "mayor-of-xian").ok());
  const auto second = Respond(mayor_, "mayor-of-xian", InvitationResponse::ANSWER_DECLINED);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->given_by(), mayor_.principal);
  const auto list = Listed(officer_);
  ASSERT_EQ(list.responses_size(), 1);
  EXPECT_EQ(list.responses(0).answer(), InvitationResponse::ANSWER_DECLINED);
}

TEST_F(Responses, AreTakenFromWhoIsCalledWhileTheSessionIsToComeOnly) {
  EXPECT_EQ(ReasonOf(Respond(officer_, "adviser-of-xian")), "NOT_INVITED");
  store_.now += absl::Hours(24 * 30);
  EXPECT_EQ(ReasonOf(Respond(officer_, "mayor-of-xian")), "WRONG_STATE");
}

TEST_F(Responses, AreOutdatedByAMoveAndTheirPeopleAwaitedAgain) {
  ASSERT_TRUE(Respond(officer_, "mayor-of-isfahan").ok());
  EXPECT_EQ(Listed(officer_).cities(0).accepted(), 1);
  EXPECT_THAT(Listed(officer_).cities(0).awaited_people(), IsEmpty());
  Move();
  const auto moved = Listed(officer_);
  EXPECT_TRUE(moved.responses(0).outdated());
  EXPECT_EQ(moved.cities(0).accepted(), 0);
  EXPECT_THAT(moved.cities(0).awaited_people(), ElementsAre("people/mayor-of-isfahan"));
  ASSERT_TRUE(Respond(officer_, "mayor-of-isfahan").ok());
  EXPECT_FALSE(Listed(officer_).responses(0).outdated());
}

TEST_F(Responses, ShowEachCityItsOwnAndEachPersonThePersonsOwn) {
  ASSERT_TRUE(Respond(officer_, "mayor-of-isfahan").ok());
  ASSERT_TRUE(Respond(officer_, "mayor-of-xian").ok());
  EXPECT_EQ(Listed(officer_).responses_size(), 2);
  EXPECT_EQ(Listed(officer_).cities_size(), 2);
  const auto own = Listed(xian_);
  ASSERT_EQ(own.responses_size(), 1);
  EXPECT_EQ(own.responses(0).person(), "people/mayor-of-xian");
  ASSERT_EQ(own.cities_size(), 1);
  EXPECT_EQ(own.cities(0).city(), "cities/xian");
  const auto self = Listed(mayor_);
  EXPECT_EQ(self.responses_size(), 1);
  EXPECT_EQ(self.cities_size(), 0);
  EXPECT_EQ(Listed(havana_).responses_size(), 0);
  EXPECT_EQ(Listed(CallerOf(v1::ROLE_AUDITOR, "isfahan")).responses_size(), 0);
}

}  // namespace
}  // namespace neshast
