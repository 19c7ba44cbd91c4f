#include "cli/agenda_view.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/lookup.h"
#include "cli/times.h"
#include "neshast/v1/agenda_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using v1::Agenda;
using v1::AgendaItem;
using v1::Countdown;

// "12:05", minutes and seconds.
std::string Minutes(int64_t seconds) {
  const char* sign = seconds < 0 ? "-" : "";
  seconds = seconds < 0 ? -seconds : seconds;
  return absl::StrFormat("%s%d:%02d", sign, seconds / 60, seconds % 60);
}

Cell TimeCell(const Countdown& countdown) {
  std::string text = Minutes(countdown.elapsed().seconds());
  if (countdown.has_length()) {
    absl::StrAppend(&text, " of ", Minutes(countdown.length().seconds()));
  }
  switch (countdown.overrun()) {
    case v1::OVERRUN_NEAR:
      return Cell(text + ", near its end", Tone::kFair);
    case v1::OVERRUN_OVER:
      return Cell(text + ", over", Tone::kBad);
    default:
      return Cell(text);
  }
}

Cell TimeOf(const v1::AgendaAnswer& answer, const std::string& of) {
  for (const Countdown& countdown : answer.clock().items()) {
    if (countdown.of() == of) return TimeCell(countdown);
  }
  return "";
}

// Two spaces for each item that it stands under.
std::string Indent(const Agenda& agenda, const AgendaItem& item) {
  for (const AgendaItem& each : agenda.items()) {
    if (each.name() == item.parent_item()) return "  " + Indent(agenda, each);
  }
  return "";
}

std::string SpeakersOf(Lookup& lookup, const AgendaItem& item) {
  std::vector<std::string> people;
  for (const v1::AgendaSpeaker& speaker : item.speakers()) people.push_back(speaker.person());
  std::string text = lookup.People(people);
  for (const v1::SpeakerVacancy& vacancy : item.vacancies()) {
    absl::StrAppend(&text, text.empty() ? "" : "; ", lookup.Person(vacancy.person()), " has left");
  }
  return text;
}

std::string StateOf(const AgendaItem& item) {
  if (item.state() == AgendaItem::STATE_ACCEPTED) return WordOf(item.openness());
  return absl::StrCat(WordOf(item.state()), item.remark().empty() ? "" : ": ", item.remark());
}

void PrintItems(Lookup& lookup, const v1::AgendaAnswer& answer) {
  std::vector<Row> rows{{"ITEM", "TITLE", "KIND", "LENGTH", "SPEAKERS", "STATE", "TIME"}};
  for (const AgendaItem& item : answer.agenda().items()) {
    const bool now = item.name() == answer.agenda().run().current_item();
    rows.push_back(
        {Cell(absl::StrCat(now ? "> " : "", IdOf(item.name())), now ? Tone::kGood : Tone::kPlain),
         Indent(answer.agenda(), item) + TextOf(item.title()), WordOf(item.kind()),
         item.has_length() ? LengthInWords(item.length().seconds()) : "", SpeakersOf(lookup, item),
         StateOf(item), TimeOf(answer, item.name())});
  }
  PrintTable(rows);
}

void PrintPapers(Lookup& lookup, const Agenda& agenda) {
  std::vector<Row> rows{{"PAPER", "ITEM", "TITLE", "LANGUAGE", "VERSION", "FROM", "FOR", "WHERE"}};
  for (const AgendaItem& item : agenda.items()) {
    for (const v1::Paper& paper : item.papers()) {
      rows.push_back({IdOf(paper.name()), IdOf(item.name()), TextOf(paper.title()),
                      paper.language(), absl::StrCat(paper.version()), lookup.City(paper.city()),
                      WordOf(paper.visibility()),
                      paper.uri().empty()
                          ? absl::StrCat(paper.media_type(), ", ", paper.content_bytes(), " bytes")
                          : paper.uri()});
    }
  }
  if (rows.size() > 1) PrintTable(rows);
}

void PrintAgreements(Lookup& lookup, const v1::AgendaAnswer& answer) {
  if (answer.agenda().etag().empty()) return;
  std::cout << "As it stands its etag is " << answer.agenda().etag() << ".\n";
  std::vector<std::string> agreed;
  for (const auto& each : answer.agenda().agreements()) agreed.push_back(each.city());
  if (!agreed.empty()) std::cout << "Agreed to by " << lookup.Cities(agreed) << ".\n";
  if (!answer.awaited_cities().empty()) {
    std::cout << "Not yet agreed to by " << lookup.Cities(answer.awaited_cities()) << ".\n";
  }
}

void PrintFloor(Lookup& lookup, const v1::AgendaAnswer& answer) {
  const v1::AgendaRun& run = answer.agenda().run();
  std::cout << "The agenda is " << WordOf(run.state()) << ".\n";
  if (run.has_turn()) {
    std::cout << "The floor: " << lookup.Person(run.turn().person()) << ", "
              << lookup.City(run.turn().city()) << ", for "
              << Minutes(answer.clock().turn_elapsed().seconds()) << ".\n";
  }
  for (int i = 0; i < run.requests_size(); ++i) {
    std::cout << "Asks for it, " << i + 1 << ": " << lookup.Person(run.requests(i).person()) << ", "
              << lookup.City(run.requests(i).city()) << "\n";
  }
  for (const Countdown& countdown : answer.clock().delegations()) {
    const Cell time = TimeCell(countdown);
    std::cout << lookup.City(countdown.of()) << " has spoken " << Painted(time.text, time.tone)
              << "\n";
  }
}

}  // namespace

std::optional<v1::AgendaAnswer> AgendaOf(Connection& connection, const std::string& session) {
  return connection.Call(&v1::AgendaService::Stub::GetAgenda,
                         Named<v1::GetAgendaRequest>("sessions", session));
}

void ShowAgenda(Connection& connection, const v1::AgendaAnswer& answer) {
  if (PrintDocument(connection.format, answer)) return;
  if (answer.agenda().items().empty()) {
    std::cout << "The session has no agenda that you may see.\n";
    return;
  }
  Lookup lookup(connection);
  PrintItems(lookup, answer);
  PrintPapers(lookup, answer.agenda());
  PrintAgreements(lookup, answer);
  if (answer.has_clock()) PrintFloor(lookup, answer);
}

void ShowAgendaItem(Connection& connection, const std::string& session,
                    const v1::AgendaItem& item) {
  if (PrintDocument(connection.format, item)) return;
  const auto answer = AgendaOf(connection, session);
  if (answer) ShowAgenda(connection, *answer);
}

}  // namespace neshast::cli
