#include "sessions/sessions.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "directory/directory.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "sessions/booking.h"
#include "sessions/index.h"
#include "store/sqlite/sqlite_store.h"

namespace neshast {
namespace {

using v1::Session;

// A store in a file with Isfahan, Xi'an and St Petersburg and their mayors; the clock stands at
// 2026-11-24 until a test moves it.
class Sessions : public testing::Test {
 protected:
  Sessions() {
    directory_ = std::filesystem::temp_directory_path() /
                 absl::StrCat("neshast-sessions-", getpid(), "-",
                              testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(directory_);
    store_ = *OpenSqliteStore({.path = (directory_ / "neshast.db").string(),
                               .indexer = IndexOf,
                               .clock = [this] { return now_; }});
    for (const char* city : {"isfahan", "xian", "st-petersburg"}) AddCity(city);
    for (const char* id : {"mayor-of-isfahan", "mayor-of-xian", "mayor-of-st-petersburg"})
      AddPerson(id);
    methods_ = SessionMethods(*zones_);
    officer_.principal = "principals/officer";
    officer_.role = v1::ROLE_PROTOCOL_OFFICER;
    officer_.city = "cities/isfahan";
  }
  ~Sessions() override {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }

  void Put(const google::protobuf::Message& message) {
    ASSERT_TRUE(WriteAndWait(*store_, {"principals/officer", "seed"}, [&](Transaction& tx) {
                  return tx.PutMessage(message).status();
                }).ok());
  }

  void AddCity(const std::string& id) {
    v1::City city;
    city.set_name("cities/" + id);
    city.set_time_zone("Asia/Tehran");
    Put(city);
  }

  void AddPerson(const std::string& id) {
    v1::Person person;
    person.set_name("people/" + id);
    person.set_city("cities/isfahan");
    Put(person);
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const std::string& method, const Request& request) {
    const auto found = std::find_if(methods_.begin(), methods_.end(), [&](const Method& each) {
      return each.name == "neshast.v1.SessionService." + method;
    });
    Response response;
    RETURN_IF_ERROR(
        WriteAndWait(*store_, {"principals/officer", method}, [&](Transaction& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const MessagePtr answer, found->handle(officer_, request, tx));
          response.CopyFrom(*answer);
          return absl::OkStatus();
        }));
    return response;
  }

  static v1::CreateSessionRequest Dialogue(const std::string& local_time, const std::string& guest,
                                           const std::string& zone = "Asia/Tehran") {
    v1::CreateSessionRequest request;
    Session& session = *request.mutable_session();
    session.set_kind(Session::KIND_MAYORS_DIALOGUE);
    (*session.mutable_title()->mutable_texts())["en"] = "A secret title";
    session.set_host("cities/isfahan");
    session.mutable_start_time()->set_local_time(local_time);
    session.mutable_start_time()->set_time_zone(zone);
    session.mutable_duration()->set_seconds(3600);
    v1::Delegation& host = *session.add_delegations();
    host.set_city("cities/isfahan");
    host.add_required_people("people/mayor-of-isfahan");
    v1::Delegation& other = *session.add_delegations();
    other.set_city("cities/" + guest);
    other.add_required_people("people/mayor-of-" + guest);
    return request;
  }

  absl::StatusOr<Session> Confirm(const std::string& name) {
    v1::ConfirmSessionRequest request;
    request.set_name(name);
    return Call<Session>("ConfirmSession", request);
  }

  Session Confirmed(const std::string& local_time, const std::string& guest) {
    const auto draft = Call<Session>("CreateSession", Dialogue(local_time, guest));
    EXPECT_TRUE(draft.ok()) << draft.status();
    const auto confirmed = Confirm(draft->name());
    EXPECT_TRUE(confirmed.ok()) << confirmed.status();
    return *confirmed;
  }

  std::filesystem::path directory_;
  absl::Time now_ = absl::FromCivil(absl::CivilDay(2026, 11, 24), absl::UTCTimeZone());
  std::unique_ptr<ZoneDatabase> zones_ = *ZoneDatabase::Open();
  std::unique_ptr<Store> store_;
  std::vector<Method> methods_;
  Caller officer_;
};

TEST_F(Sessions, APromiseIsAWallTimeAndItsInstantFollows) {
  const Session session = Confirmed("2026-12-01T11:30", "xian");
  EXPECT_EQ(session.state(), Session::STATE_CONFIRMED);
  EXPECT_EQ(session.start_time().instant().seconds(),
            absl::ToUnixSeconds(
                absl::FromCivil(absl::CivilSecond(2026, 12, 1, 8, 0, 0), absl::UTCTimeZone())));
  EXPECT_EQ(session.start_time().tzdata_release(), zones_->release());
}

TEST_F(Sessions, AMayorIsNeverInTwoSessionsAndTheTitleIsNotTold) {
  Confirmed("2026-12-01T11:30", "xian");
  const auto second = Call<Session>("CreateSession", Dialogue("2026-12-01T12:00", "st-petersburg"));
  const ErrorDetail detail = DetailOf(second.status());
  EXPECT_EQ(detail.reason, "PERSON_BOOKED");
  EXPECT_EQ(detail.metadata.at("person"), "people/mayor-of-isfahan");
  EXPECT_EQ(detail.metadata.at("kind"), "a mayors' dialogue");
  EXPECT_EQ(second.status().ToString().find("secret"), std::string::npos);
}

TEST_F(Sessions, OneThatEndsWhenTheNextBeginsIsNoConflict) {
  Confirmed("2026-12-01T11:30", "xian");
  Confirmed("2026-12-01T12:30", "st-petersburg");
}

TEST_F(Sessions, ADraftKeepsNobodyBusyAndOfTwoOnlyTheFirstIsConfirmed) {
  const auto first = Call<Session>("CreateSession", Dialogue("2026-12-01T11:30", "xian"));
  const auto second = Call<Session>("CreateSession", Dialogue("2026-12-01T11:30", "st-petersburg"));
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_TRUE(Confirm(first->name()).ok());
  EXPECT_EQ(DetailOf(Confirm(second->name()).status()).reason, "PERSON_BOOKED");
}

TEST_F(Sessions, AMovedSessionFreesItsTimeAndLeavesATombstone) {
  const Session session = Confirmed("2026-12-01T11:30", "xian");
  v1::RescheduleSessionRequest move;
  move.set_name(session.name());
  move.mutable_start_time()->set_local_time("2026-12-08T11:30");
  move.mutable_start_time()->set_time_zone("Asia/Tehran");
  move.set_reason("The mayor is abroad.");
  const auto moved = Call<Session>("RescheduleSession", move);
  ASSERT_TRUE(moved.ok()) << moved.status();
  ASSERT_EQ(moved->moves_size(), 1);
  EXPECT_EQ(moved->moves(0).start_time().local_time(), "2026-12-01T11:30:00");
  v1::ListSessionsRequest list;
  list.set_city("cities/xian");
  list.mutable_start_time()->set_seconds(session.start_time().instant().seconds());
  list.mutable_end_time()->set_seconds(session.start_time().instant().seconds() + 3600);
  const auto listed = Call<v1::ListSessionsResponse>("ListSessions", list);
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->sessions_size(), 1);
  Confirmed("2026-12-01T11:30", "st-petersburg");
}

TEST_F(Sessions, ACancelledSessionFreesItsPeopleAndCannotBeConfirmed) {
  const Session session = Confirmed("2026-12-01T11:30", "xian");
  v1::CancelSessionRequest cancel;
  cancel.set_name(session.name());
  ASSERT_TRUE(Call<Session>("CancelSession", cancel).ok());
  EXPECT_EQ(DetailOf(Confirm(session.name()).status()).reason, "WRONG_STATE");
  Confirmed("2026-12-01T11:30", "st-petersburg");
}

TEST_F(Sessions, AHoldRefusesOthersUntilItExpiresAndBecomesTheSession) {
  v1::HoldSlotRequest request;
  request.mutable_hold()->set_host("cities/isfahan");
  request.mutable_hold()->mutable_start_time()->set_local_time("2026-12-01T11:30");
  request.mutable_hold()->mutable_start_time()->set_time_zone("Asia/Tehran");
  request.mutable_hold()->mutable_duration()->set_seconds(3600);
  request.mutable_hold()->add_people("people/mayor-of-isfahan");
  const auto hold = Call<v1::Hold>("HoldSlot", request);
  ASSERT_TRUE(hold.ok()) << hold.status();
  v1::CreateSessionRequest create = Dialogue("2026-12-01T11:30", "xian");
  EXPECT_EQ(DetailOf(Call<Session>("CreateSession", create).status()).metadata.at("kind"),
            "a hold");
  create.set_hold(hold->name());
  create.set_validate_only(true);
  EXPECT_TRUE(Call<Session>("CreateSession", create).ok());
  create.set_validate_only(false);
  EXPECT_TRUE(Call<Session>("CreateSession", create).ok());
  EXPECT_EQ(DetailOf(Call<Session>("CreateSession", create).status()).reason, "RESOURCE_NOT_FOUND");
  ASSERT_TRUE(Call<v1::Hold>("HoldSlot", request).ok());
  now_ += absl::Hours(73);
  EXPECT_TRUE(Call<Session>("CreateSession", Dialogue("2026-12-01T11:30", "st-petersburg")).ok());
}

TEST_F(Sessions, ATimeThatFlorenceSkipsIsRefusedWithBothReadings) {
  const auto refused =
      Call<Session>("CreateSession", Dialogue("2027-03-28T02:30", "xian", "Europe/Rome"));
  const ErrorDetail detail = DetailOf(refused.status());
  EXPECT_EQ(detail.reason, "NONEXISTENT_LOCAL_TIME") << refused.status();
  EXPECT_EQ(detail.metadata.count("earlier") + detail.metadata.count("later"), 2u);
}

TEST_F(Sessions, WhatIsPastOrUnknownOrUnsoundIsRefused) {
  EXPECT_EQ(DetailOf(Call<Session>("CreateSession", Dialogue("2026-11-01T10:00", "xian")).status())
                .reason,
            "TIME_PASSED");
  EXPECT_EQ(
      DetailOf(Call<Session>("CreateSession", Dialogue("2026-12-01T10:00", "lahore")).status())
          .reason,
      "REFERENCE_NOT_FOUND");
  v1::CreateSessionRequest twice = Dialogue("2026-12-01T10:00", "xian");
  twice.mutable_session()->mutable_delegations(1)->set_city("cities/isfahan");
  twice.mutable_session()->add_interpreters("people/mayor-of-xian");
  EXPECT_EQ(DetailOf(Call<Session>("CreateSession", twice).status()).violations.size(), 2u);
}

TEST_F(Sessions, AStaleEtagIsRefused) {
  const Session session = Confirmed("2026-12-01T11:30", "xian");
  v1::CancelSessionRequest cancel;
  cancel.set_name(session.name());
  cancel.set_etag(EtagOf(1));
  EXPECT_EQ(DetailOf(Call<Session>("CancelSession", cancel).status()).reason, "ETAG_MISMATCH");
}

}  // namespace
}  // namespace neshast
