// The search for an hour, against answers that were worked out apart from it.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "scheduling/scenario.h"

namespace neshast::scheduling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct CoverageRow {
  const char* rule;
  const char* from;
  const char* until;
  OfficeHours hours;
  int best;
  std::vector<minutes> utc_times;
  std::vector<std::string> missing;
};

class SisterCityHours : public testing::TestWithParam<CoverageRow> {};

// 30-minute steps, two hours, in a whole month.
TEST_P(SisterCityHours, AreCountedWithTheCitiesThatAreMissing) {
  const CoverageRow& row = GetParam();
  const std::vector<TestCity> cities = SisterCities(row.hours);
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

constexpr OfficeHours kOffice{hours(9), hours(17)};
constexpr OfficeHours kLongDay{hours(8), hours(20)};
const std::vector<minutes> kEightToTen = {hours(8), minutes(510), hours(9), minutes(570),
                                          hours(10)};

INSTANTIATE_TEST_SUITE_P(, SisterCityHours,
                         testing::Values(CoverageRow{"InJanuary",
                                                     "2027-01-01T00:00",
                                                     "2027-02-01T00:00",
                                                     kOffice,
                                                     11,
                                                     {hours(9), minutes(570), hours(10)},
                                                     {"Havana", "Kuala Lumpur", "Xi'an"}},
                                         CoverageRow{"InJuly",
                                                     "2027-07-01T00:00",
                                                     "2027-08-01T00:00",
                                                     kOffice,
                                                     12,
                                                     {hours(7)},
                                                     {"Dakar", "Havana"}},
                                         CoverageRow{"InJanuaryWithLongDays",
                                                     "2027-01-01T00:00",
                                                     "2027-02-01T00:00",
                                                     kLongDay,
                                                     13,
                                                     kEightToTen,
                                                     {"Havana"}},
                                         CoverageRow{"InJulyWithLongDays",
                                                     "2027-07-01T00:00",
                                                     "2027-08-01T00:00",
                                                     kLongDay,
                                                     13,
                                                     kEightToTen,
                                                     {"Havana"}}),
                         [](const auto& info) { return info.param.rule; });

TEST(Suggest, CommonWorkdaysOfThreeWeekendsAreMondayToWednesday) {
  SuggestRequest request =
      RequestOf({Isfahan(), Kuwait(), City("Florence")}, "2027-01-04T00:00", "2027-01-18T00:00");
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
  SuggestRequest request =
      RequestOf({Isfahan(), City("Florence")}, "2027-01-15T06:00", "2027-01-15T14:00");
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
  SuggestRequest request =
      RequestOf({Isfahan(), City("Florence")}, "2027-01-12T08:00", "2027-01-12T12:00");
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
  SuggestRequest request =
      RequestOf({Isfahan(), City("Florence")}, "2027-01-12T08:00", "2027-01-12T12:00");
  request.persons = {PersonOf(request, 0, {}), RequestPerson()};
  request.persons[1].city = 1;
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
  SuggestRequest request = RequestOf({City("Florence")}, "2027-01-12T08:00", "2027-01-12T12:00");
  request.persons = {PersonOf(request, 0, {{Utc("2027-01-12T08:00"), Utc("2027-01-12T09:00")}})};
  request.buffer_before = minutes(30);
  const auto result = Suggest(request);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_FALSE(result->suggestions.empty());
  EXPECT_GE(result->suggestions[0].begins, Utc("2027-01-12T09:30"));
}

TEST(Suggest, TheCityThatHasBorneMoreIsSparedNow) {
  SuggestRequest request =
      RequestOf({City("Hyderabad"), City("Havana")}, "2027-01-12T00:00", "2027-01-13T00:00");
  const auto points_of_havana = [&](double hyderabad, double havana) {
    request.cities[0].ledger = hyderabad;
    request.cities[1].ledger = havana;
    const auto result = Suggest(request);
    return result->suggestions.at(0).cities[1].points;
  };
  EXPECT_GT(points_of_havana(100, 0), points_of_havana(0, 100));
}

TEST(Suggest, NightIsOfferedOnlyWhereNothingElseFits) {
  SuggestRequest request =
      RequestOf({Isfahan(), City("Havana")}, "2027-01-12T00:00", "2027-01-13T00:00");
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
  SuggestRequest request =
      RequestOf({Isfahan(), City("Xi'an")}, "2027-01-12T05:00", "2027-01-12T09:00");
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
  const std::vector<TestCity> cities = {Isfahan(), City("Xi'an"), City("Havana"), City("Florence"),
                                        City("Hyderabad")};
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
      if (!accounts.empty() && within_guard) {
        EXPECT_LE(best, accounts) << FormatInstant(at);
      }
    }
  }
}

}  // namespace
}  // namespace neshast::scheduling
