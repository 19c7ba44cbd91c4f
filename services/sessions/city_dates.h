// What date it is where a city's office works.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "store/store.h"
#include "time/zone.h"

namespace neshast {

// The dates at the moment of one transaction; each city is looked up once.
class CityDates {
 public:
  CityDates(const ZoneDatabase& zones, Transaction& tx) : zones_(zones), tx_(tx) {}

  // Today on the clock of `city`, "2026-11-24". NOT_FOUND / RESOURCE_NOT_FOUND without such a city.
  absl::StatusOr<std::string> TodayIn(const std::string& city);

 private:
  const ZoneDatabase& zones_;
  Transaction& tx_;
  std::map<std::string, std::string> known_;
};

// The ISO date so many days or months after `date`, an ISO date. Months keep the day where there is
// one, else they end with the month: a month after January 31st is the last of February.
std::string DaysAfter(const std::string& date, int days);
std::string MonthsAfter(const std::string& date, int months);

}  // namespace neshast
