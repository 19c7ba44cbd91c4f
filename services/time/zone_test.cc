#include "time/zone.h"

#include <gtest/gtest.h>

#include <memory>

#include "errors.h"
#include "time/solar_hijri.h"

namespace neshast {
namespace {

const ZoneDatabase& Zones() {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return *zones;
}

struct Case {
  const char* rule;
  const char* wall;
  const char* zone;
  const char* instant;
};

class UniqueTimes : public testing::TestWithParam<Case> {};

TEST_P(UniqueTimes, AreReadAndShownByTheZonesRules) {
  const Case& row = GetParam();
  const Zone& zone = **Zones().Find(row.zone);
  const WallTime wall = *ParseWallTime(row.wall);
  const Reading reading = zone.Read(wall);
  EXPECT_EQ(reading.kind, Reading::Kind::kUnique);
  EXPECT_EQ(FormatInstant(reading.earlier), row.instant);
  EXPECT_EQ(zone.ToWall(reading.earlier), wall);
}

INSTANTIATE_TEST_SUITE_P(
    , UniqueTimes,
    testing::Values(
        Case{"TehranBeforeTheLawChanged", "2022-07-01T10:00", "Asia/Tehran",
             "2022-07-01T05:30:00Z"},
        Case{"TehranAfter", "2023-07-01T10:00", "Asia/Tehran", "2023-07-01T06:30:00Z"},
        Case{"TheSummitOf2020", "2020-07-18T16:30", "Asia/Tehran", "2020-07-18T12:00:00Z"},
        Case{"AlmatyBeforeOneZone", "2024-02-01T10:00", "Asia/Almaty", "2024-02-01T04:00:00Z"},
        Case{"AlmatyAfter", "2024-03-02T10:00", "Asia/Almaty", "2024-03-02T05:00:00Z"},
        Case{"KathmanduThreeQuarters", "2026-12-01T10:00", "Asia/Kathmandu",
             "2026-12-01T04:15:00Z"},
        Case{"NewYorkAfter2037", "2040-07-01T10:00", "America/New_York", "2040-07-01T14:00:00Z"}),
    [](const auto& info) { return info.param.rule; });

TEST(Readings, HavanaSkipsMidnightAndBothReadingsAreGiven) {
  const Reading reading =
      (*Zones().Find("America/Havana"))->Read(*ParseWallTime("2026-03-08T00:30"));
  EXPECT_EQ(reading.kind, Reading::Kind::kSkipped);
  EXPECT_EQ(FormatInstant(reading.earlier), "2026-03-08T04:30:00Z");
  EXPECT_EQ(FormatInstant(reading.later), "2026-03-08T05:30:00Z");
}

TEST(Readings, FlorenceRepeatsAnHourInOctober) {
  const Reading reading = (*Zones().Find("Europe/Rome"))->Read(*ParseWallTime("2026-10-25T02:30"));
  EXPECT_EQ(reading.kind, Reading::Kind::kRepeated);
  EXPECT_EQ(FormatInstant(reading.earlier), "2026-10-25T00:30:00Z");
  EXPECT_EQ(FormatInstant(reading.later), "2026-10-25T01:30:00Z");
}

TEST(Segments, CoverTheWindowAndAgreeWithTheClock) {
  for (const char* name : {"Europe/Rome", "Asia/Tehran", "Africa/Casablanca", "America/Havana"}) {
    const Zone& zone = **Zones().Find(name);
    const Instant begins = zone.Read(*ParseWallTime("2022-01-01T00:00")).earlier;
    const Instant ends = zone.Read(*ParseWallTime("2024-01-01T00:00")).earlier;
    Instant at = begins;
    for (const OffsetSegment& segment : zone.Segments(begins, ends)) {
      EXPECT_EQ(segment.begins, at);
      EXPECT_EQ(zone.OffsetAt(segment.begins), segment.offset);
      EXPECT_EQ(zone.OffsetAt(segment.ends - std::chrono::seconds(1)), segment.offset);
      at = segment.ends;
    }
    EXPECT_EQ(at, ends);
  }
}

TEST(Names, OnlyIanaNamesAreTaken) {
  EXPECT_TRUE(Zones().Find("Asia/Calcutta").ok());
  for (const char* name : {"", "+03:30", "IRST", "EST", "Etc/GMT+3", "../etc/passwd", "asia/tehran",
                           "/Asia/Tehran", "Asia/Isfahan", "posix/Asia/Tehran"}) {
    const auto found = Zones().Find(name);
    EXPECT_EQ(DetailOf(found.status()).reason, "UNKNOWN_TIME_ZONE") << name;
  }
}

TEST(WallTimes, MalformedOnesAreRefused) {
  for (const char* text : {"", "2026-12-01", "2026-12-01 10:00", "2026-02-30T10:00",
                           "1800-01-01T10:00", "2026-12-01T25:00", "2026-12-01T10:00Z"}) {
    EXPECT_EQ(DetailOf(ParseWallTime(text).status()).reason, "MALFORMED_LOCAL_TIME") << text;
  }
}

TEST(SolarHijri, AgreesWithTheCalendarOfIran) {
  using namespace date::literals;  // NOLINT(google-build-using-namespace): date's own way to write
                                   // days
  EXPECT_EQ(FormatSolarHijri(date::local_days(2020_y / 9 / 2)), "1399/06/12");
  EXPECT_EQ(FormatSolarHijri(date::local_days(2025_y / 3 / 21)), "1404/01/01");
  EXPECT_EQ(FormatSolarHijri(date::local_days(2026_y / 11 / 24)), "1405/09/03");
}

}  // namespace
}  // namespace neshast
