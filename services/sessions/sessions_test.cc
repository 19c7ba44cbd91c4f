#include "sessions/sessions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "neshast/v1/city.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "temporary_store.h"
#include "verified_counterpart.h"

namespace neshast {
namespace {

using v1::Session;

// Isfahan, Xi'an and St Petersburg with their mayors; the clock stands at 2026-11-24 until a test
// moves it.
class Sessions : public testing::Test {
 protected:
  Sessions() {
    for (const char* city : {"isfahan", "xian", "st-petersburg"}) {
      AddCity(city);
      AddMayor(city);
    }
    officer_.principal = "principals/officer";
    officer_.role = v1::ROLE_PROTOCOL_OFFICER;
    officer_.city = "cities/isfahan";
  }

  static v1::City CityOf(const std::string& id) {
    v1::City city;
    city.set_name("cities/" + id);
    city.set_time_zone(id == "xian" ? "Asia/Shanghai" : "Asia/Tehran");
    city.add_languages(id == "isfahan" ? "fa" : "en");
    return city;
  }

  // Its mayor was vouched for at this time.
  void AddCity(const std::string& id, absl::Time vouched = DayOfTests()) {
    store_.Put(Verified(CityOf(id), "people/mayor-of-" + id, vouched));
  }

  void AddMayor(const std::string& city, const std::string& mail_address = "") {
    v1::Person person;
    person.set_name("people/mayor-of-" + city);
    person.set_city("cities/" + city);
    person.set_mail_address(mail_address);
    store_.Put(person);
  }

  void AddOrganizations() {
    for (const char* name : {"organizations/ministry", "organizations/governor"}) {
      v1::Organization organization;
      organization.set_name(name);
      store_.Put(organization);
    }
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const std::string& method, const Request& request) {
    return store_.Call<Response>(methods_, "neshast.v1.SessionService." + method, officer_,
                                 request);
  }

  absl::StatusOr<Session> Move(const std::string& name, const std::string& local_time) {
    v1::RescheduleSessionRequest move;
    move.set_name(name);
    move.mutable_start_time()->set_local_time(local_time);
    move.mutable_start_time()->set_time_zone("Asia/Tehran");
    return Call<Session>("RescheduleSession", move);
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

  TemporaryStore store_;
  std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  std::vector<Method> methods_ = SessionMethods([this] { return zones_; });
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
  store_.now += absl::Hours(73);
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

TEST_F(Sessions, TheMidnightThatHavanaSkipsIsRefusedUntilOneReadingIsChosen) {
  // The last midnight it skipped: since 2026 Cuba stays on summer time.
  store_.now = absl::FromCivil(absl::CivilDay(2026, 3, 1), absl::UTCTimeZone());
  v1::CreateSessionRequest request = Dialogue("2026-03-08T00:30", "xian", "America/Havana");
  const ErrorDetail detail = DetailOf(Call<Session>("CreateSession", request).status());
  EXPECT_EQ(detail.reason, "NONEXISTENT_LOCAL_TIME");
  EXPECT_EQ(detail.metadata.at("earlier"), "2026-03-08T04:30:00Z");
  EXPECT_EQ(detail.metadata.at("later"), "2026-03-08T05:30:00Z");
  request.mutable_session()->mutable_start_time()->set_occurrence(v1::OCCURRENCE_LATER);
  EXPECT_TRUE(Call<Session>("CreateSession", request).ok());
}

TEST_F(Sessions, MovedBackAndForthItIsListedOnce) {
  const Session session = Confirmed("2026-12-01T11:30", "xian");
  for (const char* time : {"2026-12-08T11:30", "2026-12-01T11:30", "2026-12-08T11:30"}) {
    const auto moved = Move(session.name(), time);
    ASSERT_TRUE(moved.ok()) << moved.status();
  }
  v1::ListSessionsRequest list;
  list.set_city("cities/xian");
  const auto listed = Call<v1::ListSessionsResponse>("ListSessions", list);
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->sessions_size(), 1);
}

TEST_F(Sessions, AnUpdateLeavesTheTimeOfAConfirmedSessionHoweverItIsWritten) {
  v1::UpdateSessionRequest update;
  *update.mutable_session() = Confirmed("2026-12-01T11:30", "xian");
  update.mutable_session()->mutable_start_time()->set_local_time("2026-12-01T11:30");
  update.mutable_session()->add_languages("fa");
  const auto updated = Call<Session>("UpdateSession", update);
  ASSERT_TRUE(updated.ok()) << updated.status();
  *update.mutable_session() = *updated;
  update.mutable_session()->mutable_start_time()->set_local_time("2026-12-01T12:30");
  EXPECT_EQ(DetailOf(Call<Session>("UpdateSession", update).status()).reason, "WRONG_STATE");
}

// 11:30 in Isfahan is 16:00 in Xi'an; at 13:30 Xi'an sits from 18 to 19, late; at 18:30 at night.
TEST_F(Sessions, TheLedgerCountsWhatHeldSessionsWeighedOnEachCity) {
  v1::CreateSeriesRequest series;
  series.set_series_id("dialogues");
  series.mutable_series()->set_host("cities/isfahan");
  ASSERT_TRUE(Call<v1::Series>("CreateSeries", series).ok());
  for (const char* time : {"2026-12-01T11:30", "2026-12-01T13:30", "2026-12-01T18:30"}) {
    v1::CreateSessionRequest request = Dialogue(time, "xian");
    request.mutable_session()->set_series("series/dialogues");
    const auto draft = Call<Session>("CreateSession", request);
    ASSERT_TRUE(draft.ok()) << draft.status();
    ASSERT_TRUE(Confirm(draft->name()).ok());
    if (std::string(time) == "2026-12-01T18:30") break;  // was never held
    store_.now = absl::FromUnixSeconds(draft->start_time().instant().seconds());
    v1::CloseSessionRequest close;
    close.set_name(draft->name());
    ASSERT_TRUE(Call<Session>("CloseSession", close).ok());
  }
  v1::GetLedgerRequest request;
  request.set_name("series/dialogues");
  const auto ledger = Call<v1::Ledger>("GetLedger", request);
  ASSERT_TRUE(ledger.ok()) << ledger.status();
  EXPECT_EQ(ledger->held_sessions(), 2);
  ASSERT_EQ(ledger->entries_size(), 2);
  EXPECT_EQ(ledger->entries(0).points(), 0);
  EXPECT_EQ(ledger->entries(1).city(), "cities/xian");
  EXPECT_EQ(ledger->entries(1).points(), 3);
}

TEST_F(Sessions, ASessionTellsItsHourInEveryCity) {
  const Session session = Confirmed("2026-12-01T11:30", "xian");
  ASSERT_EQ(session.burdens_size(), 2);
  const v1::CityBurden& isfahan = session.burdens(0);
  EXPECT_EQ(isfahan.start_time().local_time(), "2026-12-01T11:30:00");
  EXPECT_EQ(isfahan.solar_hijri_date(), "1405/09/10");
  EXPECT_EQ(isfahan.weekday(), 2);
  EXPECT_EQ(isfahan.utc_offset_seconds(), 12600);
  const v1::CityBurden& xian = session.burdens(1);
  EXPECT_EQ(xian.start_time().local_time(), "2026-12-01T16:00:00");
  EXPECT_EQ(xian.start_time().time_zone(), "Asia/Shanghai");
  EXPECT_EQ(xian.solar_hijri_date(), "");
  EXPECT_EQ(xian.reason(), v1::CityBurden::REASON_IN_HOURS);
}

v1::RecordClearanceRequest Word(const std::string& session, v1::Clearance::State state,
                                const std::string& letter, const std::string& body = "ministry") {
  v1::RecordClearanceRequest request;
  request.set_name(session);
  request.mutable_clearance()->set_body("organizations/" + body);
  request.mutable_clearance()->set_state(state);
  request.mutable_clearance()->set_letter_number(letter);
  return request;
}

TEST_F(Sessions, AClearanceThatIsMissingIsNamedAndOneThatIsGrantedReplacesIt) {
  AddOrganizations();
  const auto draft = Call<Session>("CreateSession", Dialogue("2026-12-01T11:30", "xian"));
  for (const char* body : {"ministry", "governor"}) {
    const auto request = Word(draft->name(), v1::Clearance::STATE_AWAITED, "", body);
    ASSERT_TRUE(Call<Session>("RecordClearance", request).ok());
  }
  const ErrorDetail missing = DetailOf(Confirm(draft->name()).status());
  EXPECT_EQ(missing.reason, "CLEARANCE_MISSING");
  EXPECT_EQ(missing.metadata.at("bodies"), "organizations/ministry, organizations/governor");
  for (const char* body : {"ministry", "governor"}) {
    const auto request = Word(draft->name(), v1::Clearance::STATE_GRANTED, "1405/7", body);
    const auto granted = Call<Session>("RecordClearance", request);
    ASSERT_TRUE(granted.ok()) << granted.status();
    EXPECT_EQ(granted->clearances_size(), 2);
  }
  const auto confirmed = Confirm(draft->name());
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_FALSE(confirmed->has_forced_confirmation());
  const auto late = Word(draft->name(), v1::Clearance::STATE_AWAITED, "");
  EXPECT_EQ(DetailOf(Call<Session>("RecordClearance", late).status()).reason, "WRONG_STATE");
}

TEST_F(Sessions, ConfirmedWithoutAClearanceItKeepsWhyAndByWhom) {
  AddOrganizations();
  const auto draft = Call<Session>("CreateSession", Dialogue("2026-12-01T11:30", "xian"));
  const auto refused = Word(draft->name(), v1::Clearance::STATE_REFUSED, "1405/7");
  ASSERT_TRUE(Call<Session>("RecordClearance", refused).ok());
  v1::ConfirmSessionRequest request;
  request.set_name(draft->name());
  request.set_force_reason("The governor decided by telephone.");
  const auto forced = Call<Session>("ConfirmSession", request);
  ASSERT_TRUE(forced.ok()) << forced.status();
  EXPECT_EQ(forced->state(), Session::STATE_CONFIRMED);
  const v1::ForcedConfirmation& kept = forced->forced_confirmation();
  EXPECT_EQ(kept.reason(), "The governor decided by telephone.");
  EXPECT_EQ(kept.principal(), "principals/officer");
  EXPECT_EQ(kept.force_time().seconds(), absl::ToUnixSeconds(store_.now));
  ASSERT_EQ(kept.missing_bodies_size(), 1);
  EXPECT_EQ(kept.missing_bodies(0), "organizations/ministry");
}

TEST_F(Sessions, AWordOfABodyNeedsItsLetterAndTheBodyStaysInTheDirectory) {
  AddOrganizations();
  const auto draft = Call<Session>("CreateSession", Dialogue("2026-12-01T11:30", "xian"));
  const auto spoken = Word(draft->name(), v1::Clearance::STATE_GRANTED, "");
  const ErrorDetail detail = DetailOf(Call<Session>("RecordClearance", spoken).status());
  EXPECT_EQ(detail.reason, "INVALID_FIELD");
  EXPECT_EQ(detail.violations.at(0).field, "clearance.letter_number");
  const auto unknown = Word(draft->name(), v1::Clearance::STATE_AWAITED, "", "nobody");
  EXPECT_EQ(DetailOf(Call<Session>("RecordClearance", unknown).status()).metadata.at("field"),
            "clearance.body");
  const auto awaited =
      Call<Session>("RecordClearance", Word(draft->name(), v1::Clearance::STATE_AWAITED, ""));
  ASSERT_TRUE(awaited.ok()) << awaited.status();
  const std::vector<std::string> lists = IndexOf(*awaited).lists;
  EXPECT_EQ(std::count(lists.begin(), lists.end(), "refers@organizations/ministry"), 1);
}

// T1: a false mayor's city, one whose officers vouched long ago, one that writes from a new
// address.
TEST_F(Sessions, NoSessionIsConfirmedWithACityWhoseCounterpartIsNotVerified) {
  const auto draft = Call<Session>("CreateSession", Dialogue("2026-12-01T11:30", "xian"));
  const struct {
    const char* why;
    std::function<void()> make_it_so;
  } rows[] = {{"nobody has vouched", [this] { store_.Put(CityOf("xian")); }},
              {"more than twelve months ago",
               [this] { AddCity("xian", DayOfTests() - absl::Hours(24 * 366)); }},
              {"the mail address has changed", [this] {
                 AddCity("xian");
                 AddMayor("xian", "mayor@xian.test");
               }}};
  for (const auto& row : rows) {
    row.make_it_so();
    const absl::Status refused = Confirm(draft->name()).status();
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << row.why;
    EXPECT_EQ(DetailOf(refused).reason, "COUNTERPART_UNVERIFIED") << refused;
    EXPECT_EQ(DetailOf(refused).metadata.at("cities"), "cities/xian");
    EXPECT_NE(std::string(refused.message()).find(row.why), std::string::npos) << refused;
  }
  AddMayor("xian");
  EXPECT_TRUE(Confirm(draft->name()).ok());
}

TEST_F(Sessions, ForcedWithAnUnverifiedCityItKeepsWhichAndTheClearanceThatWasMissing) {
  AddOrganizations();
  const auto draft = Call<Session>("CreateSession", Dialogue("2026-12-01T11:30", "xian"));
  store_.Put(CityOf("xian"));
  ASSERT_TRUE(
      Call<Session>("RecordClearance", Word(draft->name(), v1::Clearance::STATE_AWAITED, "")).ok());
  v1::ConfirmSessionRequest request;
  request.set_name(draft->name());
  request.set_force_reason("The mayors have met in person.");
  const auto forced = Call<Session>("ConfirmSession", request);
  ASSERT_TRUE(forced.ok()) << forced.status();
  const v1::ForcedConfirmation& kept = forced->forced_confirmation();
  EXPECT_EQ(kept.reason(), "The mayors have met in person.");
  EXPECT_EQ(kept.missing_bodies_size(), 1);
  ASSERT_EQ(kept.unverified_cities_size(), 1);
  EXPECT_EQ(kept.unverified_cities(0), "cities/xian");
}

TEST_F(Sessions, ACityThatJoinsAConfirmedSessionNeedsAVerifiedCounterpartToo) {
  const Session session = Confirmed("2026-12-01T11:30", "xian");
  store_.Put(CityOf("xian"));
  store_.Put(CityOf("st-petersburg"));
  v1::UpdateSessionRequest update;
  *update.mutable_session() = session;
  update.mutable_session()->add_languages("fa");
  const auto updated = Call<Session>("UpdateSession", update);
  ASSERT_TRUE(updated.ok()) << updated.status() << ": Xi'an sits there already";
  *update.mutable_session() = *updated;
  update.mutable_session()->add_delegations()->set_city("cities/st-petersburg");
  const ErrorDetail detail = DetailOf(Call<Session>("UpdateSession", update).status());
  EXPECT_EQ(detail.reason, "COUNTERPART_UNVERIFIED");
  EXPECT_EQ(detail.metadata.at("cities"), "cities/st-petersburg");
}

}  // namespace
}  // namespace neshast
