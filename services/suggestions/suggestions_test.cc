#include "suggestions/suggestions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "neshast/v1/city.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/scheduling_service.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "sessions/sessions.h"
#include "temporary_store.h"
#include "time/wall_time.h"
#include "verified_counterpart.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;
using v1::PersonHour;
using v1::SuggestTimesRequest;
using v1::SuggestTimesResponse;

google::protobuf::Timestamp Utc(const std::string& wall) {
  google::protobuf::Timestamp time;
  time.set_seconds(ParseWallTime(wall)->time_since_epoch().count());
  return time;
}

// Isfahan (Saturday to Wednesday), Xi'an and St Petersburg with their mayors, of whom all is known
// until 2028; the clock stands at 2026-11-24.
class Suggestions : public testing::Test {
 protected:
  Suggestions() {
    AddCity("isfahan", "Asia/Tehran", {6, 7, 1, 2, 3}, "fa");
    AddCity("xian", "Asia/Shanghai", {1, 2, 3, 4, 5}, "zh");
    AddCity("st-petersburg", "Europe/Moscow", {1, 2, 3, 4, 5}, "ru");
    for (const char* city : {"isfahan", "xian", "st-petersburg"}) {
      AddPerson("mayor-of-" + std::string(city), city);
    }
    officer_.principal = "principals/officer";
    officer_.role = v1::ROLE_PROTOCOL_OFFICER;
    const auto sessions = SessionMethods([this] { return zones_; });
    methods_.insert(methods_.end(), sessions.begin(), sessions.end());
  }

  void AddCity(const std::string& id, const std::string& zone, std::initializer_list<int> weekdays,
               const std::string& language) {
    v1::City city;
    city.set_name("cities/" + id);
    city.set_time_zone(zone);
    city.add_languages(language);
    v1::WorkWeek& week = *city.mutable_work_calendar()->add_weeks();
    for (const int weekday : weekdays) {
      v1::WorkDay& day = *week.add_days();
      day.set_weekday(weekday);
      day.set_opens_minute(9 * 60);
      day.set_closes_minute(17 * 60);
    }
    store_.Put(Verified(city, "people/mayor-of-" + id));
  }

  v1::Person AddPerson(const std::string& id, const std::string& city, bool known = true,
                       const std::string& interprets = "") {
    v1::Person person;
    person.set_name("people/" + id);
    person.set_city("cities/" + city);
    if (known) {
      *person.mutable_availability()->mutable_known_from_time() = Utc("2026-01-01T00:00");
      *person.mutable_availability()->mutable_known_until_time() = Utc("2028-01-01T00:00");
    }
    if (!interprets.empty()) {
      v1::LanguagePair& pair = *person.add_interprets();
      pair.set_first(interprets);
      pair.set_second("fa");
    }
    store_.Put(person);
    return person;
  }

  // The mayors of Isfahan and `guest` for an hour in the week from Saturday, 5 December 2026.
  static SuggestTimesRequest Question(const std::string& guest = "xian") {
    SuggestTimesRequest request;
    request.set_host("cities/isfahan");
    for (const std::string& city : {std::string("isfahan"), guest}) {
      v1::Delegation& delegation = *request.add_delegations();
      delegation.set_city("cities/" + city);
      delegation.add_required_people("people/mayor-of-" + city);
    }
    request.mutable_duration()->set_seconds(3600);
    *request.mutable_window_start_time() = Utc("2026-12-04T20:30");
    *request.mutable_window_end_time() = Utc("2026-12-11T20:30");
    return request;
  }

  absl::StatusOr<SuggestTimesResponse> Ask(const SuggestTimesRequest& request) {
    return store_.Call<SuggestTimesResponse>(methods_, "neshast.v1.SchedulingService.SuggestTimes",
                                             officer_, request);
  }

  SuggestTimesResponse Answer(const SuggestTimesRequest& request) {
    auto answer = Ask(request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *std::move(answer) : SuggestTimesResponse();
  }

  // A draft or, confirmed, a promise of Isfahan and `guest` from `local_time` in Tehran.
  v1::Session Book(const std::string& guest, const std::string& local_time, bool confirm,
                   const std::string& series = "", int64_t hours = 1) {
    v1::CreateSessionRequest create;
    v1::Session& draft = *create.mutable_session();
    draft.set_kind(v1::Session::KIND_MAYORS_DIALOGUE);
    draft.set_host("cities/isfahan");
    draft.mutable_start_time()->set_local_time(local_time);
    draft.mutable_start_time()->set_time_zone("Asia/Tehran");
    draft.mutable_duration()->set_seconds(hours * 3600);
    *draft.mutable_delegations() = Question(guest).delegations();
    draft.set_series(series);
    auto session = store_.Call<v1::Session>(methods_, "neshast.v1.SessionService.CreateSession",
                                            officer_, create);
    EXPECT_TRUE(session.ok()) << session.status();
    if (!confirm) return *session;
    v1::ConfirmSessionRequest promise;
    promise.set_name(session->name());
    session = store_.Call<v1::Session>(methods_, "neshast.v1.SessionService.ConfirmSession",
                                       officer_, promise);
    EXPECT_TRUE(session.ok()) << session.status();
    return *session;
  }

  TemporaryStore store_;
  std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  std::vector<Method> methods_ = SuggestionMethods([this] { return zones_; });
  Caller officer_;
};

// Nine to five in both cities leaves Isfahan 09:00 to 12:30.
TEST_F(Suggestions, AreRankedAndToldInEveryCitysLocalTime) {
  const SuggestTimesResponse answer = Answer(Question());
  ASSERT_EQ(answer.suggestions_size(), 5);
  EXPECT_EQ(answer.tzdata_release(), zones_->release());
  for (int i = 0; i < answer.suggestions_size(); ++i) {
    const v1::Suggestion& suggestion = answer.suggestions(i);
    EXPECT_EQ(suggestion.rank(), i + 1);
    ASSERT_EQ(suggestion.cities_size(), 2);
    EXPECT_EQ(suggestion.start_time().local_time(),
              suggestion.cities(0).burden().start_time().local_time());
    EXPECT_EQ(suggestion.has_better_than_next(), i + 1 < answer.suggestions_size());
  }
  const v1::Suggestion& best = answer.suggestions(0);
  EXPECT_EQ(best.start_time().local_time(), "2026-12-07T09:00:00");  // Monday
  EXPECT_EQ(best.cities(0).burden().solar_hijri_date(), "1405/09/16");
  EXPECT_EQ(best.cities(1).burden().start_time().local_time(), "2026-12-07T13:30:00");
  EXPECT_EQ(best.cities(1).burden().weekday(), 1);
  EXPECT_EQ(best.cities(1).burden().level(), 0);
  EXPECT_EQ(best.people(0).status(), PersonHour::STATUS_FREE);
  EXPECT_FALSE(best.unverified());
  EXPECT_EQ(answer.coverage().best(), 2);
}

TEST_F(Suggestions, UnknownTimeIsNeverShownAsFree) {
  AddPerson("mayor-of-xian", "xian", false);
  const v1::Suggestion best = Answer(Question()).suggestions(0);
  EXPECT_EQ(best.people(1).status(), PersonHour::STATUS_UNKNOWN);
  EXPECT_TRUE(best.unverified());
}

TEST_F(Suggestions, WhoIsPromisedIsBusyAndWhoIsDraftedIsTentative) {
  SuggestTimesRequest request = Question();
  *request.mutable_window_start_time() = Utc("2026-12-07T06:00");  // one start: 09:30 in Isfahan
  *request.mutable_window_end_time() = Utc("2026-12-07T07:00");
  Book("st-petersburg", "2026-12-07T09:30", false);
  v1::Suggestion best = Answer(request).suggestions(0);
  EXPECT_EQ(best.people(0).status(), PersonHour::STATUS_TENTATIVE);
  EXPECT_EQ(best.cities(0).burden().reason(), v1::CityBurden::REASON_TENTATIVE);

  const v1::Session taken = Book("st-petersburg", "2026-12-07T09:30", true);
  const SuggestTimesResponse refused = Answer(request);
  EXPECT_EQ(refused.suggestions_size(), 0);
  ASSERT_GE(refused.blocking_sets_size(), 1);
  EXPECT_EQ(refused.blocking_sets(0).blockers(0).rule(), v1::SCHEDULING_RULE_BUSY);
  EXPECT_EQ(refused.blocking_sets(0).blockers(0).resource(), "people/mayor-of-isfahan");
  ASSERT_GE(refused.relaxations_size(), 1);
  EXPECT_EQ(refused.relaxations(0).steps(0).change(), v1::RelaxationStep::CHANGE_WIDEN_WINDOW);

  request.set_moved_session(taken.name());
  EXPECT_EQ(Answer(request).suggestions_size(), 1) << "its own time does not stand in its way";
}

TEST_F(Suggestions, AHeldSlotIsNotFree) {
  v1::HoldSlotRequest hold;
  hold.mutable_hold()->set_host("cities/isfahan");
  hold.mutable_hold()->mutable_start_time()->set_local_time("2026-12-07T09:00");
  hold.mutable_hold()->mutable_start_time()->set_time_zone("Asia/Tehran");
  hold.mutable_hold()->mutable_duration()->set_seconds(4 * 3600);
  hold.mutable_hold()->add_people("people/mayor-of-isfahan");
  ASSERT_TRUE(
      store_.Call<v1::Hold>(methods_, "neshast.v1.SessionService.HoldSlot", officer_, hold).ok());
  EXPECT_EQ(Answer(Question()).suggestions(0).start_time().local_time(), "2026-12-08T09:00:00");
}

TEST_F(Suggestions, ALongSessionHasTwoInterpretersAndADelegateIsNoneOfThem) {
  for (const char* id : {"interpreter-1", "interpreter-2", "interpreter-3"}) {
    AddPerson(id, "isfahan", true, "zh");
  }
  SuggestTimesRequest request = Question();
  request.mutable_delegations(0)->add_optional_people("people/interpreter-1");
  v1::InterpretationNeed& need = *request.add_interpretation();
  need.set_first_language("fa");
  need.set_second_language("zh");
  const v1::Suggestion best = Answer(request).suggestions(0);
  ASSERT_EQ(best.interpreters_size(), 1);
  EXPECT_THAT(best.interpreters(0).interpreters(),
              UnorderedElementsAre("people/interpreter-2", "people/interpreter-3"));

  need.set_interpreters(3);
  const SuggestTimesResponse refused = Answer(request);
  EXPECT_EQ(refused.suggestions_size(), 0);
  EXPECT_EQ(refused.blocking_sets(0).blockers(0).rule(), v1::SCHEDULING_RULE_INTERPRETERS);
}

TEST_F(Suggestions, AQuorumCallsTheMembersWhoseCityTakesPart) {
  v1::ExpertGroup group;
  group.set_name("expertGroups/crisis-medicine");
  for (const char* city : {"isfahan", "xian", "st-petersburg"}) {
    group.add_people(AddPerson("expert-" + std::string(city), city, true).name());
  }
  store_.Put(group);
  SuggestTimesRequest request = Question();
  v1::Quorum& quorum = *request.add_quorums();
  quorum.set_expert_group(group.name());
  quorum.set_needed(2);
  const v1::Suggestion best = Answer(request).suggestions(0);
  ASSERT_EQ(best.quorums_size(), 1);
  EXPECT_EQ(best.quorums(0).members(), 2);
  EXPECT_EQ(best.quorums(0).available(), 2);
  EXPECT_FALSE(best.people(2).required());
  quorum.set_needed(3);
  EXPECT_THAT(DetailOf(Ask(request).status()).violations.at(0).field, "quorums[0].needed");
}

// At 18:30 in Isfahan Xi'an has 23:00, a night.
TEST_F(Suggestions, TheLedgerOfASeriesCountsAndThreeHoursOfTheDayAreKept) {
  v1::CreateSeriesRequest series;
  series.set_series_id("dialogues");
  series.mutable_series()->set_host("cities/isfahan");
  ASSERT_TRUE(
      store_.Call<v1::Series>(methods_, "neshast.v1.SessionService.CreateSeries", officer_, series)
          .ok());
  const v1::Session night = Book("xian", "2026-11-25T18:30", true, "series/dialogues");
  store_.now = absl::FromUnixSeconds(night.start_time().instant().seconds());
  v1::CloseSessionRequest close;
  close.set_name(night.name());
  ASSERT_TRUE(
      store_.Call<v1::Session>(methods_, "neshast.v1.SessionService.CloseSession", officer_, close)
          .ok());
  SuggestTimesRequest request = Question();
  request.set_series("series/dialogues");
  const v1::Suggestion best = Answer(request).suggestions(0);
  EXPECT_EQ(best.cities(1).ledger_before(), 20);
  EXPECT_EQ(best.cities(0).ledger_before(), 3);  // late
  EXPECT_EQ(best.worst_off_city(), "cities/xian");

  Book("xian", "2026-11-29T10:00", true, "series/dialogues");
  Book("xian", "2026-11-30T11:00", true, "series/dialogues");
  const SuggestTimesResponse kept = Answer(request);
  EXPECT_EQ(kept.suggestions_size(), 5);
  for (const v1::Suggestion& suggestion : kept.suggestions()) {
    const std::string time = suggestion.start_time().local_time().substr(11, 5);
    EXPECT_TRUE(time == "18:30" || time == "10:00" || time == "11:00") << time;
  }
}

TEST_F(Suggestions, AForbiddenDateOfACityIsNotTouched) {
  SuggestTimesRequest request = Question();
  v1::CityLimit& limit = *request.add_city_limits();
  limit.set_city("cities/xian");
  for (const char* date : {"2026-12-07", "2026-12-08"}) limit.add_forbidden_dates(date);
  EXPECT_EQ(Answer(request).suggestions(0).start_time().local_time(), "2026-12-09T09:00:00");
}

TEST_F(Suggestions, EveryFaultIsToldAtOnce) {
  SuggestTimesRequest request = Question();
  request.set_host("cities/st-petersburg");
  request.mutable_delegations(1)->set_city("cities/isfahan");
  request.mutable_delegations(1)->set_required_people(0, "people/mayor-of-isfahan");
  *request.mutable_window_end_time() = Utc("2028-03-01T00:00");
  request.set_step_minutes(20);
  request.add_city_limits()->set_city("cities/xian");
  request.add_quorums()->set_needed(1);
  request.add_interpretation();
  const ErrorDetail detail = DetailOf(Ask(request).status());
  EXPECT_EQ(detail.reason, "INVALID_FIELD");
  std::vector<std::string> fields;
  for (const FieldViolation& violation : detail.violations) fields.push_back(violation.field);
  EXPECT_THAT(fields, UnorderedElementsAre("delegations[1].city", "delegations[1]", "host",
                                           "window_end_time", "step_minutes", "city_limits[0].city",
                                           "quorums[0]", "interpretation[0].second_language"));
}

TEST_F(Suggestions, AWindowThatIsOverAndPeopleWhoAreNotThereAreRefused) {
  SuggestTimesRequest request = Question();
  *request.mutable_window_start_time() = Utc("2026-11-01T00:00");
  *request.mutable_window_end_time() = Utc("2026-11-20T00:00");
  EXPECT_EQ(DetailOf(Ask(request).status()).reason, "TIME_PASSED");
  request = Question("lahore");
  const ErrorDetail detail = DetailOf(Ask(request).status());
  EXPECT_EQ(detail.reason, "REFERENCE_NOT_FOUND");
  ASSERT_EQ(detail.violations.size(), 2u);
  EXPECT_EQ(detail.violations[0].field, "delegations[1].city");
}

// The oracle: nine to five, two hours, January 2027.
TEST_F(Suggestions, SayHonestlyThatNoHourSuitsAllFourteenCities) {
  const std::pair<const char*, const char*> sisters[] = {{"kuala-lumpur", "Asia/Kuala_Lumpur"},
                                                         {"florence", "Europe/Rome"},
                                                         {"iasi", "Europe/Bucharest"},
                                                         {"barcelona", "Europe/Madrid"},
                                                         {"yerevan", "Asia/Yerevan"},
                                                         {"freiburg", "Europe/Berlin"},
                                                         {"havana", "America/Havana"},
                                                         {"lahore", "Asia/Karachi"},
                                                         {"dakar", "Africa/Dakar"},
                                                         {"baalbek", "Asia/Beirut"}};
  SuggestTimesRequest request = Question();
  request.clear_delegations();
  AddCity("kuwait-city", "Asia/Kuwait", {7, 1, 2, 3, 4}, "ar");
  for (const char* city : {"isfahan", "kuwait-city", "xian", "st-petersburg"}) {
    request.add_delegations()->set_city("cities/" + std::string(city));
  }
  for (const auto& [city, zone] : sisters) {
    AddCity(city, zone, {1, 2, 3, 4, 5}, "en");
    request.add_delegations()->set_city("cities/" + std::string(city));
  }
  request.mutable_duration()->set_seconds(7200);
  request.set_max_level(0);
  *request.mutable_window_start_time() = Utc("2027-01-01T00:00");
  *request.mutable_window_end_time() = Utc("2027-02-01T00:00");
  const SuggestTimesResponse answer = Answer(request);
  EXPECT_EQ(answer.suggestions_size(), 0);
  EXPECT_EQ(answer.coverage().cities(), 14);
  EXPECT_EQ(answer.coverage().best(), 11);
  ASSERT_GE(answer.coverage().choices_size(), 1);
  EXPECT_THAT(answer.coverage().choices(0).missing_cities(),
              UnorderedElementsAre("cities/xian", "cities/kuala-lumpur", "cities/havana"));
  EXPECT_THAT(answer.coverage().choices(0).utc_times(), ElementsAre("09:00", "09:30", "10:00"));
  // No city need bear a night: 13:30 in Isfahan is late in the east and hard in Havana.
  ASSERT_GE(answer.relaxations_size(), 1);
  for (const v1::RelaxationStep& step : answer.relaxations(0).steps()) {
    EXPECT_EQ(step.change(), v1::RelaxationStep::CHANGE_ALLOW_HARDER_HOUR);
    EXPECT_LE(step.value(), 3);
  }

  request.clear_max_level();
  EXPECT_EQ(Answer(request).suggestions_size(), 5)
      << "the least bad hours are offered with reasons";
}

}  // namespace
}  // namespace neshast
