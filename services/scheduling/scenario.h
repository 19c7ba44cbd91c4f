// Cities, diaries and requests for the tests of this folder. Dates and zones are real.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "scheduling/suggest.h"
#include "time/zone.h"

namespace neshast::scheduling {

// Of the system's tzdata.
const Zone& ZoneOf(const std::string& name);

// "2027-01-12T08:00" in UTC, or in a zone.
Instant Utc(const char* wall);
Instant At(const std::string& zone, const char* wall);
// "2027-01-12"
date::local_days Day(const std::string& iso_date);

// 09-17 on these ISO weekdays.
WorkWeek WeekOf(std::initializer_list<int> iso_weekdays, OfficeHours hours = {});

struct TestCity {
  std::string name;
  std::string zone;
  WorkWeek week = DefaultWeek();
};

// Saturday to Wednesday.
TestCity Isfahan();
// Sunday to Thursday.
TestCity Kuwait();
// Monday to Friday.
TestCity City(const std::string& name);
// Isfahan and its thirteen sister cities.
std::vector<TestCity> SisterCities(OfficeHours hours = {});

std::shared_ptr<const CompiledCalendar> Compiled(const WorkCalendar& calendar,
                                                 const std::string& zone, const Interval& window);

// How hard `slot` is for people who keep `calendar` in `zone`: the worst quarter hour decides.
// Half-open, not empty, at most 24 hours.
struct SlotBurden {
  Burden burden;
  std::optional<Holiday> holiday;  // The one that weighs most on the slot's local dates.
};
SlotBurden BurdenOf(const Interval& slot, const Zone& zone, const WorkCalendar& calendar);

// The calendars reach 40 days beyond the window; now is a day before it.
SuggestRequest RequestOf(const std::vector<TestCity>& cities, const char* from, const char* until);

// Known to be free around the request's window but for these.
std::shared_ptr<const CompiledAvailability> Diary(const SuggestRequest& request,
                                                  std::vector<Interval> busy,
                                                  std::vector<Interval> tentative = {});
RequestPerson PersonOf(const SuggestRequest& request, int city, std::vector<Interval> busy);

// Fails the test where the request is refused.
SuggestResult Answer(const SuggestRequest& request);

std::vector<std::string> NamesOf(const std::vector<TestCity>& cities,
                                 const std::vector<int>& indexes);

}  // namespace neshast::scheduling
