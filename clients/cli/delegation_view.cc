#include "cli/delegation_view.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/lookup.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

std::string LetterInWords(const v1::Credentials& credentials) {
  std::string text = WordOf(credentials.state());
  if (!credentials.letter_number().empty())
    absl::StrAppend(&text, " ", credentials.letter_number());
  if (!credentials.remark().empty()) absl::StrAppend(&text, ": ", credentials.remark());
  return text;
}

void PrintSeats(const v1::Delegation& delegation) {
  std::vector<Row> rows{{"SEAT", "ROLE", "PERSON", "NAME", "IN LATIN", "TITLE", "LETTER"}};
  for (const v1::Seat& seat : delegation.seats()) {
    rows.push_back({seat.id(), WordOf(seat.role()), IdOf(seat.person()), seat.printed_name(),
                    seat.printed_latin_name(), TextOf(seat.printed_title()),
                    seat.has_credentials() ? LetterInWords(seat.credentials()) : ""});
  }
  PrintTable(rows);
}

void PrintReplaced(const v1::Delegation& delegation) {
  for (const v1::Seat& seat : delegation.seats()) {
    for (const v1::ReplacedDelegate& each : seat.replaced()) {
      std::cout << "Replaced at " << InUtc(each.replace_time()) << ": " << IdOf(each.person())
                << " by " << IdOf(each.replaced_by())
                << (each.reason().empty() ? "" : ": " + each.reason()) << "\n";
    }
  }
}

void PrintChanges(const v1::Delegation& delegation) {
  std::vector<Row> rows{{"CHANGE", "STATE", "SEAT", "PERSON", "ASKED AT", "WHY", "ANSWER"}};
  for (const v1::SeatChange& change : delegation.changes()) {
    rows.push_back({change.id(), WordOf(change.state()), WordOf(change.seat().role()),
                    IdOf(change.seat().person()), InUtc(change.ask_time()), change.reason(),
                    change.remark()});
  }
  if (rows.size() > 1) PrintTable(rows);
}

}  // namespace

void ShowDelegations(Connection& connection, const v1::Session& session, const std::string& city) {
  if (PrintDocument(connection.format, session)) return;
  Lookup lookup(connection);
  for (const v1::Delegation& delegation : session.delegations()) {
    if (!city.empty() && city != delegation.city()) continue;
    std::cout << Painted(lookup.City(delegation.city()), Tone::kHeading) << ": the list is "
              << (delegation.has_close_time() ? "closed since " + InUtc(delegation.close_time())
                                              : "open")
              << "\n";
    if (delegation.seats().empty()) {
      std::cout << "Nobody is named.\n";
    } else {
      PrintSeats(delegation);
    }
    PrintReplaced(delegation);
    PrintChanges(delegation);
  }
}

}  // namespace neshast::cli
