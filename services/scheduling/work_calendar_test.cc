// Weekends, half days, Ramadan and holidays in cities that differ in them.
#include "scheduling/work_calendar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "scheduling/scenario.h"

namespace neshast::scheduling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Thursday and Friday are the weekend.
WorkCalendar Kabul() {
  WorkCalendar calendar;
  calendar.weeks = {WeekOf({6, 7, 1, 2, 3})};
  return calendar;
}

// Friday noon is kept; Ramadan of 2026 has other hours and iftar.
WorkCalendar Lahore() {
  WorkCalendar calendar;
  calendar.weeks = {DefaultWeek(), WeekOf({1, 2, 3, 4}, {hours(10), hours(16)})};
  calendar.weeks[0].protected_windows = {{date::Friday, hours(12), hours(14)}};
  WorkWeek& ramadan = calendar.weeks[1];
  ramadan.days[4] = OfficeHours{hours(10), hours(13)};
  ramadan.valid_from = Day("2026-02-18");
  ramadan.valid_until = Day("2026-03-20");
  ramadan.ramadan = true;
  ramadan.protected_windows = {{std::nullopt, hours(18), minutes(1170)}};
  return calendar;
}

Holiday HolidayOn(const char* date, HolidayKind kind, HolidayStatus status) {
  Holiday holiday;
  holiday.date = Day(date);
  holiday.names = {{"en", "A day that differs"}};
  holiday.kind = kind;
  holiday.status = status;
  return holiday;
}

// 10 October 2026, a Saturday, is worked for the National Day week.
WorkCalendar Xian() {
  WorkCalendar calendar;
  calendar.holidays = {HolidayOn("2026-10-01", HolidayKind::kFull, HolidayStatus::kFixed),
                       HolidayOn("2026-10-10", HolidayKind::kMakeupWorkday, HolidayStatus::kFixed),
                       HolidayOn("2026-12-24", HolidayKind::kObservance, HolidayStatus::kFixed),
                       HolidayOn("2026-12-30", HolidayKind::kHalfMorning, HolidayStatus::kFixed)};
  return calendar;
}

// The Feast of Sacrifice, as computed for 2027 and as confirmed a day later.
WorkCalendar Kuwait2027() {
  WorkCalendar calendar;
  calendar.weeks = {WeekOf({7, 1, 2, 3, 4})};
  calendar.holidays = {HolidayOn("2027-05-16", HolidayKind::kFull, HolidayStatus::kComputed),
                       HolidayOn("2027-05-17", HolidayKind::kFull, HolidayStatus::kConfirmed)};
  return calendar;
}

struct Row {
  const char* rule;
  WorkCalendar (*calendar)();
  const char* zone;
  const char* wall;  // Begin of one hour.
  Level level;
  Reason reason;
};

class HoursOfCities : public testing::TestWithParam<Row> {};

TEST_P(HoursOfCities, HaveTheLevelAndTheReasonOfTheirWorstQuarter) {
  const Row& row = GetParam();
  const Instant begins = At(row.zone, row.wall);
  const SlotBurden slot = BurdenOf({begins, begins + hours(1)}, ZoneOf(row.zone), row.calendar());
  EXPECT_EQ(slot.burden.level(), row.level);
  EXPECT_EQ(slot.burden.reason(), row.reason);
}

constexpr Level k0 = Level::kComfortable;
constexpr Level k1 = Level::kEdge;
constexpr Level k2 = Level::kEarlyOrLate;
constexpr Level k3 = Level::kHard;
constexpr Level k4 = Level::kNight;
constexpr const char* kKabul = "Asia/Kabul";
constexpr const char* kLahore = "Asia/Karachi";
constexpr const char* kXian = "Asia/Shanghai";
constexpr const char* kKuwait = "Asia/Kuwait";

INSTANTIATE_TEST_SUITE_P(
    , HoursOfCities,
    testing::Values(
        Row{"KabulThursday", Kabul, kKabul, "2027-01-14T10:00", k3, Reason::kWeekend},
        Row{"KabulFriday", Kabul, kKabul, "2027-01-15T10:00", k3, Reason::kWeekend},
        Row{"KabulSaturday", Kabul, kKabul, "2027-01-16T10:00", k0, Reason::kInHours},
        Row{"ANightOfTheWeekend", Kabul, kKabul, "2027-01-15T02:00", k4, Reason::kNight},
        Row{"FridayNoon", Lahore, kLahore, "2027-01-15T12:00", k1, Reason::kProtected},
        Row{"FridayMorning", Lahore, kLahore, "2027-01-15T10:00", k0, Reason::kInHours},
        Row{"ThursdayNoon", Lahore, kLahore, "2027-01-14T12:00", k0, Reason::kInHours},
        Row{"RamadanNoon", Lahore, kLahore, "2026-03-02T12:00", k0, Reason::kInHours},
        Row{"RamadanBeforeTen", Lahore, kLahore, "2026-03-02T09:00", k1, Reason::kRamadan},
        Row{"RamadanAfternoon", Lahore, kLahore, "2026-03-02T16:00", k1, Reason::kRamadan},
        Row{"RamadanEvening", Lahore, kLahore, "2026-03-02T17:00", k2, Reason::kRamadan},
        Row{"Iftar", Lahore, kLahore, "2026-03-02T18:15", k3, Reason::kRamadan},
        Row{"RamadanFridayAfternoon", Lahore, kLahore, "2026-03-06T14:00", k2, Reason::kRamadan},
        Row{"TheDayBeforeRamadan", Lahore, kLahore, "2026-02-17T16:00", k0, Reason::kInHours},
        Row{"TheDayAfterRamadan", Lahore, kLahore, "2026-03-20T16:00", k0, Reason::kInHours},
        Row{"NationalDay", Xian, kXian, "2026-10-01T10:00", k3, Reason::kHoliday},
        Row{"AMakeUpSaturday", Xian, kXian, "2026-10-10T10:00", k0, Reason::kInHours},
        Row{"AnOrdinarySaturday", Xian, kXian, "2026-10-17T10:00", k3, Reason::kWeekend},
        Row{"AnObservance", Xian, kXian, "2026-12-24T10:00", k0, Reason::kInHours},
        Row{"AClosedMorning", Xian, kXian, "2026-12-30T10:00", k1, Reason::kHalfDay},
        Row{"TheOpenAfternoon", Xian, kXian, "2026-12-30T13:00", k0, Reason::kInHours},
        Row{"Computed", Kuwait2027, kKuwait, "2027-05-16T10:00", k2, Reason::kHoliday},
        Row{"Confirmed", Kuwait2027, kKuwait, "2027-05-17T10:00", k3, Reason::kHoliday},
        Row{"ComputedLateEvening", Kuwait2027, kKuwait, "2027-05-16T20:00", k3, Reason::kLate}),
    [](const auto& info) { return info.param.rule; });

TEST(WorkCalendars, AHalfDaySoftlyHardensButNeverMakesANight) {
  const Burden hard(Level::kHard, Reason::kLate);
  EXPECT_EQ(OneHarder(hard, Reason::kHalfDay), hard);
  EXPECT_EQ(OneHarder(Burden(), Reason::kTentative).level(), Level::kEdge);
}

TEST(WorkCalendars, LongDaysHaveTheirEdgesBeyondTheUsualClock) {
  WorkCalendar calendar;
  calendar.weeks = {WeekOf({1}, {hours(8), hours(20)})};
  const auto level = [&](const char* wall) {
    const Instant begins = At("Asia/Tehran", wall);
    return BurdenOf({begins, begins + hours(1)}, ZoneOf("Asia/Tehran"), calendar).burden.level();
  };
  EXPECT_EQ(level("2027-01-11T19:00"), Level::kComfortable);
  EXPECT_EQ(level("2027-01-11T20:00"), Level::kEdge);
  EXPECT_EQ(level("2027-01-11T21:00"), Level::kHard);
}

// In the weeks between the two continents' clock changes the same wall hour is another instant.
TEST(WorkCalendars, KeepTheirWallHoursOverClockChanges) {
  const Zone& rome = ZoneOf("Europe/Rome");
  for (const char* morning : {"2027-03-26T09:00", "2027-03-29T09:00", "2027-10-29T09:00"}) {
    const Instant begins = At("Europe/Rome", morning);
    EXPECT_EQ(BurdenOf({begins, begins + hours(8)}, rome, {}).burden.level(), Level::kComfortable);
    EXPECT_EQ(BurdenOf({begins, begins + minutes(481)}, rome, {}).burden.level(), Level::kEdge);
  }
}

struct OverlapRow {
  const char* city;
  double january;  // Hours in which it and Isfahan both are in office hours.
  double july;
};

class Overlaps : public testing::TestWithParam<OverlapRow> {};

double OverlapOn(const TestCity& city, const char* monday) {
  const SuggestRequest request = RequestOf({Isfahan(), city}, monday, monday);
  const Quarter first = QuarterOf(Utc(monday));
  int both = 0;
  for (Quarter at = first; at < first + kQuartersPerDay; ++at) {
    const Interval quarter{BeginOf(at), BeginOf(at + 1)};
    both += std::all_of(request.cities.begin(), request.cities.end(), [&](const auto& each) {
      return each.calendar->Over(quarter).level() == Level::kComfortable;
    });
  }
  return both / 4.0;
}

TEST_P(Overlaps, WithIsfahanAreAsCounted) {
  const std::vector<TestCity> cities = SisterCities();
  const auto city = std::find_if(cities.begin(), cities.end(),
                                 [](const TestCity& each) { return each.name == GetParam().city; });
  ASSERT_NE(city, cities.end());
  EXPECT_EQ(OverlapOn(*city, "2027-01-11T00:00"), GetParam().january);
  EXPECT_EQ(OverlapOn(*city, "2027-07-12T00:00"), GetParam().july);
}

INSTANTIATE_TEST_SUITE_P(
    , Overlaps,
    testing::Values(OverlapRow{"Xi'an", 3.5, 3.5}, OverlapRow{"Kuala Lumpur", 3.5, 3.5},
                    OverlapRow{"Freiburg", 5.5, 6.5}, OverlapRow{"Florence", 5.5, 6.5},
                    OverlapRow{"Barcelona", 5.5, 6.5}, OverlapRow{"Havana", 0.5, 0.5},
                    OverlapRow{"Lahore", 6.5, 6.5}, OverlapRow{"St Petersburg", 7.5, 7.5},
                    OverlapRow{"Iasi", 6.5, 7.5}, OverlapRow{"Yerevan", 7.5, 7.5},
                    OverlapRow{"Dakar", 4.5, 4.5}, OverlapRow{"Baalbek", 6.5, 7.5},
                    OverlapRow{"Kuwait", 7.5, 7.5}),
    [](const auto& info) {
      std::string name = info.param.city;
      name.erase(std::remove_if(name.begin(), name.end(), [](char c) { return !isalpha(c); }),
                 name.end());
      return name;
    });

}  // namespace
}  // namespace neshast::scheduling
