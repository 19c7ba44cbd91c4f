// What commands look up in the directory to speak of cities and people by their names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "cli/connection.h"
#include "neshast/v1/city.pb.h"

namespace neshast::cli {

// Asks once for each city and person.
class Lookup {
 public:
  explicit Lookup(Connection& connection) : connection_(connection) {}

  // "Xi'an" for "cities/xian"; the id where the directory does not tell.
  std::string City(const std::string& name);

  // "Mayor of Xi'an" for "people/mayor-of-xian"; the id where the directory does not tell.
  std::string Person(const std::string& name);

  // Names of several, enumerated in a sentence.
  template <class Names>
  std::string Cities(const Names& names) {
    std::vector<std::string> found;
    for (const std::string& name : names) found.push_back(City(name));
    return Enumerated(found);
  }

  // "Mayor of Kabul; Mayor of Baku": names of people have commas of their own.
  template <class Names>
  std::string People(const Names& names) {
    std::string found;
    for (const std::string& name : names) found += (found.empty() ? "" : "; ") + Person(name);
    return found;
  }

 private:
  Connection& connection_;
  std::map<std::string, std::string> names_;
};

// The city's name: `given` or, where that is empty, the city that the caller acts for. Fails as a
// call does.
std::optional<std::string> CityOrOwn(Connection& connection, const std::string& given);

// The IANA zone of a city. Fails as a call does.
std::optional<std::string> ZoneOf(Connection& connection, const std::string& city);

// The instant at which the civil date `date` begins on the clock of `zone`, `days` later.
absl::Time Midnight(const std::string& date, const std::string& zone, int days = 0);

// The instant of the wall time "2026-11-28T18:00" on the clock of `zone`, or of the end of the date
// "2026-11-28" there; absent for any other text.
std::optional<absl::Time> InstantOf(const std::string& text, const std::string& zone);

// The date on the clock of `zone`, "2026-12-01", so many days from today.
std::string DateIn(const std::string& zone, int days = 0);

}  // namespace neshast::cli
