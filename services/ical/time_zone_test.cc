#include "ical/time_zone.h"

#include <gmock/gmock.h>

#include <memory>

#include "absl/strings/str_replace.h"
#include "ical/libical_reader.h"

namespace neshast::ical {
namespace {

using testing::HasSubstr;
using testing::Not;

const ZoneDatabase& Zones() {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return *zones;
}

Instant At(const char* utc) {
  return Instant(ParseWallTime(utc)->time_since_epoch());
}

std::string LinesOf(const char* zone, const char* utc) {
  const Instant starts = At(utc);
  return absl::StrReplaceAll(
      TimeZoneLines(**Zones().Find(zone), starts, starts + std::chrono::hours(2)),
      {{"\r\n", "\n"}});
}

TEST(TimeZoneLines, SayOnceWhatNeverChanges) {
  EXPECT_EQ(LinesOf("Asia/Kathmandu", "2026-12-01T06:30"), R"(BEGIN:VTIMEZONE
TZID:Asia/Kathmandu
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0545
TZOFFSETTO:+0545
TZNAME:+0545
END:STANDARD
END:VTIMEZONE
)");
}

TEST(TimeZoneLines, GiveTheRuleOfAZoneThatHasOne) {
  EXPECT_EQ(LinesOf("Europe/Rome", "2026-10-24T23:30"), R"(BEGIN:VTIMEZONE
TZID:Europe/Rome
BEGIN:DAYLIGHT
DTSTART:20250330T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
)");
  EXPECT_THAT(LinesOf("America/New_York", "2026-10-24T23:30"),
              HasSubstr("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\n"));
}

// Cuba's announcement of October 2026: no autumn change until November 2027.
TEST(TimeZoneLines, GiveHavanaNoChangeInTheAutumnOf2026) {
  EXPECT_EQ(LinesOf("America/Havana", "2026-11-20T14:00"), R"(BEGIN:VTIMEZONE
TZID:America/Havana
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:-0500
TZOFFSETTO:-0500
TZNAME:CST
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260308T000000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:CDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271107T010000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:CST
END:STANDARD
END:VTIMEZONE
)");
}

TEST(TimeZoneLines, GiveCasablancaItsRamadansByDate) {
  const std::string lines = LinesOf("Africa/Casablanca", "2026-03-01T10:00");
  EXPECT_THAT(lines, HasSubstr("TZOFFSETFROM:+0100\nTZOFFSETTO:+0000\n"));
  EXPECT_THAT(lines, HasSubstr("TZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n"));
  EXPECT_THAT(lines, Not(HasSubstr("RRULE")));
}

// Every six hours from 300 days before a session to 300 days after, by a reader that is not ours.
TEST(TimeZoneLines, AreReadByLibicalAsTheZoneItself) {
  for (const char* name :
       {"Asia/Tehran", "Europe/Rome", "America/Havana", "Asia/Kathmandu", "Africa/Casablanca",
        "Asia/Shanghai", "Europe/Bucharest", "Asia/Beirut", "Africa/Cairo", "Asia/Jerusalem",
        "America/Santiago", "Australia/Lord_Howe", "America/St_Johns", "Europe/Dublin",
        "Pacific/Chatham", "Asia/Almaty", "Asia/Kabul", "Africa/Dakar"}) {
    for (const char* utc : {"2026-01-01T00:30", "2026-03-29T00:30", "2026-10-25T00:30",
                            "2026-11-20T14:00", "2026-12-31T23:30", "2040-07-01T12:00"}) {
      const Zone& zone = **Zones().Find(name);
      const Instant starts = At(utc);
      const auto calendar =
          ReadByLibical("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + TimeZoneLines(zone, starts, starts) +
                        "END:VCALENDAR\r\n");
      icaltimezone* read = icaltimezone_new();
      ASSERT_TRUE(icaltimezone_set_component(
          read, icalcomponent_new_clone(FirstOf(calendar, ICAL_VTIMEZONE_COMPONENT))));
      for (Instant at = starts - date::days(300); at < starts + date::days(300);
           at += std::chrono::hours(6)) {
        icaltimetype time = icaltime_from_timet_with_zone(at.time_since_epoch().count(), 0,
                                                          icaltimezone_get_utc_timezone());
        int is_daylight = 0;
        ASSERT_EQ(icaltimezone_get_utc_offset_of_utc_time(read, &time, &is_daylight),
                  zone.OffsetAt(at).count())
            << name << " for " << utc << " at " << FormatInstant(at);
      }
      icaltimezone_free(read, 1);
    }
  }
}

}  // namespace
}  // namespace neshast::ical
