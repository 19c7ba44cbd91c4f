// The search for an hour, measured against the naive way (the wall time of every slot and person)
// and against the bare AND of the bitmaps. Prints CPU times (minimum of many runs) and ratios.
#include <date/date.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <random>
#include <vector>

#include "scheduling/ledger.h"
#include "scheduling/suggest.h"
#include "time/zone.h"

namespace neshast::scheduling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* kZones[] = {
    "Asia/Tehran",      "Asia/Shanghai", "Asia/Kuala_Lumpur", "Europe/Rome",
    "Europe/Bucharest", "Europe/Madrid", "Asia/Yerevan",      "Asia/Kuwait",
    "Europe/Berlin",    "Asia/Karachi",  "Europe/Moscow",     "Africa/Dakar",
    "Asia/Beirut",      "Europe/Warsaw", "Asia/Kolkata",      "America/Havana"};

const ZoneDatabase& Zones() {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return *zones;
}

Instant On(int year, unsigned month, unsigned day) {
  return date::sys_days(date::year(year) / static_cast<int>(month) / static_cast<int>(day));
}

// Least CPU time of one call, in microseconds.
template <typename Fn>
double Microseconds(int runs, Fn fn) {
  double least = 1e18;
  for (int i = 0; i < runs; ++i) {
    timespec before;
    timespec after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    fn();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    least = std::min(least, static_cast<double>(after.tv_sec - before.tv_sec) * 1e6 +
                                static_cast<double>(after.tv_nsec - before.tv_nsec) / 1e3);
  }
  return least;
}

std::shared_ptr<const WorkCalendar> Calendar(size_t city, Instant from) {
  WorkCalendar calendar;
  calendar.weeks = {DefaultWeek()};
  for (int i = 0; i < 20; ++i) {
    const auto day = date::floor<date::days>(from) + date::days(17 * i + static_cast<int>(city));
    calendar.holidays.push_back({date::local_days(day.time_since_epoch()),
                                 {{"en", "A holiday"}},
                                 HolidayKind::kFull,
                                 i % 4 == 0 ? HolidayStatus::kComputed : HolidayStatus::kFixed});
  }
  return std::make_shared<const WorkCalendar>(std::move(calendar));
}

void AddCities(SuggestRequest& request, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    RequestCity city;
    city.calendar = std::make_shared<const CompiledCalendar>(
        Calendar(i, request.window.begins), **Zones().Find(kZones[i % std::size(kZones)]),
        request.window);
    city.ledger = static_cast<double>(i * 7 % 5);
    request.cities.push_back(std::move(city));
  }
}

// About eight engagements a week, none on Wednesdays between 6 and 16 UTC, so that something fits.
Availability BusyYear(const Interval& window, std::mt19937& random) {
  Availability availability;
  availability.known = {{window.begins - date::days(2), window.ends + date::days(2)}};
  for (auto day = date::floor<date::days>(window.begins); day < window.ends; day += date::days(1)) {
    if (date::weekday(day) == date::Wednesday) continue;
    for (unsigned i = random() % 3; i > 0; --i) {
      const Instant begins = day + minutes(random() % 80 * 15);
      availability.busy.push_back({begins, begins + minutes(30 + random() % 8 * 15)});
    }
  }
  return availability;
}

struct People {
  std::vector<Availability> plain;
  std::vector<RequestPerson> persons;
};

People PeopleOf(const SuggestRequest& request, int count) {
  std::mt19937 random(7);
  People people;
  for (int i = 0; i < count; ++i) {
    people.plain.push_back(BusyYear(request.window, random));
    RequestPerson person;
    person.city = i % static_cast<int>(request.cities.size());
    person.availability =
        std::make_shared<const CompiledAvailability>(people.plain.back(), request.window);
    people.persons.push_back(std::move(person));
  }
  return people;
}

// What a first version would do: for every slot and person the wall time, its level and the diary.
int64_t Naive(const SuggestRequest& request, const People& people) {
  std::vector<const Zone*> zones;
  for (size_t i = 0; i < request.cities.size(); ++i) zones.push_back(*Zones().Find(kZones[i]));
  int64_t best = INT64_MAX;
  for (Instant slot = request.window.begins; slot + request.duration <= request.window.ends;
       slot += minutes(15)) {
    int64_t cost = 0;
    for (size_t i = 0; i < people.plain.size(); ++i) {
      const WallTime wall = zones[people.persons[i].city]->ToWall(slot);
      const auto day = date::floor<date::days>(wall);
      const auto hour = std::chrono::floor<hours>(wall - day).count();
      const unsigned weekday = date::weekday(day).iso_encoding();
      cost += weekday > 5 ? 8 : hour >= 9 && hour < 17 ? 0 : hour >= 7 && hour < 20 ? 3 : 20;
      const auto& busy = people.plain[i].busy;
      const auto next = std::upper_bound(
          busy.begin(), busy.end(), slot,
          [](Instant at, const Interval& interval) { return at < interval.begins; });
      const bool meets = (next != busy.end() && next->begins < slot + request.duration) ||
                         (next != busy.begin() && std::prev(next)->ends > slot);
      cost += meets ? 1000 : 0;
    }
    best = std::min(best, cost);
  }
  return best;
}

volatile int64_t sink;

void Search(const SuggestRequest& request) {
  const auto result = Suggest(request);
  if (!result.ok()) std::abort();
  sink = sink + static_cast<int64_t>(result->suggestions.size());
}

double BareAnd(const SuggestRequest& request) {
  return Microseconds(50, [&] {
    Bitmap all(request.persons.front().availability->busy().range());
    for (const RequestPerson& person : request.persons) all.OrWith(person.availability->busy());
    sink = sink + static_cast<int64_t>(all.words().back());
  });
}

void FiveHundredPeopleForAYear() {
  SuggestRequest request;
  request.window = {On(2027, 1, 1), On(2028, 1, 1)};
  request.now = request.window.begins;
  request.step = minutes(15);
  AddCities(request, std::size(kZones));
  const People people = PeopleOf(request, 500);
  const double naive = Microseconds(2, [&] { sink = sink + Naive(request, people); });
  request.persons = people.persons;
  const double bare = BareAnd(request);
  const auto report = [&](const char* what) {
    const double engine = Microseconds(30, [&] { Search(request); });
    std::printf("500 people, 1 year, %-38s %8.0f us  naive/engine %6.0f  engine/AND %5.1f  (%zu)\n",
                what, engine, naive / engine, engine / bare, Suggest(request)->suggestions.size());
  };
  std::printf("500 people, 1 year, naive %.0f us, bare AND %.1f us\n", naive, bare);
  report("all required");
  request.max_level = Level::kNight;
  report("all required, night allowed");
  for (size_t i = 0; i < 400; ++i) request.persons[i].required = i % 4 == 0;
  request.buffer_before = request.buffer_after = minutes(15);
  report("200 required, 300 optional, buffers");
  QuorumGroup group;
  for (int i = 0; i < 400; ++i) {
    if (i % 4 != 0) group.members.push_back(i);
  }
  group.needed = 200;
  request.groups = {group};
  report("the same with a quorum of 200 in 300");
  request.max_level = Level::kComfortable;
  request.persons = people.persons;
  request.groups.clear();
  report("all required, nothing fits");
}

void FourteenCitiesForNinetyDays() {
  const auto cold = [](int people) {
    SuggestRequest request;
    request.window = {On(2027, 1, 1), On(2027, 4, 1)};
    request.now = request.window.begins;
    request.duration = hours(2);
    AddCities(request, 14);
    request.persons = PeopleOf(request, people).persons;
    Search(request);
    return request;
  };
  std::printf("14 cities, 90 days, cold, no people:  %6.0f us\n",
              Microseconds(30, [&] { cold(0); }));
  std::printf("14 cities, 90 days, cold, 70 people:  %6.0f us (their diaries made up as well)\n",
              Microseconds(30, [&] { cold(70); }));
  const SuggestRequest warm = cold(70);
  std::printf("14 cities, 90 days, warm, 70 people:  %6.0f us\n",
              Microseconds(100, [&] { Search(warm); }));
}

}  // namespace
}  // namespace neshast::scheduling

int main() {
  neshast::scheduling::FourteenCitiesForNinetyDays();
  neshast::scheduling::FiveHundredPeopleForAYear();
}
