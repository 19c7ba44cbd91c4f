#include "time/wall_time.h"

#include <gtest/gtest.h>

#include "errors.h"

namespace neshast {
namespace {

TEST(WallTimes, AreWrittenAsTheyAreRead) {
  EXPECT_EQ(FormatWallTime(*ParseWallTime("2026-12-01T10:00")), "2026-12-01T10:00:00");
  for (const char* text : {"2026-12-01T10:00:59", "1900-01-01T00:00:00", "2200-12-31T23:59:59",
                           "2028-02-29T00:00:00", "1969-12-31T23:59:59"}) {
    EXPECT_EQ(FormatWallTime(*ParseWallTime(text)), text);
  }
}

TEST(WallTimes, MalformedOnesAreRefused) {
  for (const char* text :
       {"", "2026-12-01", "2026-12-01 10:00", "2026-02-30T10:00", "1800-01-01T10:00",
        "2201-01-01T00:00", "2026-12-01T25:00", "2026-12-01T24:00", "2026-12-01T23:59:60",
        "2026-12-01T10:00Z", "2026-12-01T10:00:00.5", "2026-12-01T1:000", " 2026-12-1T10:00",
        "-026-12-01T10:00", "+2026-12-1T10:00", "2026-12-01T10:00:00+03:30"}) {
    EXPECT_EQ(DetailOf(ParseWallTime(text).status()).reason, "MALFORMED_LOCAL_TIME") << text;
  }
}

TEST(Dates, AreWrittenAsTheyAreReadAndMalformedOnesRefused) {
  EXPECT_EQ(FormatDate(*ParseDate("2020-07-18")), "2020-07-18");
  EXPECT_EQ(FormatDate(*ParseDate("2028-02-29")), "2028-02-29");
  for (const char* text : {"", "2026-02-29", "2026-13-01", "2026-1-1", "2026/12/01", "1399-06-12",
                           "2026-12-01T00:00", " 026-12-01"}) {
    EXPECT_EQ(DetailOf(ParseDate(text).status()).reason, "MALFORMED_LOCAL_TIME") << text;
  }
}

TEST(Instants, AreWrittenInUtc) {
  EXPECT_EQ(FormatInstant(Instant(std::chrono::seconds(0))), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatInstant(Instant(std::chrono::seconds(-1))), "1969-12-31T23:59:59Z");
}

}  // namespace
}  // namespace neshast
