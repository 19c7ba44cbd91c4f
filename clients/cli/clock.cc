// clock list, clock decide, clock check
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/times.h"
#include "neshast/v1/clock_service.grpc.pb.h"
#include "neshast/v1/directory_service.grpc.pb.h"
#include "neshast/v1/session_service.grpc.pb.h"
#include "time/zone.h"

namespace neshast::cli {
namespace {

using Stub = v1::ClockService::Stub;

std::string Wall(const v1::ZonedTime& time) {
  return ShortTime(WallTimeOf(time));
}

void AddMove(const std::string& first, const std::string& city, const std::string& before,
             const std::string& after, std::vector<Row>& rows) {
  rows.push_back({first, city, before, Cell(after, Tone::kFair)});
}

void ShowAlerts(Connection& connection, const std::vector<v1::ZoneAlert>& alerts) {
  Lookup lookup(connection);
  std::vector<Row> rows{{"ALERT", "CITY", "BEFORE", "NOW"}};
  for (const v1::ZoneAlert& alert : alerts) {
    for (const v1::CityMove& move : alert.cities()) {
      AddMove(IdOf(alert.name()), lookup.City(move.before().city()),
              Wall(move.before().start_time()), Wall(move.after().start_time()), rows);
    }
  }
  PrintTable(rows);
  for (const v1::ZoneAlert& alert : alerts) {
    std::cout << IdOf(alert.name()) << ": " << alert.session() << " is promised for "
              << Wall(alert.after()) << " in " << alert.after().time_zone() << ".\n";
    if (!alert.booked_people().empty()) {
      std::cout << "  In two sessions now: " << lookup.People(alert.booked_people()) << "\n";
    }
  }
}

void List(Connection& connection, bool all) {
  v1::ListZoneAlertsRequest request;
  request.set_show_decided(all);
  const auto list = connection.ListAll(&Stub::ListZoneAlerts, request);
  if (!list || PrintDocument(connection.format, *list)) return;
  if (list->alerts().empty()) {
    std::cout << "No change of the clocks waits for a decision.\n";
    return;
  }
  ShowAlerts(connection, {list->alerts().begin(), list->alerts().end()});
}

void Decide(Connection& connection, const std::string& id, const std::string& city) {
  auto request = Named<v1::DecideZoneAlertRequest>("zoneAlerts", id);
  if (!city.empty()) request.set_kept_city(ResourceName("cities", city));
  const auto alert = connection.Call(&Stub::DecideZoneAlert, request);
  if (!alert || PrintDocument(connection.format, *alert)) return;
  std::cout << (city.empty() ? "The promise stays as it is.\n"
                             : "The session was moved: the city keeps its hour.\n");
}

using CitiesByName = std::map<std::string, v1::City>;

std::optional<CitiesByName> AllCities(Connection& connection) {
  const auto list =
      connection.ListAll(&v1::DirectoryService::Stub::ListCities, v1::ListCitiesRequest());
  if (!list) return std::nullopt;
  CitiesByName cities;
  for (const v1::City& city : list->cities()) cities[city.name()] = city;
  return cities;
}

// The instant of the session's promise by `zones`; as it is where they do not know its zone.
Instant InstantBy(const ZoneDatabase& zones, const v1::Session& session) {
  const auto zone = zones.Find(session.start_time().time_zone());
  const auto wall = ParseWallTime(session.start_time().local_time());
  if (!zone.ok() || !wall.ok()) {
    return Instant(std::chrono::seconds(session.start_time().instant().seconds()));
  }
  const Reading reading = (*zone)->Read(*wall);
  return reading.kind == Reading::Kind::kSkipped ? reading.later : reading.earlier;
}

// A row for each city whose hour would differ by `zones`.
void AddMovesBy(const ZoneDatabase& zones, const CitiesByName& cities, const v1::Session& session,
                Lookup& lookup, std::vector<Row>& rows) {
  const Instant instant = InstantBy(zones, session);
  for (const v1::CityBurden& burden : session.burdens()) {
    const auto city = cities.find(burden.city());
    if (city == cities.end()) continue;
    const auto zone = zones.Find(city->second.time_zone());
    if (!zone.ok()) continue;
    v1::ZonedTime then;
    then.set_local_time(FormatWallTime((*zone)->ToWall(instant)));
    if (then.local_time() == burden.start_time().local_time()) continue;
    AddMove(IdOf(session.name()), lookup.City(burden.city()), Wall(burden.start_time()), Wall(then),
            rows);
  }
}

// What a release that is not in force here would do to the coming sessions; the server is only
// asked for them.
void CheckRelease(Connection& connection, const std::string& directory) {
  const auto zones = ZoneDatabase::Open(directory);
  if (!zones.ok()) {
    connection.Fail(kInvalid, directory +
                                  " holds no zone rules: it needs compiled zones and their "
                                  "tzdata.zi (zic -b fat -d DIR tzdata.zi; cp tzdata.zi DIR).");
    return;
  }
  const auto cities = AllCities(connection);
  if (!cities) return;
  Lookup lookup(connection);
  std::vector<Row> rows{{"SESSION", "CITY", "NOW", "BY " + (*zones)->release()}};
  for (const auto& [name, city] : *cities) {
    v1::ListSessionsRequest request;
    request.set_city(name);
    const auto sessions = connection.ListAll(&v1::SessionService::Stub::ListSessions, request);
    if (!sessions) return;
    for (const v1::Session& session : sessions->sessions()) {
      const bool stands = session.state() == v1::Session::STATE_DRAFT ||
                          session.state() == v1::Session::STATE_CONFIRMED;
      if (session.host() == name && stands) {
        AddMovesBy(**zones, *cities, session, lookup, rows);
      }
    }
  }
  if (rows.size() > 1) {
    PrintTable(rows);
  } else {
    std::cout << "By " << (*zones)->release() << " no hour of any coming session moves.\n";
  }
}

}  // namespace

void AddClockCommands(CLI::App& app, Connection& connection) {
  CLI::App* clock = AddNoun(app, "clock", "Sessions whose hour moves since zone rules changed");
  auto all = std::make_shared<bool>(false);
  AddVerb(*clock, "list", "What waits for a decision", [&connection, all] {
    List(connection, *all);
  })->add_flag("--all", *all, "Those too that are decided");
  auto alert = std::make_shared<std::string>();
  auto city = std::make_shared<std::string>();
  CLI::App* decide = AddVerb(
      *clock, "decide", "Keep the promise, or the hour of one city",
      [&connection, alert, city] { Decide(connection, *alert, *city); },
      "  neshast clock decide ALERT                 the wall time that was promised stays\n"
      "  neshast clock decide ALERT --keep havana   the session moves, Havana keeps its hour\n");
  decide->add_option("alert", *alert, "Its id, as `clock list` shows it")->required();
  decide->add_option("--keep", *city, "The city that keeps its hour");
  auto directory = std::make_shared<std::string>();
  AddVerb(*clock, "check", "What a release of the zone rules that is not installed would move",
          [&connection, directory] { CheckRelease(connection, *directory); })
      ->add_option("--tzdata", *directory, "A directory of compiled zones with their tzdata.zi")
      ->required();
}

}  // namespace neshast::cli
