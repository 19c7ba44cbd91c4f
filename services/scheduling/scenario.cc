#include "scheduling/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

namespace neshast::scheduling {
namespace {

constexpr date::days kBeyond{40};

const std::map<std::string, std::string>& ZonesByCity() {
  static const std::map<std::string, std::string> kZones = {
      {"Xi'an", "Asia/Shanghai"},     {"Kuala Lumpur", "Asia/Kuala_Lumpur"},
      {"Freiburg", "Europe/Berlin"},  {"Florence", "Europe/Rome"},
      {"Barcelona", "Europe/Madrid"}, {"Havana", "America/Havana"},
      {"Lahore", "Asia/Karachi"},     {"St Petersburg", "Europe/Moscow"},
      {"Iasi", "Europe/Bucharest"},   {"Yerevan", "Asia/Yerevan"},
      {"Dakar", "Africa/Dakar"},      {"Baalbek", "Asia/Beirut"},
      {"Hyderabad", "Asia/Kolkata"},  {"Nikko", "Asia/Tokyo"}};
  return kZones;
}

Interval Around(const Interval& window) {
  return {window.begins - kBeyond, window.ends + kBeyond};
}

}  // namespace

const Zone& ZoneOf(const std::string& name) {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return **zones->Find(name);
}

Instant Utc(const char* wall) {
  return Instant(ParseWallTime(wall)->time_since_epoch());
}

Instant At(const std::string& zone, const char* wall) {
  return ZoneOf(zone).Read(*ParseWallTime(wall)).earlier;
}

date::local_days Day(const std::string& iso_date) {
  return date::floor<date::days>(*ParseWallTime(iso_date + "T00:00"));
}

WorkWeek WeekOf(std::initializer_list<int> iso_weekdays, OfficeHours hours) {
  WorkWeek week;
  for (const int weekday : iso_weekdays) week.days[weekday - 1] = hours;
  return week;
}

TestCity Isfahan() {
  return {"Isfahan", "Asia/Tehran", WeekOf({6, 7, 1, 2, 3})};
}

TestCity Kuwait() {
  return {"Kuwait", "Asia/Kuwait", WeekOf({7, 1, 2, 3, 4})};
}

TestCity City(const std::string& name) {
  return {name, ZonesByCity().at(name)};
}

std::vector<TestCity> SisterCities(OfficeHours hours) {
  std::vector<TestCity> cities = {Isfahan(), Kuwait()};
  for (const char* name : {"Xi'an", "Kuala Lumpur", "Florence", "Iasi", "Barcelona", "Yerevan",
                           "Freiburg", "Havana", "Lahore", "St Petersburg", "Dakar", "Baalbek"}) {
    cities.push_back(City(name));
  }
  for (TestCity& city : cities) {
    for (auto& day : city.week.days) {
      if (day) day = hours;
    }
  }
  return cities;
}

std::shared_ptr<const CompiledCalendar> Compiled(const WorkCalendar& calendar,
                                                 const std::string& zone, const Interval& window) {
  return std::make_shared<const CompiledCalendar>(std::make_shared<const WorkCalendar>(calendar),
                                                  ZoneOf(zone), Around(window));
}

SlotBurden BurdenOf(const Interval& slot, const Zone& zone, const WorkCalendar& calendar) {
  // The caller's calendar outlives the call, so it is borrowed.
  const CompiledCalendar compiled(
      std::shared_ptr<const WorkCalendar>(std::shared_ptr<void>(), &calendar), zone, slot);
  SlotBurden result{compiled.Over(slot), std::nullopt};
  if (const Holiday* holiday = compiled.HolidayOver(slot)) result.holiday = *holiday;
  return result;
}

SuggestRequest RequestOf(const std::vector<TestCity>& cities, const char* from, const char* until) {
  SuggestRequest request;
  request.window = {Utc(from), Utc(until)};
  request.now = request.window.begins - date::days(1);
  for (const TestCity& city : cities) {
    WorkCalendar calendar;
    calendar.weeks = {city.week};
    RequestCity& added = request.cities.emplace_back();
    added.calendar = Compiled(calendar, city.zone, request.window);
  }
  return request;
}

std::shared_ptr<const CompiledAvailability> Diary(const SuggestRequest& request,
                                                  std::vector<Interval> busy,
                                                  std::vector<Interval> tentative) {
  const Interval around = Around(request.window);
  return std::make_shared<const CompiledAvailability>(
      Availability{std::move(busy), std::move(tentative), {around}}, around);
}

RequestPerson PersonOf(const SuggestRequest& request, int city, std::vector<Interval> busy) {
  RequestPerson person;
  person.city = city;
  person.availability = Diary(request, std::move(busy));
  return person;
}

SuggestResult Answer(const SuggestRequest& request) {
  auto result = Suggest(request);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : SuggestResult{};
}

std::vector<std::string> NamesOf(const std::vector<TestCity>& cities,
                                 const std::vector<int>& indexes) {
  std::vector<std::string> names;
  for (const int index : indexes) names.push_back(cities[index].name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace neshast::scheduling
