#include "cli/suggestion_view.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/burden.h"
#include "cli/lookup.h"
#include "cli/obstacles_view.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

using v1::Advantage;
using v1::PersonHour;
using v1::Suggestion;

constexpr int kMaxTimes = 8;    // Of a day in one sentence.
constexpr int kMaxChoices = 3;  // Ways to have most cities inside office hours.

// "Tue 11:30", with the date where it is another day than the host's.
std::string ThereInWords(const v1::CityBurden& burden) {
  const absl::CivilSecond wall = WallTimeOf(burden.start_time());
  if (burden.day_shift() != 0) return ShortTime(wall);
  return absl::StrCat(ShortTime(wall).substr(0, 4), ClockTime(wall));
}

void PrintHours(Lookup& lookup, const Suggestion& suggestion) {
  std::vector<Row> rows{{"CITY", "LOCAL TIME", "HOUR", "POINTS", "LEDGER", "WHY"}};
  for (const v1::CityHour& hour : suggestion.cities()) {
    const v1::CityBurden& burden = hour.burden();
    rows.push_back({lookup.City(burden.city()), ThereInWords(burden), HourCell(burden),
                    std::to_string(burden.points()),
                    absl::StrCat(PointsInWords(hour.ledger_before()), " → ",
                                 PointsInWords(hour.ledger_after())),
                    WhyInWords(burden)});
  }
  PrintTable(rows, 3);
}

std::vector<std::string> WhoIs(const Suggestion& suggestion, PersonHour::Status status) {
  std::vector<std::string> names;
  for (const PersonHour& hour : suggestion.people()) {
    if (hour.status() == status) names.push_back(hour.person());
  }
  return names;
}

// Who is not known to be free. Unknown is told as unknown, never as free.
void PrintPeople(Lookup& lookup, const Suggestion& suggestion) {
  const auto free = WhoIs(suggestion, PersonHour::STATUS_FREE);
  const auto unknown = WhoIs(suggestion, PersonHour::STATUS_UNKNOWN);
  const auto tentative = WhoIs(suggestion, PersonHour::STATUS_TENTATIVE);
  std::cout << "   People: " << free.size() << " of " << suggestion.people_size()
            << " known to be free.\n";
  if (!unknown.empty()) {
    std::cout << "   " << Painted("Unknown: ", Tone::kFair) << lookup.People(unknown)
              << (suggestion.unverified() ? ". It stands only if they turn out to be free." : ".")
              << "\n";
  }
  if (!tentative.empty()) {
    std::cout << "   Tentatively busy: " << lookup.People(tentative) << ".\n";
  }
  if (suggestion.missing_people_size() > 0) {
    std::cout << "   Cannot come (optional, left out of a booking): "
              << lookup.People(suggestion.missing_people()) << ".\n";
  }
}

void PrintService(Lookup& lookup, const v1::SuggestTimesRequest& request,
                  const Suggestion& suggestion) {
  for (int i = 0; i < suggestion.quorums_size(); ++i) {
    const v1::QuorumHour& quorum = suggestion.quorums(i);
    std::cout << "   Quorum of " << IdOf(request.quorums(i).expert_group()) << ": "
              << quorum.available() << " of " << quorum.members() << " can come, "
              << quorum.needed() << " are needed.\n";
  }
  for (const v1::InterpreterAssignment& pair : suggestion.interpreters()) {
    std::cout << "   Interpreters " << pair.first_language() << "-" << pair.second_language()
              << ": " << lookup.People(pair.interpreters()) << ".\n";
  }
}

std::string AdvantageInWords(Lookup& lookup, const Advantage& advantage) {
  const std::string here = PointsInWords(advantage.value());
  const std::string next = PointsInWords(advantage.next_value());
  switch (advantage.criterion()) {
    case Advantage::CRITERION_TOTAL_WITHIN_GUARD:
      return absl::StrCat("its cities bear ", here, " points together, the next ", next,
                          ": more than one and a half times the least");
    case Advantage::CRITERION_CITY_ACCOUNTS:
      return absl::StrCat(advantage.place() == 0
                              ? "the city that has borne most then stands at "
                              : absl::StrCat("the ", advantage.place(),
                                             " worst-off cities stand alike; the one after "
                                             "them then stands at "),
                          here, " (", lookup.City(advantage.city()), ") and with the next at ",
                          next, " (", lookup.City(advantage.next_city()), ")");
    case Advantage::CRITERION_VERIFIED:
      return "it relies on nobody whose time is unknown";
    case Advantage::CRITERION_OPTIONAL_ATTENDANCE:
      return absl::StrCat("fewer optional people are missing, ", here, " against ", next);
    case Advantage::CRITERION_WEIGHTED_POINTS:
      return absl::StrCat("weighted by people it costs ", here, " points, the next ", next);
    case Advantage::CRITERION_ROUND_TIMES:
      return "its local times are rounder";
    case Advantage::CRITERION_EARLIER:
      return "it is earlier, and equal in all else";
    default:
      return "of a reason that this program does not know";
  }
}

void PrintSuggestion(Lookup& lookup, const v1::SuggestTimesRequest& request,
                     const Suggestion& suggestion) {
  v1::CityBurden host;
  *host.mutable_start_time() = suggestion.start_time();
  for (const v1::CityHour& hour : suggestion.cities()) {
    if (hour.burden().city() == request.host()) host = hour.burden();
  }
  std::cout << Painted(absl::StrCat(suggestion.rank(), ". ",
                                    WhenInWords(host, lookup.City(request.host()),
                                                request.duration().seconds())),
                       Tone::kHeading)
            << "\n";
  PrintHours(lookup, suggestion);
  PrintPeople(lookup, suggestion);
  PrintService(lookup, request, suggestion);
  if (suggestion.exceeds_guard()) {
    std::cout << "   " << Painted("Hard on the whole:", Tone::kBad) << " "
              << suggestion.total_points()
              << " points together, more than one and a half times the least.\n";
  }
  if (suggestion.has_better_than_next()) {
    std::cout << "   Better than the next: "
              << AdvantageInWords(lookup, suggestion.better_than_next()) << ".\n";
  }
  std::cout << "\n";
}

std::string TimesInWords(const v1::CoverageChoice& choice) {
  const auto& times = choice.utc_times();
  std::vector<std::string> told(times.begin(), times.begin() + std::min(times.size(), kMaxTimes));
  if (times.size() > kMaxTimes) told.push_back(Counted(times.size() - kMaxTimes, "other time"));
  return Enumerated(told) + " UTC";
}

void PrintCoverage(Lookup& lookup, const v1::Coverage& coverage) {
  if (coverage.cities() < 2 || coverage.choices().empty()) return;
  if (coverage.best() == coverage.cities()) {
    std::cout << (coverage.cities() == 2 ? "Both" : absl::StrCat("All ", coverage.cities()))
              << " cities can be inside office hours at once, at "
              << TimesInWords(coverage.choices(0)) << " ("
              << Counted(coverage.choices(0).starts(), "start") << ").\n";
    return;
  }
  std::cout << "No hour is inside office hours in all " << coverage.cities() << " cities. At best "
            << coverage.best() << " of " << coverage.cities() << " are, at ";
  for (int i = 0; i < std::min(coverage.choices_size(), kMaxChoices); ++i) {
    const v1::CoverageChoice& choice = coverage.choices(i);
    std::cout << (i == 0 ? "" : "; or at ") << TimesInWords(choice)
              << ", outside then: " << lookup.Cities(choice.missing_cities());
  }
  std::cout << ".\n";
}

}  // namespace

void ShowSuggestions(Connection& connection, const v1::SuggestTimesRequest& request,
                     const v1::SuggestTimesResponse& response) {
  if (PrintDocument(connection.format, response)) return;
  Lookup lookup(connection);
  for (const Suggestion& suggestion : response.suggestions()) {
    PrintSuggestion(lookup, request, suggestion);
  }
  if (response.suggestions().empty()) PrintObstacles(lookup, request, response);
  PrintCoverage(lookup, response.coverage());
}

}  // namespace neshast::cli
