// Half a year of weekly meetings: what fairness with a memory does that fairness without one does
// not.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "scheduling/scenario.h"

namespace neshast::scheduling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int kWeeks = 26;

// Friday is Isfahan's only weekend here.
std::vector<TestCity> Circle() {
  return {{"Isfahan", "Asia/Tehran", WeekOf({6, 7, 1, 2, 3, 4})},
          City("Xi'an"),
          City("St Petersburg"),
          City("Hyderabad"),
          City("Barcelona"),
          City("Florence"),
          {"Krakow", "Europe/Warsaw"}};
}

std::vector<TestCity> CircleWithNikkoAndHavana() {
  std::vector<TestCity> cities = Circle();
  cities.push_back(City("Nikko"));
  cities.push_back(City("Havana"));
  return cities;
}

struct HalfYear {
  std::vector<double> borne;  // By city.
  std::set<minutes> utc_times;
};

// One hour on the Mondays from 30 November 2026, as the first suggestion says.
HalfYear Simulate(const std::vector<TestCity>& cities, bool with_ledger) {
  SuggestRequest request = RequestOf(cities, "2026-11-30T00:00", "2027-06-01T00:00");
  const Instant first = request.window.begins;
  HalfYear held{std::vector<double>(cities.size()), {}};
  for (int week = 0; week < kWeeks; ++week) {
    request.window = {first + date::days(7 * week), first + date::days(7 * week + 1)};
    for (size_t i = 0; with_ledger && i < cities.size(); ++i) {
      request.cities[i].ledger = held.borne[i];
    }
    const SuggestResult result = Answer(request);
    const Suggestion& chosen = result.suggestions.at(0);
    EXPECT_FALSE(chosen.exceeds_guard);
    held.utc_times.insert((chosen.begins - request.window.begins) / minutes(1) * minutes(1));
    for (size_t i = 0; i < cities.size(); ++i) held.borne[i] += chosen.cities[i].points;
  }
  return held;
}

double Total(const HalfYear& held) {
  return std::accumulate(held.borne.begin(), held.borne.end(), 0.0);
}

double Borne(const HalfYear& held, const std::vector<TestCity>& cities, const std::string& name) {
  const auto city = std::find_if(cities.begin(), cities.end(),
                                 [&](const TestCity& each) { return each.name == name; });
  return held.borne[city - cities.begin()];
}

TEST(Fairness, TheCircleOfIsfahanNeedsNoSacrifice) {
  const HalfYear held = Simulate(Circle(), true);
  EXPECT_EQ(Total(held), 0);
  EXPECT_LE(held.utc_times.size(), 3u);
}

TEST(Fairness, InWinterExactlyOneHalfHourSuitsTheCircle) {
  SuggestRequest request = RequestOf(Circle(), "2027-01-11T00:00", "2027-01-18T00:00");
  request.max_level = Level::kComfortable;
  const SuggestResult result = Answer(request);
  EXPECT_EQ(result.rules.back().left, 4) << "Monday to Thursday.";
  ASSERT_EQ(result.coverage.choices.size(), 1u);
  EXPECT_EQ(result.coverage.choices[0].utc_times, std::vector<minutes>{hours(8)});
}

TEST(Fairness, WithoutMemoryHavanaPaysForEver) {
  const std::vector<TestCity> cities = CircleWithNikkoAndHavana();
  const HalfYear held = Simulate(cities, false);
  EXPECT_EQ(held.utc_times.size(), 1u);
  EXPECT_EQ(Total(held), 364);
  EXPECT_EQ(Borne(held, cities, "Havana"), 208);
  EXPECT_EQ(Borne(held, cities, "Xi'an"), 78);
  EXPECT_EQ(Borne(held, cities, "Nikko"), 78);
}

TEST(Fairness, WithTheLedgerTheWorstOffBearsAThirdLess) {
  const std::vector<TestCity> cities = CircleWithNikkoAndHavana();
  const HalfYear held = Simulate(cities, true);
  EXPECT_EQ(held.utc_times.size(), 3u);
  EXPECT_EQ(Total(held), 425);
  EXPECT_EQ(Borne(held, cities, "Havana"), 133);
  EXPECT_EQ(Borne(held, cities, "Nikko"), 133);
  EXPECT_EQ(Borne(held, cities, "Xi'an"), 128);
  EXPECT_EQ(Borne(held, cities, "Hyderabad"), 31);
}

}  // namespace
}  // namespace neshast::scheduling
