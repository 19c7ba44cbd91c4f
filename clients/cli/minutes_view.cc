#include <algorithm>
#include <iostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/lookup.h"
#include "cli/minutes.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

using Stub = v1::MinutesService::Stub;
using v1::Minutes;
using v1::MinutesEntry;

std::string CityOf(Lookup& lookup, const std::string& city) {
  return city.empty() ? "" : lookup.City(city);
}

void PrintHead(const Minutes& minutes) {
  std::cout << Painted(TextOf(minutes.title()), Tone::kHeading) << "\n"
            << minutes.name() << ": " << WordOf(minutes.state());
  if (minutes.version() > 0) std::cout << ", version " << minutes.version();
  std::cout << ", " << minutes.entry_count() << (minutes.entry_count() == 1 ? " entry" : " entries")
            << ", etag " << minutes.etag() << "\n";
  if (!minutes.amends().empty()) {
    std::cout << "They amend " << minutes.amends() << ": " << minutes.amend_reason() << "\n";
  }
  if (minutes.has_close_time()) {
    std::cout << "Corrections are in time until " << InUtc(minutes.close_time())
              << (minutes.silence_procedure() ? "; who says nothing adopts by silence" : "") << ". "
              << minutes.open_corrections() << " undecided, " << minutes.accepted_corrections()
              << " accepted for the next version.\n";
  }
  for (const v1::MinutesLanguage& of : minutes.languages()) {
    std::cout << of.language() << " is " << WordOf(of.standing()) << ". ";
  }
  if (!minutes.languages().empty()) std::cout << "\n";
}

void PrintAttendance(Lookup& lookup, const Minutes& minutes) {
  std::vector<Row> rows{{"CITY", "PERSON", "NAME", "ROLE", "PRESENCE", "BY", "IN PLACE OF"}};
  for (const v1::Attendee& row : minutes.attendance()) {
    rows.push_back({CityOf(lookup, row.city()), IdOf(row.person()), row.printed_name(),
                    row.role() == 0 ? "" : WordOf(row.role()), WordOf(row.presence()),
                    row.source() == 0 ? "" : WordOf(row.source()), IdOf(row.substitute_for())});
  }
  PrintTable(rows);
}

void PrintParties(Lookup& lookup, const Minutes& minutes) {
  std::vector<Row> rows{{"PARTY", "STATE", "WHEN", "BY", "IN WORDS"}};
  for (const v1::MinutesParty& party : minutes.parties()) {
    const v1::Adoption& adoption = party.adoption();
    rows.push_back({CityOf(lookup, party.city()), WordOf(party.state()),
                    party.has_adoption() ? InUtc(adoption.adopt_time()) : "",
                    IdOf(adoption.principal()), adoption.reservation() + party.reason()});
  }
  PrintTable(rows);
}

void PrintEntry(Lookup& lookup, const MinutesEntry& entry) {
  std::cout << Painted(IdOf(entry.name()), Tone::kHeading) << "  " << WordOf(entry.type())
            << (entry.late() ? ", late" : "");
  if (!entry.city().empty()) std::cout << ", " << CityOf(lookup, entry.city());
  if (!entry.speaker().empty()) std::cout << ", " << IdOf(entry.speaker());
  std::cout << "\n  " << entry.language() << "  " << entry.text() << "\n";
  for (const v1::Translation& translation : entry.translations()) {
    std::cout << "  " << translation.language() << "  " << translation.text() << "  ("
              << WordOf(translation.standing()) << (translation.outdated() ? ", outdated" : "")
              << ")\n";
  }
  for (const v1::Correction& correction : entry.corrections()) {
    std::cout << "  correction " << correction.id() << " of " << CityOf(lookup, correction.city())
              << ", " << (correction.late() ? "late" : WordOf(correction.state())) << ": "
              << correction.language() << "  " << correction.text();
    if (!correction.remark().empty()) std::cout << "  (" << correction.remark() << ")";
    if (!correction.host_remark().empty()) std::cout << "  Answer: " << correction.host_remark();
    std::cout << "\n";
  }
}

std::vector<MinutesEntry> InReadingOrder(const v1::ListEntriesResponse& list) {
  std::vector<MinutesEntry> entries(list.entries().begin(), list.entries().end());
  std::sort(entries.begin(), entries.end(), [](const MinutesEntry& a, const MinutesEntry& b) {
    return std::pair(a.place(), a.name()) < std::pair(b.place(), b.name());
  });
  return entries;
}

}  // namespace

void ShowMinutes(Connection& connection, const Minutes& minutes) {
  if (PrintDocument(connection.format, minutes)) return;
  v1::ListEntriesRequest request;
  request.set_parent(minutes.name());
  request.set_page_size(1000);
  const auto list = connection.ListAll(&Stub::ListEntries, request);
  if (!list) return;
  Lookup lookup(connection);
  PrintHead(minutes);
  PrintAttendance(lookup, minutes);
  PrintParties(lookup, minutes);
  for (const MinutesEntry& entry : InReadingOrder(*list)) PrintEntry(lookup, entry);
  if (minutes.has_seal()) {
    std::cout << "Sealed at " << InUtc(minutes.seal().seal_time()) << ", digest "
              << minutes.seal().digest() << "\n";
  }
}

void ShowEntry(Connection& connection, const MinutesEntry& entry) {
  if (PrintDocument(connection.format, entry)) return;
  Lookup lookup(connection);
  PrintEntry(lookup, entry);
}

}  // namespace neshast::cli
