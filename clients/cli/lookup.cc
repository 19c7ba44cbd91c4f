#include "cli/lookup.h"

#include "neshast/v1/access_service.grpc.pb.h"
#include "neshast/v1/directory_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::AccessService;
using v1::DirectoryService;

absl::TimeZone Load(const std::string& zone) {
  absl::TimeZone loaded;
  absl::LoadTimeZone(zone, &loaded);
  return loaded;
}

}  // namespace

std::string Lookup::City(const std::string& name) {
  const auto [entry, fresh] = names_.try_emplace(name, IdOf(name));
  if (!fresh) return entry->second;
  v1::City city;
  const auto request = Named<v1::GetCityRequest>("cities", name);
  if (connection_.Try(&DirectoryService::Stub::GetCity, request, city).ok()) {
    entry->second = TextOf(city.display_name());
  }
  return entry->second;
}

std::string Lookup::Person(const std::string& name) {
  const auto [entry, fresh] = names_.try_emplace(name, IdOf(name));
  if (!fresh) return entry->second;
  v1::Person person;
  const auto request = Named<v1::GetPersonRequest>("people", name);
  if (connection_.Try(&DirectoryService::Stub::GetPerson, request, person).ok()) {
    entry->second = person.latin_name();
  }
  return entry->second;
}

std::optional<std::string> CityOrOwn(Connection& connection, const std::string& given) {
  if (!given.empty()) return ResourceName("cities", given);
  const auto caller = connection.Call(&AccessService::Stub::GetCaller, v1::GetCallerRequest());
  if (!caller) return std::nullopt;
  return caller->city();
}

std::optional<std::string> ZoneOf(Connection& connection, const std::string& city) {
  const auto found =
      connection.Call(&DirectoryService::Stub::GetCity, Named<v1::GetCityRequest>("cities", city));
  if (!found) return std::nullopt;
  return found->time_zone();
}

absl::Time Midnight(const std::string& date, const std::string& zone, int days) {
  absl::CivilDay day;
  absl::ParseCivilTime(date, &day);
  return absl::FromCivil(day + days, Load(zone));
}

std::optional<absl::Time> InstantOf(const std::string& text, const std::string& zone) {
  absl::CivilDay day;
  if (absl::ParseCivilTime(text, &day)) return Midnight(text, zone, 1);
  absl::CivilMinute minute;
  if (!absl::ParseCivilTime(text, &minute)) return std::nullopt;
  return absl::FromCivil(minute, Load(zone));
}

std::string DateIn(const std::string& zone, int days) {
  return absl::FormatCivilTime(absl::ToCivilDay(absl::Now(), Load(zone)) + days);
}

}  // namespace neshast::cli
