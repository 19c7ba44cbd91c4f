#include "cli/proposal_view.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/burden.h"
#include "cli/lookup.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

constexpr size_t kMostColumns = 5;  // of cities

// The own city first, then the others in their order, as far as they fit on a line.
std::vector<std::string> CitiesSeenFrom(const std::string& own, const v1::Proposal& proposal) {
  std::vector<std::string> cities;
  for (const v1::Delegation& delegation : proposal.delegations()) {
    if (delegation.city() == own) cities.insert(cities.begin(), own);
    if (delegation.city() != own) cities.push_back(delegation.city());
  }
  if (cities.size() > kMostColumns) cities.resize(kMostColumns);
  return cities;
}

// "Fri 4 Dec 2026 23:59 in Xi'an"; in UTC where the zone of `city` is not told.
std::string ReplyByIn(Lookup& lookup, const v1::Proposal& proposal, const std::string& city) {
  for (const v1::ProposedSlot& slot : proposal.slots()) {
    const v1::CityBurden hour = HourIn(slot, city);
    absl::TimeZone zone;
    if (hour.city() != city || !absl::LoadTimeZone(hour.start_time().time_zone(), &zone)) continue;
    const absl::Time ends = absl::FromUnixSeconds(proposal.reply_by_time().seconds());
    return absl::StrCat(ShortTime(absl::ToCivilSecond(ends, zone)), " in ", lookup.City(city));
  }
  return InUtc(proposal.reply_by_time());
}

void PrintSlots(Lookup& lookup, const v1::Proposal& proposal, const std::string& city) {
  const auto cities = CitiesSeenFrom(city, proposal);
  Row heading{"SLOT"};
  for (const std::string& each : cities) heading.emplace_back(lookup.City(each));
  heading.insert(heading.end(), {"HOUR", "WHY", "YES", "IF NEED BE", "NO", "AWAITED"});
  std::vector<Row> rows{heading};
  for (const v1::ProposedSlot& slot : proposal.slots()) {
    const bool decided = slot.id() == proposal.decided_slot_id();
    Row row{Cell(slot.id() + (decided ? " (decided)" : ""), decided ? Tone::kGood : Tone::kPlain)};
    for (const std::string& each : cities) {
      row.emplace_back(ShortTime(WallTimeOf(HourIn(slot, each).start_time())));
    }
    const v1::CityBurden own = HourIn(slot, cities.empty() ? city : cities.front());
    row.push_back(HourCell(own));
    row.emplace_back(WhyInWords(own));
    for (const int count : {slot.counts().yes(), slot.counts().if_need_be(), slot.counts().no(),
                            slot.counts().awaited()}) {
      row.emplace_back(std::to_string(count));
    }
    rows.push_back(row);
  }
  PrintTable(rows);
}

void PrintRecipients(Lookup& lookup, const v1::Proposal& proposal) {
  if (proposal.recipients().empty()) return;
  std::vector<Row> rows{{"ASKED", "CITY", "LINK", "REMINDED"}};
  for (const v1::ProposalRecipient& each : proposal.recipients()) {
    const auto& nudges = each.nudge_times();
    rows.push_back({IdOf(each.person()), lookup.City(each.city()),
                    each.link().empty()
                        ? "not yet"
                        : absl::StrCat(IdOf(each.link()), ", the ", each.link_generation(), "."),
                    nudges.empty() ? "" : InUtc(*nudges.rbegin())});
  }
  std::cout << "\n";
  PrintTable(rows);
}

void PrintAnswers(const v1::Proposal& proposal) {
  if (proposal.answers().empty()) return;
  std::vector<Row> rows{{"ANSWER OF", "SLOT", "ANSWER", "REMARK", "GIVEN BY"}};
  for (const v1::SlotAnswer& each : proposal.answers()) {
    rows.push_back({IdOf(each.person()), each.slot_id(), WordOf(each.answer()), each.remark(),
                    each.given_by()});
  }
  std::cout << "\n";
  PrintTable(rows);
}

void PrintCounterProposals(const v1::Proposal& proposal) {
  for (const v1::CounterProposal& each : proposal.counter_proposals()) {
    std::cout << "Asked for by " << IdOf(each.person()) << ": "
              << ShortTime(WallTimeOf(each.start_time())) << " " << each.start_time().time_zone()
              << (each.remark().empty() ? "" : ": " + each.remark()) << "\n";
  }
}

}  // namespace

v1::CityBurden HourIn(const v1::ProposedSlot& slot, const std::string& city) {
  for (const v1::CityBurden& burden : slot.burdens()) {
    if (burden.city() == city) return burden;
  }
  v1::CityBurden promise;
  *promise.mutable_start_time() = slot.start_time();
  return promise;
}

void ShowProposal(Connection& connection, const v1::Proposal& proposal, const std::string& city) {
  if (PrintDocument(connection.format, proposal)) return;
  Lookup lookup(connection);
  std::cout << Painted(TextOf(proposal.title()), Tone::kHeading) << "\n"
            << proposal.name() << ", " << WordOf(proposal.kind()) << ", "
            << WordOf(proposal.state()) << ", " << LengthInWords(proposal.duration().seconds())
            << ", answers until " << ReplyByIn(lookup, proposal, city) << "\n";
  PrintSlots(lookup, proposal, city);
  PrintRecipients(lookup, proposal);
  PrintAnswers(proposal);
  PrintCounterProposals(proposal);
  if (!proposal.session().empty()) std::cout << "Decided: " << proposal.session() << "\n";
  if (!proposal.withdraw_reason().empty()) {
    std::cout << "Withdrawn: " << proposal.withdraw_reason() << "\n";
  }
}

void ShowProposals(Connection& connection, const v1::ListProposalsResponse& proposals) {
  if (PrintDocument(connection.format, proposals)) return;
  std::vector<Row> rows{{"PROPOSAL", "STATE", "ANSWERS UNTIL", "SLOTS", "TITLE", "CITIES"}};
  for (const v1::Proposal& each : proposals.proposals()) {
    std::vector<std::string> cities;
    for (const v1::Delegation& delegation : each.delegations()) {
      cities.push_back(IdOf(delegation.city()));
    }
    rows.push_back(
        {IdOf(each.name()), WordOf(each.state()), InUtc(each.reply_by_time()),
         std::to_string(each.slots_size()), TextOf(each.title()),
         cities.size() > 4 ? absl::StrCat(cities.size(), " cities") : Enumerated(cities)});
  }
  PrintTable(rows);
}

}  // namespace neshast::cli
