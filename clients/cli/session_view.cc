#include "cli/session_view.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/burden.h"
#include "cli/lookup.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

// The hour in `city`; where the session has none of it, the promise itself.
v1::CityBurden BurdenOf(const v1::Session& session, const std::string& city) {
  for (const v1::CityBurden& burden : session.burdens()) {
    if (burden.city() == city) return burden;
  }
  v1::CityBurden promise;
  *promise.mutable_start_time() = session.start_time();
  return promise;
}

std::string PeopleInWords(Lookup& lookup, const v1::Delegation& delegation) {
  std::string text = lookup.People(delegation.required_people());
  if (delegation.optional_people_size() > 0) {
    absl::StrAppend(&text, text.empty() ? "" : "; ", "if possible ",
                    lookup.People(delegation.optional_people()));
  }
  return text;
}

void PrintCities(Lookup& lookup, const v1::Session& session) {
  std::vector<Row> rows{{"CITY", "LOCAL TIME", "SOLAR HIJRI", "HOUR", "WHY", "PEOPLE"}};
  for (const v1::Delegation& delegation : session.delegations()) {
    const v1::CityBurden burden = BurdenOf(session, delegation.city());
    const bool known = burden.city() == delegation.city();
    rows.push_back({lookup.City(delegation.city()),
                    known ? ShortTime(WallTimeOf(burden.start_time())) : "not known",
                    burden.solar_hijri_date(), known ? HourCell(burden) : Cell(""),
                    known ? WhyInWords(burden) : "", PeopleInWords(lookup, delegation)});
  }
  PrintTable(rows);
}

void PrintMoves(const v1::Session& session) {
  for (const v1::SessionMove& move : session.moves()) {
    std::cout << "Moved at " << InUtc(move.move_time()) << " from "
              << ShortTime(WallTimeOf(move.start_time())) << " " << move.start_time().time_zone()
              << ", " << LengthInWords(move.duration().seconds())
              << (move.reason().empty() ? "" : ": " + move.reason()) << "\n";
  }
}

void PrintClearances(const v1::Session& session) {
  for (const v1::Clearance& each : session.clearances()) {
    std::cout << "Clearance of " << IdOf(each.body()) << ": " << WordOf(each.state())
              << (each.letter_number().empty() ? "" : ", letter " + each.letter_number())
              << (each.letter_date().empty() ? "" : " of " + each.letter_date()) << "\n";
  }
  if (!session.has_forced_confirmation()) return;
  const v1::ForcedConfirmation& forced = session.forced_confirmation();
  std::vector<std::string> missing;
  for (const std::string& body : forced.missing_bodies()) {
    missing.push_back("the clearance of " + IdOf(body));
  }
  for (const std::string& city : forced.unverified_cities()) {
    missing.push_back("a verified counterpart in " + IdOf(city));
  }
  std::cout << "Confirmed without " << Enumerated(missing) << " at " << InUtc(forced.force_time())
            << " by " << forced.principal() << ": " << forced.reason() << "\n";
}

}  // namespace

void ShowSession(Connection& connection, const v1::Session& session) {
  if (PrintDocument(connection.format, session)) return;
  Lookup lookup(connection);
  std::cout << Painted(TextOf(session.title()), Tone::kHeading) << "\n"
            << session.name() << ", " << WordOf(session.kind()) << ", " << WordOf(session.state())
            << (session.series().empty() ? "" : ", of " + session.series()) << "\n"
            << WhenInWords(BurdenOf(session, session.host()), lookup.City(session.host()),
                           session.duration().seconds())
            << "\n";
  PrintCities(lookup, session);
  if (session.interpreters_size() > 0) {
    std::cout << "Interpreters: " << lookup.People(session.interpreters()) << "\n";
  }
  PrintClearances(session);
  PrintMoves(session);
  if (!session.cancel_reason().empty()) {
    std::cout << "Cancelled: " << session.cancel_reason() << "\n";
  }
}

void ShowSessions(Connection& connection, const v1::ListSessionsResponse& sessions,
                  const std::string& city) {
  if (PrintDocument(connection.format, sessions)) return;
  Lookup lookup(connection);
  const std::string there = "LOCAL TIME (" + lookup.City(city) + ")";
  std::vector<Row> rows{
      {"SESSION", there, "SOLAR HIJRI", "LENGTH", "KIND", "STATE", "TITLE", "CITIES"}};
  for (const v1::Session& session : sessions.sessions()) {
    const v1::CityBurden burden = BurdenOf(session, city);
    std::string time = ShortTime(WallTimeOf(burden.start_time()));
    if (burden.city() != city) absl::StrAppend(&time, " ", burden.start_time().time_zone());
    std::vector<std::string> cities;
    for (const v1::Delegation& each : session.delegations()) cities.push_back(IdOf(each.city()));
    rows.push_back(
        {IdOf(session.name()), time, burden.solar_hijri_date(),
         LengthInWords(session.duration().seconds()), WordOf(session.kind()),
         WordOf(session.state()), TextOf(session.title()),
         cities.size() > 4 ? absl::StrCat(cities.size(), " cities") : Enumerated(cities)});
  }
  PrintTable(rows);
}

}  // namespace neshast::cli
