#include "time/solar_hijri.h"

#include <gtest/gtest.h>

#include "time/windows_zones.h"

namespace neshast {
namespace {

date::local_days Day(const char* text) {
  return date::local_days(*ParseDate(text));
}

struct Nowruz {
  int year;
  const char* day;
};

// Nowruz 1400 to 1412 as Iran's calendar centre gives them.
constexpr Nowruz kNowruz[] = {{1400, "2021-03-21"}, {1401, "2022-03-21"}, {1402, "2023-03-21"},
                              {1403, "2024-03-20"}, {1404, "2025-03-21"}, {1405, "2026-03-21"},
                              {1406, "2027-03-21"}, {1407, "2028-03-20"}, {1408, "2029-03-20"},
                              {1409, "2030-03-21"}, {1410, "2031-03-21"}, {1411, "2032-03-20"},
                              {1412, "2033-03-20"}};

TEST(SolarHijri, TheYearBeginsAtNowruz) {
  for (const auto& [year, day] : kNowruz) {
    EXPECT_EQ(ToSolarHijri(Day(day)), (SolarHijriDate{year, 1, 1})) << day;
    EXPECT_EQ(ToSolarHijri(Day(day) - date::days(1)).month, 12) << day;
  }
}

TEST(SolarHijri, TheSummitOf2020IsInShahrivar) {
  EXPECT_EQ(FormatSolarHijri(Day("2020-08-22")), "1399/06/01");
  EXPECT_EQ(FormatSolarHijri(Day("2020-09-02")), "1399/06/12");
  EXPECT_EQ(FormatSolarHijri(Day("2020-09-21")), "1399/06/31");
  EXPECT_EQ(FormatSolarHijri(Day("2026-11-24")), "1405/09/03");
}

TEST(SolarHijri, TheLongFormIsPersianWithTheWeekdayFirst) {
  EXPECT_EQ(FormatSolarHijriLong(Day("2020-09-02")), "چهارشنبه ۱۲ شهریور ۱۳۹۹");
  EXPECT_EQ(FormatSolarHijriLong(Day("2025-03-21")), "جمعه ۱ فروردین ۱۴۰۴");
}

TEST(SolarHijri, DaysBefore1970AreDaysToo) {
  EXPECT_EQ(FormatSolarHijri(Day("1969-12-31")), "1348/10/10");
  EXPECT_EQ(FormatSolarHijri(Day("1900-01-01")), "1278/10/11");
}

TEST(WindowsZones, NamesInOutlookCalendarsAreUnderstood) {
  EXPECT_EQ(IanaFromWindows("Iran Standard Time"), "Asia/Tehran");
  EXPECT_EQ(IanaFromWindows("China Standard Time"), "Asia/Shanghai");
  EXPECT_EQ(IanaFromWindows("Russian Standard Time"), "Europe/Moscow");
  EXPECT_EQ(IanaFromWindows("Cuba Standard Time"), "America/Havana");
}

TEST(WindowsZones, OtherNamesAreNotGuessedAt) {
  for (const char* name : {"", "Asia/Tehran", "Isfahan Standard Time", "iran", "\xff\xfe"}) {
    EXPECT_EQ(IanaFromWindows(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace neshast
