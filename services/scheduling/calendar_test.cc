// The parts below the search, against days and hours that were looked up.
#include <gtest/gtest.h>

#include <memory>

#include "scheduling/availability.h"
#include "scheduling/compiled_calendar.h"
#include "scheduling/ledger.h"
#include "scheduling/scenario.h"

namespace neshast::scheduling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Interval Hour(const char* zone, const char* wall) {
  return {At(zone, wall), At(zone, wall) + hours(1)};
}

// Isfahan: Saturday to Wednesday, Thursday until 13:00, Nowruz, a computed Ashura, a half day.
WorkCalendar IsfahanCalendar() {
  WorkCalendar calendar;
  WorkWeek week = WeekOf({1, 2, 3, 6, 7});
  week.days[3] = OfficeHours{hours(9), hours(13)};
  calendar.weeks.push_back(week);
  calendar.holidays = {
      {Day("2027-03-21"), {{"en", "Nowruz"}}, HolidayKind::kFull, HolidayStatus::kFixed},
      {Day("2027-06-15"), {{"en", "Ashura"}}, HolidayKind::kFull, HolidayStatus::kComputed},
      {Day("2027-06-20"),
       {{"en", "A half day"}},
       HolidayKind::kHalfAfternoon,
       HolidayStatus::kFixed}};
  return calendar;
}

struct Row {
  const char* rule;
  const char* wall;  // Begin of one hour in Isfahan.
  Level level;
  Reason reason;
};

class HoursOfIsfahan : public testing::TestWithParam<Row> {};

TEST_P(HoursOfIsfahan, HaveTheLevelOfTheirWorstQuarter) {
  const Row& row = GetParam();
  const SlotBurden slot =
      BurdenOf(Hour("Asia/Tehran", row.wall), ZoneOf("Asia/Tehran"), IsfahanCalendar());
  EXPECT_EQ(slot.burden.level(), row.level);
  EXPECT_EQ(slot.burden.reason(), row.reason);
}

INSTANTIATE_TEST_SUITE_P(
    , HoursOfIsfahan,
    testing::Values(
        Row{"MondayMorning", "2027-01-11T09:00", Level::kComfortable, Reason::kInHours},
        Row{"UntilTheyClose", "2027-01-11T16:00", Level::kComfortable, Reason::kInHours},
        Row{"OverClosingTime", "2027-01-11T16:15", Level::kEdge, Reason::kEdge},
        Row{"AnHourBefore", "2027-01-11T08:00", Level::kEdge, Reason::kEdge},
        Row{"Early", "2027-01-11T07:00", Level::kEarlyOrLate, Reason::kEarly},
        Row{"Late", "2027-01-11T18:00", Level::kEarlyOrLate, Reason::kLate},
        Row{"Hard", "2027-01-11T06:00", Level::kHard, Reason::kEarly},
        Row{"HardInTheEvening", "2027-01-11T20:00", Level::kHard, Reason::kLate},
        Row{"NightFromTen", "2027-01-11T21:15", Level::kNight, Reason::kNight},
        Row{"NightUntilSix", "2027-01-11T05:15", Level::kNight, Reason::kNight},
        Row{"FridayIsTheWeekend", "2027-01-15T10:00", Level::kHard, Reason::kWeekend},
        Row{"SaturdayIsNot", "2027-01-16T10:00", Level::kComfortable, Reason::kInHours},
        Row{"ThursdayMorning", "2027-01-14T10:00", Level::kComfortable, Reason::kInHours},
        Row{"ThursdayAfternoonIsHarder", "2027-01-14T15:00", Level::kHard, Reason::kHalfDay},
        Row{"Nowruz", "2027-03-21T10:00", Level::kHard, Reason::kHoliday},
        Row{"AComputedHolidayWeighsLess", "2027-06-15T10:00", Level::kEarlyOrLate,
            Reason::kHoliday},
        Row{"TheMorningOfAHalfDay", "2027-06-20T10:00", Level::kComfortable, Reason::kInHours},
        Row{"TheAfternoonOfAHalfDay", "2027-06-20T14:00", Level::kEdge, Reason::kHalfDay}),
    [](const auto& info) { return info.param.rule; });

TEST(WorkCalendars, AWeekIsValidFromItsDateOn) {
  WorkCalendar calendar;  // Saudi Arabia, 2013: Thursday and Friday, then Friday and Saturday.
  calendar.weeks = {WeekOf({6, 7, 1, 2, 3}), WeekOf({7, 1, 2, 3, 4})};
  calendar.weeks[1].valid_from = Day("2013-06-29");
  const Zone& riyadh = ZoneOf("Asia/Riyadh");
  const auto level = [&](const char* wall) {
    return BurdenOf(Hour("Asia/Riyadh", wall), riyadh, calendar).burden.level();
  };
  EXPECT_EQ(level("2013-06-20T10:00"), Level::kHard);
  EXPECT_EQ(level("2013-06-22T10:00"), Level::kComfortable);
  EXPECT_EQ(level("2013-06-29T10:00"), Level::kHard);
  EXPECT_EQ(level("2013-07-04T10:00"), Level::kComfortable);
}

TEST(WorkCalendars, WithoutOneOfficesWorkFromMondayToFriday) {
  const SlotBurden friday =
      BurdenOf(Hour("Europe/Rome", "2027-01-15T10:00"), ZoneOf("Europe/Rome"), {});
  const SlotBurden saturday =
      BurdenOf(Hour("Europe/Rome", "2027-01-16T10:00"), ZoneOf("Europe/Rome"), {});
  EXPECT_EQ(friday.burden.level(), Level::kComfortable);
  EXPECT_EQ(saturday.burden.reason(), Reason::kWeekend);
}

// Slow and obvious: the compiled bytes are those of each quarter read by its own wall time.
TEST(CompiledCalendars, AgreeWithEachQuartersOwnWallTimeAcrossClockChanges) {
  for (const char* name : {"Europe/Rome", "America/Havana", "Asia/Tehran", "Australia/Lord_Howe",
                           "Asia/Kathmandu", "Asia/Shanghai"}) {
    const Zone& zone = ZoneOf(name);
    const auto calendar = std::make_shared<const WorkCalendar>(IsfahanCalendar());
    const Interval range{At("Etc/UTC", "2026-09-20T00:00"), At("Etc/UTC", "2027-04-20T00:00")};
    const CompiledCalendar compiled(calendar, zone, range);
    DayLevels levels(*calendar);
    for (Quarter quarter = compiled.range().first; quarter < compiled.range().last; ++quarter) {
      const WallTime wall = zone.ToWall(BeginOf(quarter));
      const date::local_days day = date::floor<date::days>(wall);
      std::vector<const Holiday*> holidays;
      for (const Holiday& holiday : calendar->holidays) {
        if (holiday.date == day) holidays.push_back(&holiday);
      }
      ASSERT_EQ(compiled.burdens()[quarter - compiled.range().first],
                levels.On(day, holidays)[(wall - day) / kQuarterLength])
          << name << " " << FormatWallTime(wall);
    }
  }
}

TEST(CompiledCalendars, NameTheHolidayAndTheClockChangeNearby) {
  const auto calendar = std::make_shared<const WorkCalendar>(IsfahanCalendar());
  const Interval year{At("Etc/UTC", "2027-01-01T00:00"), At("Etc/UTC", "2028-01-01T00:00")};
  const CompiledCalendar rome(calendar, ZoneOf("Europe/Rome"), year);
  const Holiday* nowruz = rome.HolidayOver(Hour("Europe/Rome", "2027-03-21T10:00"));
  ASSERT_NE(nowruz, nullptr);
  EXPECT_EQ(nowruz->names.at("en"), "Nowruz");
  EXPECT_EQ(rome.HolidayOver(Hour("Europe/Rome", "2027-03-22T10:00")), nullptr);
  EXPECT_TRUE(rome.ClockChangeNear(Hour("Europe/Rome", "2027-03-29T10:00")));
  EXPECT_FALSE(rome.ClockChangeNear(Hour("Europe/Rome", "2027-04-12T10:00")));
}

TEST(Availability, UnknownIsNotFreeAndTimesAreRoundedAgainstTheSearch) {
  const Instant noon = At("Etc/UTC", "2027-01-11T12:00");
  const Interval day{noon - hours(12), noon + hours(12)};
  const CompiledAvailability mayor({{{noon + minutes(7), noon + minutes(16)}},
                                    {{noon + hours(2), noon + hours(3)}},
                                    {{noon - minutes(5), noon + hours(4) + minutes(5)}}},
                                   day);
  const Quarter at = QuarterOf(noon);
  EXPECT_EQ(mayor.busy().Count(), 2);
  EXPECT_TRUE(mayor.busy().Test(at) && mayor.busy().Test(at + 1));
  EXPECT_EQ(mayor.tentative().Count(), 4);
  EXPECT_TRUE(mayor.unknown().Test(at - 1));
  EXPECT_FALSE(mayor.unknown().Test(at));
  EXPECT_FALSE(mayor.unknown().Test(at + 15));
  EXPECT_TRUE(mayor.unknown().Test(at + 16));
}

TEST(Bitmaps, AWidenedOneHoldsTheStartsThatWouldMeetABit) {
  const Instant begin = At("Etc/UTC", "2027-01-11T00:00");
  Bitmap busy(GridRange::Around({begin, begin + hours(96)}));
  const Quarter first = busy.range().first;
  for (const int at : {70, 127, 128, 200}) busy.Set(first + at);
  for (const int before : {0, 3, 32}) {
    for (const int after : {1, 8, 96}) {
      Bitmap starts = busy;
      starts.Widen(before, after);
      for (Quarter at = first + before; at < busy.range().last; ++at) {
        ASSERT_EQ(starts.Test(at), busy.AnyIn(at - before, at + after))
            << before << " " << after << " " << at - first;
      }
    }
  }
}

TEST(Ledgers, KeepWhatEachCityHasBorne) {
  const Instant as_of = At("Etc/UTC", "2026-12-31T00:00");
  const Ledger ledger({{as_of - hours(72),
                        false,
                        {{"cities/isfahan", Level::kEdge}, {"cities/havana", Level::kHard}},
                        {"cities/xian"}},
                       {as_of - hours(48), true, {{"cities/isfahan", Level::kNight}}, {}},
                       {as_of + hours(48), false, {{"cities/isfahan", Level::kNight}}, {}}},
                      as_of);
  EXPECT_DOUBLE_EQ(ledger.BalanceOf("cities/isfahan"), 1);
  EXPECT_DOUBLE_EQ(ledger.BalanceOf("cities/havana"), 8);
  EXPECT_DOUBLE_EQ(ledger.BalanceOf("cities/xian"), 4.5);   // Excused: the mean of the others.
  EXPECT_DOUBLE_EQ(ledger.BalanceOf("cities/dakar"), 4.5);  // New: the mean of all.
}

TEST(Ledgers, KeepNineTenthsOverNewYear) {
  const Instant held = At("Etc/UTC", "2026-12-30T00:00");
  const Ledger ledger({{held, false, {{"cities/havana", Level::kNight}}, {}}},
                      At("Etc/UTC", "2027-01-02T00:00"));
  EXPECT_DOUBLE_EQ(ledger.BalanceOf("cities/havana"), 18);
}

}  // namespace
}  // namespace neshast::scheduling
