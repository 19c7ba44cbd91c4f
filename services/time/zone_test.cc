#include "time/zone.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>

#include "errors.h"

namespace neshast {
namespace {

using Kind = Reading::Kind;

const ZoneDatabase& Zones() {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return *zones;
}

const Zone& In(const char* name) {
  return **Zones().Find(name);
}

Instant At(const char* utc) {
  return Instant(ParseWallTime(utc)->time_since_epoch());
}

// A wall time with the one instant that it denotes.
struct Case {
  const char* rule;
  const char* wall;
  const char* zone;
  const char* instant;
};

class UniqueTimes : public testing::TestWithParam<Case> {};

TEST_P(UniqueTimes, AreReadAndShownByTheZonesRules) {
  const Case& row = GetParam();
  const WallTime wall = *ParseWallTime(row.wall);
  const Reading reading = In(row.zone).Read(wall);
  EXPECT_EQ(reading.kind, Kind::kUnique);
  EXPECT_EQ(reading.earlier, reading.later);
  EXPECT_EQ(FormatInstant(reading.earlier), row.instant);
  EXPECT_EQ(In(row.zone).ToWall(reading.earlier), wall);
}

constexpr Case kUnique[] = {
    {"TheSummitOf2020", "2020-07-18T16:30", "Asia/Tehran", "2020-07-18T12:00:00Z"},
    {"TehranBeforeTheLawChanged", "2022-07-01T10:00", "Asia/Tehran", "2022-07-01T05:30:00Z"},
    {"TehranAfter", "2023-07-01T10:00", "Asia/Tehran", "2023-07-01T06:30:00Z"},
    {"AlmatyTheDayBefore", "2024-02-29T10:00", "Asia/Almaty", "2024-02-29T04:00:00Z"},
    {"AlmatyFromTheFirstOfMarch", "2024-03-01T10:00", "Asia/Almaty", "2024-03-01T05:00:00Z"},
    {"HavanaStaysOnSummerTime", "2026-11-20T10:00", "America/Havana", "2026-11-20T14:00:00Z"},
    {"HavanaInJanuary2027", "2027-01-13T08:00", "America/Havana", "2027-01-13T12:00:00Z"},
    {"KabulHalfHour", "2026-12-01T10:00", "Asia/Kabul", "2026-12-01T05:30:00Z"},
    {"KathmanduThreeQuarters", "2026-12-01T10:00", "Asia/Kathmandu", "2026-12-01T04:15:00Z"},
    {"CasablancaBeforeRamadan", "2026-02-10T10:00", "Africa/Casablanca", "2026-02-10T09:00:00Z"},
    {"CasablancaInRamadan", "2026-03-01T10:00", "Africa/Casablanca", "2026-03-01T10:00:00Z"},
    {"CasablancaAfterRamadan", "2026-04-01T10:00", "Africa/Casablanca", "2026-04-01T09:00:00Z"},
    {"NewYorkAfter2037", "2040-07-01T10:00", "America/New_York", "2040-07-01T14:00:00Z"},
    {"FlorenceIn2100", "2100-07-01T10:00", "Europe/Rome", "2100-07-01T08:00:00Z"},
    {"LordHoweSummer", "2027-01-01T10:00", "Australia/Lord_Howe", "2026-12-31T23:00:00Z"},
    {"LordHoweWinter", "2026-07-01T10:00", "Australia/Lord_Howe", "2026-06-30T23:30:00Z"},
    {"ApiaOnTheEveOfTheSkippedDay", "2011-12-29T10:00", "Pacific/Apia", "2011-12-29T20:00:00Z"},
    {"ApiaTheDayAfter", "2011-12-31T10:00", "Pacific/Apia", "2011-12-30T20:00:00Z"},
};

INSTANTIATE_TEST_SUITE_P(, UniqueTimes, testing::ValuesIn(kUnique),
                         [](const auto& info) { return info.param.rule; });

// A wall time that the zone skips or repeats, with both readings.
struct OddCase {
  const char* rule;
  const char* wall;
  const char* zone;
  Kind kind;
  const char* earlier;
  const char* later;
};

class OddTimes : public testing::TestWithParam<OddCase> {};

TEST_P(OddTimes, CarryBothReadings) {
  const OddCase& row = GetParam();
  const Reading reading = In(row.zone).Read(*ParseWallTime(row.wall));
  EXPECT_EQ(reading.kind, row.kind);
  EXPECT_EQ(FormatInstant(reading.earlier), row.earlier);
  EXPECT_EQ(FormatInstant(reading.later), row.later);
}

constexpr OddCase kOdd[] = {
    {"HavanaSkipsMidnight", "2026-03-08T00:30", "America/Havana", Kind::kSkipped,
     "2026-03-08T04:30:00Z", "2026-03-08T05:30:00Z"},
    {"NewYorkSkipsAnHour", "2007-03-11T02:30", "America/New_York", Kind::kSkipped,
     "2007-03-11T06:30:00Z", "2007-03-11T07:30:00Z"},
    {"NewYorkRepeatsAnHour", "2007-11-04T01:30", "America/New_York", Kind::kRepeated,
     "2007-11-04T05:30:00Z", "2007-11-04T06:30:00Z"},
    {"FlorenceRepeatsAnHour", "2026-10-25T02:30", "Europe/Rome", Kind::kRepeated,
     "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"},
    {"LordHoweSkipsHalfAnHour", "2026-10-04T02:15", "Australia/Lord_Howe", Kind::kSkipped,
     "2026-10-03T15:15:00Z", "2026-10-03T15:45:00Z"},
    {"LordHoweRepeatsHalfAnHour", "2026-04-05T01:45", "Australia/Lord_Howe", Kind::kRepeated,
     "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"},
    {"AlmatyRepeatsAnHourForGood", "2024-02-29T23:30", "Asia/Almaty", Kind::kRepeated,
     "2024-02-29T17:30:00Z", "2024-02-29T18:30:00Z"},
    {"ApiaSkipsADay", "2011-12-30T12:00", "Pacific/Apia", Kind::kSkipped, "2011-12-29T22:00:00Z",
     "2011-12-30T22:00:00Z"},
};

INSTANTIATE_TEST_SUITE_P(, OddTimes, testing::ValuesIn(kOdd),
                         [](const auto& info) { return info.param.rule; });

TEST(Abbreviations, AreWhatPeopleSayOrTheOffset) {
  EXPECT_EQ(In("Europe/Rome").Abbreviation(At("2026-07-01T00:00")), "CEST");
  EXPECT_EQ(In("Asia/Tehran").Abbreviation(At("2026-07-01T00:00")), "+0330");
}

// The zones of the domain and of the odd places.
constexpr const char* kZones[] = {"Asia/Tehran",     "Asia/Shanghai",     "Asia/Kuala_Lumpur",
                                  "Europe/Rome",     "Europe/Bucharest",  "Europe/Madrid",
                                  "Asia/Yerevan",    "Asia/Kuwait",       "Europe/Berlin",
                                  "America/Havana",  "Asia/Karachi",      "Europe/Moscow",
                                  "Africa/Dakar",    "Asia/Beirut",       "Asia/Kolkata",
                                  "Europe/Warsaw",   "Asia/Kabul",        "Asia/Baku",
                                  "Asia/Almaty",     "Asia/Bishkek",      "Asia/Dushanbe",
                                  "Europe/Istanbul", "Asia/Ashgabat",     "Asia/Tashkent",
                                  "Asia/Kathmandu",  "Africa/Casablanca", "Australia/Lord_Howe",
                                  "Pacific/Apia",    "America/New_York",  "UTC"};

TEST(Segments, CoverTheWindowWithoutGapsAndNeighboursDiffer) {
  for (const char* name : kZones) {
    Instant at = At("1900-01-01T00:00");
    const std::vector<OffsetSegment> segments = In(name).Segments(at, At("2200-01-01T00:00"));
    for (size_t i = 0; i < segments.size(); ++i) {
      EXPECT_EQ(segments[i].begins, at) << name;
      EXPECT_LT(segments[i].begins, segments[i].ends) << name;
      if (i > 0) {
        EXPECT_NE(segments[i].offset, segments[i - 1].offset) << name;
      }
      at = segments[i].ends;
    }
    EXPECT_EQ(at, At("2200-01-01T00:00")) << name;
  }
}

TEST(Segments, OfAnEmptyWindowAreNone) {
  const Instant noon = At("2026-12-01T12:00");
  EXPECT_TRUE(In("Asia/Tehran").Segments(noon, noon).empty());
  EXPECT_TRUE(In("Asia/Tehran").Segments(noon, noon - std::chrono::hours(1)).empty());
}

TEST(Segments, AndReadingsAgreeWithTheClockAtRandomInstants) {
  constexpr int kSeed = 20200718;
  std::mt19937_64 random(kSeed);
  const Instant begins = At("1900-01-01T00:00");
  const Instant ends = At("2200-01-01T00:00");
  std::uniform_int_distribution<int64_t> second(begins.time_since_epoch().count(),
                                                ends.time_since_epoch().count() - 1);
  for (const char* name : kZones) {
    const Zone& zone = In(name);
    const std::vector<OffsetSegment> segments = zone.Segments(begins, ends);
    for (int i = 0; i < 500; ++i) {
      const Instant instant{std::chrono::seconds(second(random))};
      const auto after = std::upper_bound(
          segments.begin(), segments.end(), instant,
          [](Instant at, const OffsetSegment& segment) { return at < segment.begins; });
      const WallTime wall = zone.ToWall(instant);
      ASSERT_EQ(WallTime((instant + std::prev(after)->offset).time_since_epoch()), wall)
          << name << " " << FormatInstant(instant) << " seed " << kSeed;
      const Reading reading = zone.Read(wall);
      ASSERT_NE(reading.kind, Kind::kSkipped) << name << " shows " << FormatWallTime(wall);
      ASSERT_TRUE(reading.earlier == instant || reading.later == instant)
          << name << " " << FormatInstant(instant) << " seed " << kSeed;
    }
  }
}

TEST(Names, IanaNamesAndAliasesAreTaken) {
  for (const char* name : {"Asia/Tehran", "Asia/Calcutta", "Europe/Kyiv", "Europe/Kiev", "Iran",
                           "PRC", "W-SU", "UTC", "Etc/UTC", "America/Argentina/Ushuaia"}) {
    const auto found = Zones().Find(name);
    ASSERT_TRUE(found.ok()) << name;
    EXPECT_EQ((*found)->name(), name);
    EXPECT_EQ(*Zones().Find(name), *found) << "one zone, one address";
  }
}

TEST(Names, EverythingElseIsRefused) {
  for (const char* name : {"",
                           "+03:30",
                           "UTC+3",
                           "GMT+3",
                           "IRST",
                           "EST",
                           "EST5EDT",
                           "Etc/GMT+3",
                           "../etc/passwd",
                           "Asia/../Asia/Tehran",
                           "Asia//Tehran",
                           "Asia/",
                           "asia/tehran",
                           "/Asia/Tehran",
                           "Asia/Isfahan",
                           "posix/Asia/Tehran",
                           "right/UTC",
                           "localtime",
                           "Factory",
                           "posixrules",
                           "tzdata.zi",
                           "Iran Standard Time",
                           "file:Asia/Tehran"}) {
    const ErrorDetail detail = DetailOf(Zones().Find(name).status());
    EXPECT_EQ(detail.reason, "UNKNOWN_TIME_ZONE") << name;
    EXPECT_EQ(detail.metadata.at("time_zone"), name);
  }
}

TEST(Releases, AreNamedByTheFirstLineOfTheRules) {
  EXPECT_EQ(Zones().release(), ZoneDatabase::ReleaseOf("/usr/share/zoneinfo"));
  EXPECT_EQ(ZoneDatabase::ReleaseOf("/usr/share/zoneinfo/Asia"), "");
  EXPECT_EQ(ZoneDatabase::Open("/nowhere").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace neshast
