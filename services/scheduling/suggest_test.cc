// The search for an hour, against answers that were worked out apart from it.
#include "scheduling/suggest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "time/zone.h"

namespace neshast::scheduling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Zone& ZoneOf(const std::string& name) {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return **zones->Find(name);
}

Instant Utc(const char* wall) {
  return ZoneOf("Etc/UTC").Read(*ParseWallTime(wall)).earlier;
}

WorkWeek WeekOf(std::initializer_list<int> iso_weekdays) {
  WorkWeek week;
  for (const int weekday : iso_weekdays) week.days[weekday - 1] = OfficeHours{};
  return week;
}

struct TestCity {
  const char* name;
  const char* zone;
  WorkWeek week = DefaultWeek();
};

const TestCity kIsfahan{"Isfahan", "Asia/Tehran", WeekOf({6, 7, 1, 2, 3})};
const TestCity kKuwait{"Kuwait", "Asia/Kuwait", WeekOf({7, 1, 2, 3, 4})};
const TestCity kXian{"Xi'an", "Asia/Shanghai"};
const TestCity kHavana{"Havana", "America/Havana"};
const TestCity kFlorence{"Florence", "Europe/Rome"};
const TestCity kHyderabad{"Hyderabad", "Asia/Kolkata"};

// Isfahan and its thirteen sister cities.
std::vector<TestCity> SisterCities() {
  return {kIsfahan,
          kXian,
          {"Kuala Lumpur", "Asia/Kuala_Lumpur"},
          {"Freiburg", "Europe/Berlin"},
          kFlorence,
          {"Barcelona", "Europe/Madrid"},
          kHavana,
          {"Lahore", "Asia/Karachi"},
          {"St Petersburg", "Europe/Moscow"},
          {"Iasi", "Europe/Bucharest"},
          {"Yerevan", "Asia/Yerevan"},
          {"Dakar", "Africa/Dakar"},
          {"Baalbek", "Asia/Beirut"},
          kKuwait};
}

SuggestRequest RequestOf(const std::vector<TestCity>& cities, const char* from, const char* until) {
  SuggestRequest request;
  request.window = {Utc(from), Utc(until)};
  request.now = request.window.begins - hours(24);
  for (const TestCity& city : cities) {
    WorkCalendar calendar;
    calendar.weeks = {city.week};
    request.cities.push_back({std::make_shared<CompiledCalendar>(
        std::make_shared<const WorkCalendar>(calendar), ZoneOf(city.zone),
        Interval{request.window.begins - hours(48), request.window.ends + hours(48)})});
  }
  return request;
}

// A person whose time is known around the window.
RequestPerson PersonOf(const SuggestRequest& request, int city, std::vector<Interval> busy) {
  const Interval around{request.window.begins - hours(48), request.window.ends + hours(48)};
  RequestPerson person;
  person.city = city;
  person.availability = std::make_shared<const CompiledAvailability>(
      Availability{std::move(busy), {}, {around}}, around);
  return person;
}

std::vector<std::string> NamesOf(const std::vector<TestCity>& cities,
                                 const std::vector<int>& indexes) {
  std::vector<std::string> names;
  for (const int index : indexes) names.push_back(cities[index].name);
  std::sort(names.begin(), names.end());
  return names;
}

struct CoverageRow {
  const char* rule;
  const char* from;
  const char* until;
  int best;
  std::vector<minutes> utc_times;
  std::vector<std::string> missing;
};

class SisterCityHours : public testing::TestWithParam<CoverageRow> {};

// On a Tuesday, a workday of all; 30-minute steps, 09-17, two hours.
TEST_P(SisterCityHours, AreCountedWithTheCitiesThatAreMissing) {
  const CoverageRow& row = GetParam();
  const std::vector<TestCity> cities = SisterCities();
  SuggestRequest request = RequestOf(cities, row.from, row.until);
  request.duration = hours(2);
  const auto result = Suggest(request);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->coverage.cities, 14);
  EXPECT_EQ(result->coverage.best, row.best);
  ASSERT_EQ(result->coverage.choices.size(), 1u);
  EXPECT_EQ(result->coverage.choices[0].utc_times, row.utc_times);
  EXPECT_EQ(NamesOf(cities, result->coverage.choices[0].missing), row.missing);
}

INSTANTIATE_TEST_SUITE_P(, SisterCityHours,
                         testing::Values(CoverageRow{"InJanuary",
                                                     "2027-01-01T00:00",
                                                     "2027-02-01T00:00",
                                                     11,
                                                     {hours(9), minutes(570), hours(10)},
                                                     {"Havana", "Kuala Lumpur", "Xi'an"}},
                                         CoverageRow{"InJuly",
                                                     "2027-07-01T00:00",
                                                     "2027-08-01T00:00",
                                                     12,
                                                     {hours(7)},
                                                     {"Dakar", "Havana"}}),
                         [](const auto& info) { return info.param.rule; });

TEST(Suggest, CommonWorkdaysOfThreeWeekendsAreMondayToWednesday) {
  SuggestRequest request =
      RequestOf({kIsfahan, kKuwait, kFlorence}, "2027-01-04T00:00", "2027-01-18T00:00");
  request.max_level = Level::kComfortable;
  request.max_suggestions = 50;
  const auto result = Suggest(request);
  ASSERT_TRUE(result.ok()) << result.status();
  std::set<unsigned> weekdays;
  for (const Suggestion& suggestion : result->suggestions) {
    weekdays.insert(suggestion.cities[0].weekday.iso_encoding());
  }
  EXPECT_EQ(weekdays, (std::set<unsigned>{1, 2, 3}));
}

TEST(Suggest, FridayInIsfahanIsTheWeekendNotABusyTime) {
  SuggestRequest request = RequestOf({kIsfahan, kFlorence}, "2027-01-15T06:00", "2027-01-15T14:00");
  request.max_level = Level::kEdge;
  request.persons = {PersonOf(request, 0, {})};
  const auto result = Suggest(request);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->suggestions.empty());
  ASSERT_FALSE(result->blocking.empty());
  EXPECT_EQ(result->blocking[0].blockers, (std::vector<Blocker>{{Rule::kLevel, 0}}));
  EXPECT_FALSE(result->relaxations.empty());
}

TEST(Suggest, SaysWhoseTimeBlocksWhenNothingFits) {
  SuggestRequest request = RequestOf({kIsfahan, kFlorence}, "2027-01-12T08:00", "2027-01-12T12:00");
  request.persons = {PersonOf(request, 0, {}), PersonOf(request, 1, {request.window})};
  const auto result = Suggest(request);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->suggestions.empty());
  ASSERT_FALSE(result->blocking.empty());
  EXPECT_EQ(result->blocking[0].blockers, (std::vector<Blocker>{{Rule::kBusy, 1}}));
  ASSERT_FALSE(result->relaxations.empty());
  EXPECT_LE(result->relaxations.size(), 3u);
}

TEST(Suggest, UnknownTimeIsToldAndNeverCalledFree) {
  SuggestRequest request = RequestOf({kIsfahan, kFlorence}, "2027-01-12T08:00", "2027-01-12T12:00");
  request.persons = {PersonOf(request, 0, {}), RequestPerson{.city = 1}};
  const auto result = Suggest(request);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_FALSE(result->suggestions.empty());
  for (const Suggestion& suggestion : result->suggestions) {
    EXPECT_TRUE(suggestion.unverified);
    EXPECT_EQ(suggestion.persons[0], PersonStatus::kFree);
    EXPECT_EQ(suggestion.persons[1], PersonStatus::kUnknown);
  }
}

TEST(Suggest, BuffersKeepTheSessionAwayFromWhatIsBooked) {
  SuggestRequest request = RequestOf({kFlorence}, "2027-01-12T08:00", "2027-01-12T12:00");
  request.persons = {PersonOf(request, 0, {{Utc("2027-01-12T08:00"), Utc("2027-01-12T09:00")}})};
  request.buffer_before = minutes(30);
  const auto result = Suggest(request);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_FALSE(result->suggestions.empty());
  EXPECT_GE(result->suggestions[0].begins, Utc("2027-01-12T09:30"));
}

TEST(Suggest, TheCityThatHasBorneMoreIsSparedNow) {
  SuggestRequest request = RequestOf({kHyderabad, kHavana}, "2027-01-12T00:00", "2027-01-13T00:00");
  const auto points_of_havana = [&](double hyderabad, double havana) {
    request.cities[0].ledger = hyderabad;
    request.cities[1].ledger = havana;
    const auto result = Suggest(request);
    return result->suggestions.at(0).cities[1].points;
  };
  EXPECT_GT(points_of_havana(100, 0), points_of_havana(0, 100));
}

TEST(Suggest, NightIsOfferedOnlyWhereNothingElseFits) {
  SuggestRequest request = RequestOf({kIsfahan, kHavana}, "2027-01-12T00:00", "2027-01-13T00:00");
  request.max_level = Level::kNight;
  const auto day = Suggest(request);
  ASSERT_TRUE(day.ok()) << day.status();
  for (const Suggestion& suggestion : day->suggestions) {
    for (const CityHour& city : suggestion.cities) EXPECT_LT(city.level, Level::kNight);
  }
  request.window = {Utc("2027-01-12T05:00"), Utc("2027-01-12T09:00")};
  const auto night = Suggest(request);
  ASSERT_FALSE(night->suggestions.empty());
  EXPECT_EQ(night->suggestions[0].cities[1].level, Level::kNight);
  request.max_level = Level::kHard;
  EXPECT_TRUE(Suggest(request)->suggestions.empty());
}

TEST(Suggest, InterpretersOfAPairMustBeFree) {
  SuggestRequest request = RequestOf({kIsfahan, kXian}, "2027-01-12T05:00", "2027-01-12T09:00");
  request.language_pairs = {{1}};
  const auto busy = PersonOf(request, 0, {{Utc("2027-01-12T05:00"), Utc("2027-01-12T08:00")}});
  request.interpreters = {{busy.availability, {0}}};
  const auto result = Suggest(request);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_FALSE(result->suggestions.empty());
  EXPECT_EQ(result->suggestions[0].begins, Utc("2027-01-12T08:00"));
  EXPECT_EQ(result->suggestions[0].interpreters, (std::vector<std::vector<int>>{{0}}));
}

// Slow and obvious: by each start's own quarters, the first suggestion's accounts, sorted from the
// worst, are the least there are.
TEST(Suggest, NoStartIsFairerThanTheFirst) {
  const std::vector<TestCity> cities = {kIsfahan, kXian, kHavana, kFlorence, kHyderabad};
  for (const double ledger : {0.0, 5.0, 40.0}) {
    SuggestRequest request = RequestOf(cities, "2026-10-20T00:00", "2026-11-12T00:00");
    request.cities[2].ledger = ledger;
    const auto accounts_at = [&](Instant begins) {
      std::vector<double> accounts;
      for (const RequestCity& city : request.cities) {
        const Level level = city.calendar->Over({begins, begins + request.duration}).level();
        if (level > request.max_level) return std::vector<double>{};
        accounts.push_back(city.ledger + PointsOf(level));
      }
      std::sort(accounts.rbegin(), accounts.rend());
      return accounts;
    };
    const auto result = Suggest(request);
    ASSERT_TRUE(result.ok()) << result.status();
    ASSERT_FALSE(result->suggestions.empty());
    const Suggestion& first = result->suggestions[0];
    const std::vector<double> best = accounts_at(first.begins);
    ASSERT_FALSE(best.empty());
    for (Instant at = request.window.begins; at + request.duration <= request.window.ends;
         at += minutes(30)) {
      const std::vector<double> accounts = accounts_at(at);
      double total = 0;
      for (const double account : accounts) total += account;
      const bool within_guard = total - ledger <= first.total_points;
      if (!accounts.empty() && within_guard) EXPECT_LE(best, accounts) << FormatInstant(at);
    }
  }
}

}  // namespace
}  // namespace neshast::scheduling
