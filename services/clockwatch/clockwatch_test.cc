#include "clockwatch/clockwatch.h"

#include <gtest/gtest.h>

#include <memory>

#include "neshast/v1/city.pb.h"
#include "neshast/v1/clock_service.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "release_change.h"
#include "sessions/sessions.h"
#include "temporary_store.h"
#include "verified_counterpart.h"

namespace neshast {
namespace {

using v1::Session;
using v1::ZoneAlert;

// Iran keeps its summer time, as if the law of 2022 had never passed; Cuba falls back in November
// 2026, as the rules stood before that October.
constexpr char kIranKeepsSummerTime[] = "s/^R i 2021 2022 /R i 2021 ma /";

// Isfahan and Xi'an talk at 10:00 in Isfahan on 1 July 2027, booked under "2026e", in which Iran
// keeps its summer time; then "2026f" comes.
class ClockWatching : public ReleaseChange {
 protected:
  ClockWatching() {
    Install("2026e", kIranKeepsSummerTime);
    zones_ = *CurrentZones::Open(Live(), Kept());
    for (const auto& [id, zone] :
         {std::pair("isfahan", "Asia/Tehran"), std::pair("xian", "Asia/Shanghai"),
          std::pair("kabul", "Asia/Kabul")}) {
      v1::City city;
      city.set_name("cities/" + std::string(id));
      city.set_time_zone(zone);
      store_.Put(Verified(city, "people/mayor-of-" + std::string(id)));
      v1::Person mayor;
      mayor.set_name("people/mayor-of-" + std::string(id));
      mayor.set_city(city.name());
      store_.Put(mayor);
    }
    const auto zones = [this] { return zones_->Get(); };
    for (auto methods : {SessionMethods(zones), ClockMethods(zones)}) {
      methods_.insert(methods_.end(), methods.begin(), methods.end());
    }
    officer_.principal = "principals/officer";
    officer_.role = v1::ROLE_PROTOCOL_OFFICER;
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const std::string& method, const Request& request) {
    return store_.Call<Response>(methods_, "neshast.v1." + method, officer_, request);
  }

  Session Confirmed(const std::string& local_time, const std::string& zone,
                    const std::string& guest) {
    v1::CreateSessionRequest create;
    Session& draft = *create.mutable_session();
    draft.set_kind(Session::KIND_MAYORS_DIALOGUE);
    draft.set_host("cities/isfahan");
    draft.mutable_start_time()->set_local_time(local_time);
    draft.mutable_start_time()->set_time_zone(zone);
    draft.mutable_duration()->set_seconds(3600);
    draft.add_delegations()->set_city("cities/isfahan");
    v1::Delegation& other = *draft.add_delegations();
    other.set_city("cities/" + guest);
    other.add_required_people("people/mayor-of-" + guest);
    const auto session = Call<Session>("SessionService.CreateSession", create);
    EXPECT_TRUE(session.ok()) << session.status();
    v1::ConfirmSessionRequest confirm;
    confirm.set_name(session->name());
    return Call<Session>("SessionService.ConfirmSession", confirm).value_or(Session());
  }

  Session Stored(const std::string& name) {
    v1::GetSessionRequest get;
    get.set_name(name);
    return Call<Session>("SessionService.GetSession", get).value_or(Session());
  }

  int SweepByNewRules() {
    Install("2026f", "");
    EXPECT_TRUE(zones_->Refresh());
    return Sweep(store_.store(), *zones_->Get()).value_or(-1);
  }

  std::vector<ZoneAlert> Alerts() {
    const auto list = Call<v1::ListZoneAlertsResponse>("ClockService.ListZoneAlerts",
                                                       v1::ListZoneAlertsRequest());
    EXPECT_TRUE(list.ok()) << list.status();
    return {list->alerts().begin(), list->alerts().end()};
  }

  absl::StatusOr<ZoneAlert> Decide(const ZoneAlert& alert, const std::string& kept_city) {
    v1::DecideZoneAlertRequest request;
    request.set_name(alert.name());
    request.set_kept_city(kept_city);
    return Call<ZoneAlert>("ClockService.DecideZoneAlert", request);
  }

  TemporaryStore store_;
  std::unique_ptr<CurrentZones> zones_;
  std::vector<Method> methods_;
  Caller officer_;
};

TEST_F(ClockWatching, TheWallTimeIsKeptTheInstantFollowsAndWhoseHourMovesIsTold) {
  const Session booked = Confirmed("2027-07-01T10:00", "Asia/Tehran", "xian");
  EXPECT_EQ(SweepByNewRules(), 1);
  const Session session = Stored(booked.name());
  EXPECT_EQ(session.start_time().local_time(), "2027-07-01T10:00:00");
  EXPECT_EQ(session.start_time().instant().seconds(),
            booked.start_time().instant().seconds() + 3600);
  EXPECT_EQ(session.start_time().tzdata_release(), "2026f");
  const std::vector<ZoneAlert> alerts = Alerts();
  ASSERT_EQ(alerts.size(), 1u);
  EXPECT_EQ(alerts[0].session(), booked.name());
  ASSERT_EQ(alerts[0].cities_size(), 1) << "in Isfahan nothing moves";
  EXPECT_EQ(alerts[0].cities(0).before().start_time().local_time(), "2027-07-01T13:30:00");
  EXPECT_EQ(alerts[0].cities(0).after().start_time().local_time(), "2027-07-01T14:30:00");
  EXPECT_EQ(alerts[0].before().tzdata_release(), "2026e");
}

TEST_F(ClockWatching, ASecondSweepFindsNothingLeftToDo) {
  Confirmed("2027-07-01T10:00", "Asia/Tehran", "xian");
  EXPECT_EQ(SweepByNewRules(), 1);
  EXPECT_EQ(Sweep(store_.store(), *zones_->Get()).value_or(-1), 0);
  EXPECT_EQ(Alerts().size(), 1u);
}

TEST_F(ClockWatching, ASessionInWinterAndOneThatIsOverAreLeftAlone) {
  const Session winter = Confirmed("2027-01-12T10:00", "Asia/Tehran", "xian");
  const Session over = Confirmed("2027-07-01T10:00", "Asia/Tehran", "kabul");
  store_.now = absl::FromUnixSeconds(over.start_time().instant().seconds() + 60);
  EXPECT_EQ(SweepByNewRules(), 0);
  EXPECT_EQ(Stored(winter.name()).etag(), winter.etag());
  EXPECT_EQ(Stored(over.name()).start_time().tzdata_release(), "2026e") << "the past is frozen";
}

TEST_F(ClockWatching, AChangeOnTheOtherSideMovesNoInstant) {
  const Session booked = Confirmed("2027-07-01T13:30", "Asia/Shanghai", "xian");
  EXPECT_EQ(SweepByNewRules(), 1);
  EXPECT_EQ(Stored(booked.name()).start_time().instant().seconds(),
            booked.start_time().instant().seconds());
  ASSERT_EQ(Alerts()[0].cities_size(), 1);
  EXPECT_EQ(Alerts()[0].cities(0).after().start_time().local_time(), "2027-07-01T09:00:00");
}

TEST_F(ClockWatching, TheHostKeepsThePromiseOrTheOtherCitysHour) {
  const Session kept = Confirmed("2027-07-01T10:00", "Asia/Tehran", "xian");
  const Session moved = Confirmed("2027-07-05T10:00", "Asia/Tehran", "xian");
  EXPECT_EQ(SweepByNewRules(), 2);
  for (const ZoneAlert& alert : Alerts()) {
    const bool keeps = alert.session() == kept.name();
    const auto decided = Decide(alert, keeps ? "" : "cities/xian");
    ASSERT_TRUE(decided.ok()) << decided.status();
    EXPECT_EQ(decided->state(), keeps ? ZoneAlert::STATE_PROMISE_KEPT : ZoneAlert::STATE_MOVED);
    EXPECT_EQ(DetailOf(Decide(alert, "").status()).reason, "WRONG_STATE");
  }
  EXPECT_TRUE(Alerts().empty());
  EXPECT_EQ(Stored(kept.name()).start_time().local_time(), "2027-07-01T10:00:00");
  const Session session = Stored(moved.name());
  EXPECT_EQ(session.start_time().local_time(), "2027-07-05T09:00:00");
  EXPECT_EQ(session.burdens(1).start_time().local_time(), "2027-07-05T13:30:00");
  ASSERT_EQ(session.moves_size(), 1);
  EXPECT_EQ(session.moves(0).start_time().local_time(), "2027-07-05T10:00:00");
}

TEST_F(ClockWatching, AnAlertOfASessionThatWasMovedMeanwhileDecidesNothing) {
  const Session booked = Confirmed("2027-07-01T10:00", "Asia/Tehran", "xian");
  EXPECT_EQ(SweepByNewRules(), 1);
  v1::RescheduleSessionRequest move;
  move.set_name(booked.name());
  move.mutable_start_time()->set_local_time("2027-07-02T10:00");
  move.mutable_start_time()->set_time_zone("Asia/Tehran");
  ASSERT_TRUE(Call<Session>("SessionService.RescheduleSession", move).ok());
  EXPECT_EQ(DetailOf(Decide(Alerts()[0], "cities/xian").status()).reason, "WRONG_STATE");
}

// By the old rules Kabul's mayor is free when the talk with Isfahan, on its summer time, is over.
TEST_F(ClockWatching, WhoWouldBeInTwoSessionsIsNamed) {
  Confirmed("2027-07-01T10:00", "Asia/Tehran", "kabul");
  Confirmed("2027-07-01T11:00", "Asia/Kabul", "kabul");
  EXPECT_EQ(SweepByNewRules(), 2);
  int named = 0;
  for (const ZoneAlert& alert : Alerts()) {
    for (const std::string& person : alert.booked_people()) {
      EXPECT_EQ(person, "people/mayor-of-kabul");
      ++named;
    }
  }
  EXPECT_GE(named, 1);
}

TEST_F(ClockWatching, ANewReleaseIsSeenWhileRunning) {
  ClockWatch watch(store_.store(), *zones_, absl::Hours(1));
  const Session booked = Confirmed("2027-07-01T10:00", "Asia/Tehran", "xian");
  Install("2026f", "");
  watch.LookNow();
  for (int i = 0; i < 600 && Stored(booked.name()).etag() == booked.etag(); ++i) {
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_EQ(Stored(booked.name()).start_time().tzdata_release(), "2026f");
}

}  // namespace
}  // namespace neshast
