#include "sessions/city_dates.h"

#include "absl/time/time.h"
#include "neshast/v1/city.pb.h"
#include "time/wall_time.h"

namespace neshast {
namespace {

// Dates that are stored were validated when they came.
date::year_month_day Read(const std::string& date) {
  return ParseDate(date).value_or(date::year_month_day(date::local_days()));
}

}  // namespace

absl::StatusOr<std::string> CityDates::TodayIn(const std::string& city) {
  if (const auto known = known_.find(city); known != known_.end()) return known->second;
  ASSIGN_OR_RETURN(const v1::City found, tx_.Get<v1::City>(city));
  ASSIGN_OR_RETURN(const Zone* zone, zones_.Find(found.time_zone()));
  const WallTime wall = zone->ToWall(Instant(std::chrono::seconds(absl::ToUnixSeconds(tx_.now()))));
  return known_[city] = FormatDate(date::year_month_day(date::floor<date::days>(wall)));
}

std::string DaysAfter(const std::string& date, int days) {
  return FormatDate(date::year_month_day(date::local_days(Read(date)) + date::days(days)));
}

std::string MonthsAfter(const std::string& date, int months) {
  date::year_month_day day = Read(date) + date::months(months);
  if (!day.ok()) day = day.year() / day.month() / date::last;
  return FormatDate(day);
}

}  // namespace neshast
