#include "precedence/criteria.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "precedence/alphabet.h"
#include "precedence/lots.h"

namespace neshast::precedence {
namespace {

constexpr int64_t kAfterAllOthers = std::numeric_limits<int64_t>::max();

int64_t NumberOf(int rank) {
  return rank;
}

int64_t NumberOf(date::local_days day) {
  return day.time_since_epoch().count();
}

// A party without the field stands after those with it.
template <typename Field>
Criterion ByField(Ground ground, const std::vector<Party>& parties,
                  std::optional<Field> Party::*field) {
  Criterion criterion{ground, {}, {}};
  for (const Party& party : parties) {
    const std::optional<Field>& value = party.*field;
    criterion.keys.push_back({value ? NumberOf(*value) : kAfterAllOthers, ""});
    criterion.values.push_back(value ? Value(*value) : Value());
  }
  return criterion;
}

// The view of each rule. A rotation depends on the rules around it: TakeTurns() fills its keys.
struct CriterionOf {
  const std::vector<Party>& parties;

  Criterion operator()(const ByHost& rule) const {
    Criterion criterion{Ground::kHost, {}, {}};
    for (const Party& party : parties) {
      const bool is_first = party.is_host == (rule.end == ByHost::End::kFirst);
      criterion.keys.push_back({is_first ? 0 : 1, ""});
      criterion.values.emplace_back(int64_t{party.is_host});
    }
    return criterion;
  }
  Criterion operator()(const ByRank&) const {
    return ByField(Ground::kRank, parties, &Party::rank);
  }
  Criterion operator()(const ByNotification&) const {
    return ByField(Ground::kNotification, parties, &Party::notified_on);
  }
  Criterion operator()(const BySeniority&) const {
    return ByField(Ground::kSeniority, parties, &Party::in_office_since);
  }
  Criterion operator()(const ByAlphabet& rule) const {
    Criterion criterion{Ground::kAlphabet, {}, {}};
    const auto alphabet = Alphabet::Open(rule.language);
    for (const Party& party : parties) {
      NameInAlphabet name = alphabet->NameOf(party);
      criterion.keys.push_back({0, alphabet->SortKey(name.name)});
      criterion.values.emplace_back(std::move(name));
    }
    return criterion;
  }
  Criterion operator()(const ByRotation&) const {
    return {Ground::kRotation, std::vector<Criterion::Key>(parties.size()),
            std::vector<Value>(parties.size())};
  }
  Criterion operator()(const ByLots& rule) const {
    Criterion criterion{Ground::kLots, {}, {}};
    for (const Party& party : parties) {
      std::string lot = LotOf(rule.seed, party.id);
      criterion.keys.push_back({0, lot});
      criterion.values.emplace_back(std::move(lot));
    }
    return criterion;
  }
};

// On the screen the host is first whatever the rules say, and said once.
RuleSet RulesOf(OrderKind kind, RuleSet rules) {
  if (kind != OrderKind::kScreen) return rules;
  std::erase_if(rules, [](const Rule& rule) { return std::holds_alternative<ByHost>(rule); });
  rules.insert(rules.begin(), ByHost{});
  return rules;
}

// Fills the keys of criteria[`turn`]: of each run in `order` that the criteria before it leave
// equal, the first (session - 1) mod size go to its end. `order` is the one without turns.
void TakeTurns(std::vector<Criterion>& criteria, size_t turn, int session_number,
               const std::vector<int>& order) {
  const auto are_equal_before = [&](int a, int b) {
    return std::all_of(criteria.begin(), criteria.begin() + turn,
                       [&](const Criterion& each) { return each.keys[a] == each.keys[b]; });
  };
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && are_equal_before(order[begin], order[end])) ++end;
    const size_t passed = static_cast<size_t>(session_number - 1) % (end - begin);
    for (size_t i = begin; i < end; ++i) {
      criteria[turn].keys[order[i]].number = i - begin < passed ? 1 : 0;
      criteria[turn].values[order[i]] = static_cast<int64_t>(i - begin + 1);
    }
    begin = end;
  }
}

// The head, else the first of the list.
int SpokesmanOf(const Party& party) {
  const auto head = std::find_if(party.seats.begin(), party.seats.end(),
                                 [](const Seat& seat) { return seat.role == Role::kHead; });
  return head == party.seats.end() ? 0 : static_cast<int>(head - party.seats.begin());
}

}  // namespace

Criteria::Criteria(OrderKind kind, const std::vector<Party>& parties, const RuleSet& rules)
    : kind_(kind), parties_(parties) {
  const RuleSet effective = RulesOf(kind, rules);
  for (const Rule& rule : effective) criteria_.push_back(std::visit(CriterionOf{parties}, rule));
  for (size_t i = 0; i < effective.size(); ++i) {
    const auto* rotation = std::get_if<ByRotation>(&effective[i]);
    if (rotation == nullptr) continue;
    std::vector<int> order(parties.size());
    for (size_t party = 0; party < order.size(); ++party) order[party] = static_cast<int>(party);
    std::sort(order.begin(), order.end(), [&](int a, int b) { return PartyBefore(a, b); });
    TakeTurns(criteria_, i, rotation->session_number, order);
  }
}

std::vector<Standing> Criteria::InOrder() const {
  std::vector<Standing> standings;
  for (int party = 0; party < static_cast<int>(parties_.size()); ++party) {
    if (kind_ != OrderKind::kSpeaking) {
      standings.push_back({party, SpokesmanOf(parties_[party])});
      continue;
    }
    const int seats = static_cast<int>(parties_[party].seats.size());
    for (int seat = 0; seat < seats; ++seat) standings.push_back({party, seat});
  }
  std::sort(standings.begin(), standings.end(),
            [&](Standing a, Standing b) { return Before(a, b); });
  return standings;
}

bool Criteria::PartyBefore(int a, int b) const {
  for (const Criterion& criterion : criteria_) {
    if (criterion.keys[a] != criterion.keys[b]) return criterion.keys[a] < criterion.keys[b];
  }
  return parties_[a].id < parties_[b].id;
}

bool Criteria::Before(Standing a, Standing b) const {
  const Role role_a = SeatOf(a).role;
  const Role role_b = SeatOf(b).role;
  if (kind_ == OrderKind::kSpeaking && role_a != role_b) return role_a < role_b;
  return a.party == b.party ? a.seat < b.seat : PartyBefore(a.party, b.party);
}

Reason Criteria::ReasonFor(Standing first, Standing second) const {
  Reason reason = Compare(first, second);
  reason.kept_by_lock = !Before(first, second);
  return reason;
}

Reason Criteria::Compare(Standing a, Standing b) const {
  const Role role_a = SeatOf(a).role;
  const Role role_b = SeatOf(b).role;
  if (kind_ == OrderKind::kSpeaking && role_a != role_b) return {Ground::kRole, role_a, role_b};
  if (a.party == b.party) {
    return {Ground::kDelegationList, int64_t{a.seat} + 1, int64_t{b.seat} + 1};
  }
  for (const Criterion& criterion : criteria_) {
    if (criterion.keys[a.party] == criterion.keys[b.party]) continue;
    return {criterion.ground, criterion.values[a.party], criterion.values[b.party]};
  }
  return {Ground::kPartyId, parties_[a.party].id, parties_[b.party].id};
}

std::vector<Place> Criteria::PlacesOf(const std::vector<Standing>& standings) const {
  std::vector<Place> places;
  for (size_t i = 0; i < standings.size(); ++i) {
    const Seat& seat = SeatOf(standings[i]);
    places.push_back({parties_[standings[i].party].id, seat.id, seat.person, std::nullopt});
    if (i + 1 == standings.size()) continue;
    places.back().before_next = ReasonFor(standings[i], standings[i + 1]);
  }
  return places;
}

const Seat& Criteria::SeatOf(Standing standing) const {
  return parties_[standing.party].seats[standing.seat];
}

}  // namespace neshast::precedence
