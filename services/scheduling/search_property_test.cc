// The search against the oracle on random requests. Every failure prints its seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "scheduling/relaxations.h"
#include "scheduling/scenario.h"
#include "scheduling/slow_search.h"

namespace neshast::scheduling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct Case {
  SuggestRequest request;
  PlainDiaries diaries;
};

// Zones with half and quarter hours, with clock changes at midnight, and of half an hour.
constexpr const char* kZones[] = {"Asia/Tehran",       "Asia/Kathmandu", "America/Havana",
                                  "Europe/Rome",       "Asia/Kabul",     "Australia/Lord_Howe",
                                  "Africa/Casablanca", "Asia/Shanghai"};
// Around clock changes of Rome, Havana and Lord Howe, and a quiet week.
constexpr const char* kBegins[] = {"2027-03-26T13:00", "2027-03-12T05:10", "2026-10-30T00:00",
                                   "2027-04-02T09:07", "2027-01-12T08:00"};

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Case Make() {
    Case made;
    SuggestRequest& request = made.request;
    request.window.begins = Utc(kBegins[Below(5)]);
    request.window.ends = request.window.begins + hours(6 + Below(70));
    request.now = request.window.begins + hours(5) - minutes(Below(1000));
    request.minimum_notice = minutes(Below(4) * 45);
    request.duration = minutes(15 + Below(150));
    request.buffer_before = minutes(Below(3) * 20);
    request.buffer_after = minutes(Below(3) * 20);
    request.step = minutes(Below(3) == 0 ? 15 : Below(2) == 0 ? 30 : 60);
    request.max_level = static_cast<Level>(1 + Below(4));
    request.max_suggestions = 1 + Below(8);
    const int cities = 1 + Below(4);
    for (int i = 0; i < cities; ++i) AddCity(request);
    request.host = Below(cities);
    for (int i = Below(6); i > 0; --i) AddPerson(made);
    AddGroupAndInterpreters(made);
    return made;
  }

 private:
  int Below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

  void AddCity(SuggestRequest& request) {
    WorkCalendar calendar;
    const WorkWeek weeks[] = {DefaultWeek(), WeekOf({6, 7, 1, 2, 3}), WeekOf({7, 1, 2, 3, 4}),
                              WeekOf({1, 2, 3, 4, 5, 6, 7}, {hours(7), hours(22)})};
    calendar.weeks = {weeks[Below(4)]};
    const auto day = date::floor<date::days>(request.window.begins) + date::days(Below(3));
    Holiday holiday;
    holiday.date = date::local_days(day.time_since_epoch());
    holiday.kind = static_cast<HolidayKind>(Below(5));
    holiday.status = static_cast<HolidayStatus>(Below(3));
    if (Below(2) == 0) calendar.holidays = {holiday};
    RequestCity& city = request.cities.emplace_back();
    city.calendar = Compiled(calendar, kZones[Below(8)], request.window);
    city.ledger = Below(3) == 0 ? Below(30) : 0;
    if (Below(4) == 0) city.max_level = static_cast<Level>(Below(5));
    if (Below(4) == 0) city.forbidden_dates = {holiday.date};
  }

  std::vector<Interval> Times(const Interval& window, int count) {
    std::vector<Interval> times;
    const int span = static_cast<int>((window.ends - window.begins) / minutes(1)) + 600;
    for (; count > 0; --count) {
      const Instant begins = window.begins - minutes(300) + minutes(Below(span));
      times.push_back({begins, begins + minutes(Below(300))});
    }
    return times;
  }

  std::optional<Availability> MaybeDiary(const Interval& window) {
    if (Below(6) == 0) return std::nullopt;
    Availability diary{Times(window, Below(5)), Times(window, Below(3)), {}};
    if (Below(3) == 0) {
      diary.known = Times(window, Below(8));
    } else {
      diary.known = {{window.begins - hours(72), window.ends + hours(72)}};
    }
    return diary;
  }

  std::shared_ptr<const CompiledAvailability> CompiledDiary(
      const std::optional<Availability>& diary, const Interval& window) {
    if (!diary) return nullptr;
    return std::make_shared<const CompiledAvailability>(
        *diary, Interval{window.begins - hours(60), window.ends + hours(60)});
  }

  void AddPerson(Case& made) {
    SuggestRequest& request = made.request;
    made.diaries.persons.push_back(MaybeDiary(request.window));
    RequestPerson person;
    person.city = Below(static_cast<int>(request.cities.size()));
    person.required = Below(3) != 0;
    person.weight = 1 + Below(3);
    person.availability = CompiledDiary(made.diaries.persons.back(), request.window);
    if (Below(4) == 0) person.daily_limit = minutes(120 + Below(300));
    request.persons.push_back(std::move(person));
  }

  void AddGroupAndInterpreters(Case& made) {
    SuggestRequest& request = made.request;
    if (Below(3) == 0 && !request.persons.empty()) {
      QuorumGroup group;
      for (int i = 0; i < static_cast<int>(request.persons.size()); ++i) group.members.push_back(i);
      group.needed = Below(static_cast<int>(group.members.size()) + 1);
      request.groups.push_back(std::move(group));
    }
    const int pairs = Below(4);
    for (int i = 0; i < pairs; ++i) request.language_pairs.push_back({1 + Below(2)});
    for (int i = pairs == 0 ? 0 : 2 + Below(6); i > 0; --i) {
      made.diaries.interpreters.push_back(MaybeDiary(request.window));
      RequestInterpreter interpreter;
      interpreter.availability = CompiledDiary(made.diaries.interpreters.back(), request.window);
      for (int pair = 0; pair < pairs; ++pair) {
        if (Below(2) == 0) interpreter.pairs.push_back(pair);
      }
      request.interpreters.push_back(std::move(interpreter));
    }
  }

  std::mt19937 random_;
};

const SlowStart& StartAt(const std::vector<SlowStart>& starts, Instant begins) {
  return *std::find_if(starts.begin(), starts.end(),
                       [&](const SlowStart& start) { return start.begins == begins; });
}

bool Dominates(const SlowStart& a, const SlowStart& b) {
  return a.total < b.total &&
         std::equal(a.levels.begin(), a.levels.end(), b.levels.begin(), std::less_equal<>());
}

void ExpectSuggestionsHold(const SuggestRequest& request, const SuggestResult& result,
                           const std::vector<SlowStart>& slow) {
  const CompiledCalendar& host = *request.cities[request.host].calendar;
  const auto day_of = [&](Instant at) { return date::floor<date::days>(host.ToWall(at)); };
  std::set<std::pair<date::local_days, int>> day_parts;
  for (const Suggestion& suggestion : result.suggestions) {
    const SlowStart& start = StartAt(slow, suggestion.begins);
    EXPECT_TRUE(start.fits);
    EXPECT_EQ(suggestion.unverified, start.unverified);
    EXPECT_EQ(suggestion.total_points, start.total);
    for (size_t city = 0; city < start.levels.size(); ++city) {
      EXPECT_EQ(suggestion.cities[city].level, start.levels[city]);
    }
    const auto day = day_of(suggestion.begins);
    EXPECT_TRUE(
        day_parts.emplace(day, static_cast<int>((host.ToWall(suggestion.begins) - day) / hours(6)))
            .second);
    for (const SlowStart& other : slow) {
      const bool rivals =
          other.fits && day_of(other.begins) == day && (start.unverified || !other.unverified);
      EXPECT_FALSE(rivals && Dominates(other, start)) << FormatInstant(other.begins);
    }
  }
}

int CountFitting(const std::vector<SlowStart>& starts) {
  return static_cast<int>(std::count_if(starts.begin(), starts.end(),
                                        [](const SlowStart& start) { return start.fits; }));
}

TEST(Search, AgreesWithTheSlowAndObviousOneOnRandomRequests) {
  int fitting = 0;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Case made = Maker(seed).Make();
    const SuggestResult result = Answer(made.request);
    const std::vector<SlowStart> slow = SlowSearch(made.request, made.diaries);
    ASSERT_EQ(result.starts, static_cast<int>(slow.size()));
    ASSERT_EQ(result.rules.back().left, CountFitting(slow));
    int most_in_hours = 0;
    for (const SlowStart& start : slow) most_in_hours = std::max(most_in_hours, start.in_hours);
    EXPECT_EQ(result.coverage.best, most_in_hours);
    const SlowStart* best = SlowBest(slow);
    ASSERT_EQ(result.suggestions.empty(), best == nullptr);
    if (best == nullptr) continue;
    ++fitting;
    EXPECT_EQ(result.suggestions[0].begins, best->begins);
    ExpectSuggestionsHold(made.request, result, slow);
    if (HasFailure()) return;
  }
  EXPECT_GT(fitting, 25) << "The random requests are too hard to show anything.";
}

SuggestRequest Without(SuggestRequest request, const Blocker& blocker) {
  switch (blocker.rule) {
    case Rule::kNotice:
      request.minimum_notice = minutes(0);
      break;
    case Rule::kForbiddenDate:
      request.cities[blocker.index].forbidden_dates.clear();
      break;
    case Rule::kSeriesTimes:
      request.series_times.clear();
      break;
    case Rule::kBusy:
      request.persons[blocker.index].required = false;
      break;
    case Rule::kDailyLimit:
      request.persons[blocker.index].daily_limit.reset();
      break;
    case Rule::kQuorum:
      request.groups[blocker.index].needed = 0;
      break;
    case Rule::kInterpreters:
      for (size_t pair = 0; pair < request.language_pairs.size(); ++pair) {
        const bool all = blocker.index < 0;
        if (all || static_cast<int>(pair) == blocker.index) request.language_pairs[pair].needed = 0;
      }
      break;
    case Rule::kLevel:
      request.cities[blocker.index].max_level = Level::kNight;
      break;
  }
  return request;
}

// One pair less may serve others; a day without limit may make a quorum; who may be absent makes no
// hour harder by being tentative.
bool MayFallWithAnother(Rule rule) {
  return rule == Rule::kInterpreters || rule == Rule::kQuorum || rule == Rule::kLevel;
}

// Lifting all of a set makes something fit; all but one leaves its example forbidden.
TEST(Search, NamesMinimalBlockersAndRelaxationsThatWork) {
  int empty = 0;
  for (unsigned seed = 1000; seed < 1080; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Case made = Maker(seed).Make();
    const SuggestResult result = Answer(made.request);
    if (!result.suggestions.empty() || result.starts == 0) continue;
    ++empty;
    ASSERT_FALSE(result.blocking.empty());
    for (const BlockingSet& set : result.blocking) {
      SuggestRequest lifted = made.request;
      for (const Blocker& blocker : set.blockers) lifted = Without(std::move(lifted), blocker);
      EXPECT_NE(SlowBest(SlowSearch(lifted, made.diaries)), nullptr);
      for (const Blocker& kept : set.blockers) {
        if (MayFallWithAnother(kept.rule)) continue;
        SuggestRequest all_but_one = made.request;
        for (const Blocker& blocker : set.blockers) {
          if (!(blocker == kept)) all_but_one = Without(std::move(all_but_one), blocker);
        }
        EXPECT_FALSE(StartAt(SlowSearch(all_but_one, made.diaries), set.example).fits);
      }
    }
    EXPECT_LE(result.relaxations.size(), 3u);
    for (const Relaxation& relaxation : result.relaxations) {
      const SuggestRequest relaxed = Relaxed(made.request, relaxation.steps);
      const std::vector<SlowStart> slow = SlowSearch(relaxed, made.diaries);
      const SlowStart* best = SlowBest(slow);
      ASSERT_NE(best, nullptr);
      EXPECT_EQ(best->begins, relaxation.example);
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(empty, 10) << "The random requests are too easy to show anything.";
}

}  // namespace
}  // namespace neshast::scheduling
