#include "sessions/calendars.h"

#include <gtest/gtest.h>

#include <memory>

#include "neshast/v1/city.pb.h"
#include "sessions/zoned_time.h"

namespace neshast {
namespace {

TEST(ZonedTime, SaysWhichOfTwoEqualWallTimesIsMeant) {
  const auto zones = *ZoneDatabase::Open();
  const Zone& rome = **zones->Find("Europe/Rome");
  const Instant first = rome.Read(*ParseWallTime("2027-10-31T02:30")).earlier;
  for (const Instant instant : {first, first + std::chrono::hours(1)}) {
    v1::ZonedTime time = ZonedTimeAt(rome, zones->release(), instant);
    EXPECT_EQ(time.local_time(), "2027-10-31T02:30:00");
    ASSERT_TRUE(ResolveTime(*zones, "start_time", absl::UnixEpoch(), time).ok());
    EXPECT_EQ(time.instant().seconds(), instant.time_since_epoch().count());
  }
}

struct BurdenCase {
  const char* name;
  const char* begins;  // in Tehran, UTC+3:30
  int level;
};

// Saturday to Wednesday 08-16; 1 December 2026 is a Tuesday and here a holiday on the 2nd.
TEST(Burdens, TheHardestQuarterHourDecides) {
  constexpr BurdenCase kCases[] = {
      {"InOfficeHours", "2026-12-01T10:00", 0},
      {"FirstHourOfAll", "2026-12-01T07:00", 1},
      {"TheLastQuarterIsOutside", "2026-12-01T15:15", 1},
      {"Evening", "2026-12-01T18:00", 2},
      {"LateEvening", "2026-12-01T20:30", 3},
      {"RunsIntoTheNight", "2026-12-01T21:15", 4},
      {"Holiday", "2026-12-02T10:00", 3},
      {"Thursday", "2026-12-03T10:00", 3},
      {"Saturday", "2026-12-05T10:00", 0},
      {"NightOfAWeekend", "2026-12-04T23:00", 4},
  };
  const auto zones = *ZoneDatabase::Open();
  v1::City isfahan;
  isfahan.set_time_zone("Asia/Tehran");
  v1::WorkWeek& week = *isfahan.mutable_work_calendar()->add_weeks();
  for (const int weekday : {6, 7, 1, 2, 3}) {
    v1::WorkDay& day = *week.add_days();
    day.set_weekday(weekday);
    day.set_opens_minute(8 * 60);
    day.set_closes_minute(16 * 60);
  }
  v1::Holiday& holiday = *isfahan.mutable_work_calendar()->add_holidays();
  holiday.set_date("2026-12-02");
  holiday.set_kind(v1::Holiday::KIND_FULL);
  const Zone& tehran = **zones->Find("Asia/Tehran");
  for (const BurdenCase& each : kCases) {
    const Instant begins = tehran.Read(*ParseWallTime(each.begins)).earlier;
    const scheduling::Interval slot{begins, begins + std::chrono::hours(1)};
    const auto calendar = *CalendarOf(isfahan, *zones, slot);
    EXPECT_EQ(static_cast<int>(calendar->Over(slot).level()), each.level) << each.name;
  }
}

}  // namespace
}  // namespace neshast
