#include "precedence/recalculate.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "precedence/bounds.h"
#include "precedence/criteria.h"
#include "status_macros.h"

namespace neshast::precedence {
namespace {

using PlaceNumbers = absl::flat_hash_map<std::pair<std::string, std::string>, int>;

// By what a place is known again: a speaker's by its seat, else by its party.
std::pair<std::string, std::string> KeyOf(OrderKind kind, const std::string& party,
                                          const std::string& seat) {
  return {party, kind == OrderKind::kSpeaking ? seat : ""};
}

absl::StatusOr<PlaceNumbers> NumbersOf(const Order& order) {
  PlaceNumbers numbers;
  std::vector<FieldViolation> violations;
  for (size_t i = 0; i < order.places.size(); ++i) {
    const Place& place = order.places[i];
    const auto key = KeyOf(order.kind, place.party, place.seat);
    if (!numbers.emplace(key, static_cast<int>(i)).second) {
      violations.push_back({absl::StrCat("order.places[", i, "]"), "Once in an order."});
    }
  }
  RETURN_IF_ERROR(OutOfBounds(std::move(violations)));
  return numbers;
}

// A place of the new order. Numbers are counted from 0.
struct Entry {
  Standing standing;
  int before = -1;  // Its number in the old order; -1: it had none.
};

std::vector<Entry> EntriesOf(const Order& order, const PlaceNumbers& numbers,
                             const std::vector<Party>& parties, const Criteria& criteria) {
  std::vector<Entry> entries;
  for (const Standing standing : criteria.InOrder()) {
    const Party& party = parties[standing.party];
    const auto before = numbers.find(KeyOf(order.kind, party.id, party.seats[standing.seat].id));
    entries.push_back({standing, before == numbers.end() ? -1 : before->second});
  }
  return entries;
}

// `entries`, which come in the order of the rules, with the old ones in their old order.
std::vector<Entry> KeepPlaces(const std::vector<Entry>& entries, const Criteria& criteria) {
  std::vector<Entry> kept;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(kept),
               [](const Entry& entry) { return entry.before >= 0; });
  std::sort(kept.begin(), kept.end(),
            [](const Entry& a, const Entry& b) { return a.before < b.before; });
  for (const Entry& entry : entries) {
    if (entry.before >= 0) continue;
    const auto next = std::find_if(kept.begin(), kept.end(), [&](const Entry& other) {
      return criteria.Before(entry.standing, other.standing);
    });
    kept.insert(next, entry);
  }
  return kept;
}

// Which entries only shifted: the heaviest set of old ones that still stand in their old order.
// All substitutes together weigh less than one other, so that where a substitute and another have
// changed places it is the substitute that moved.
std::vector<bool> Unmoved(const std::vector<Entry>& entries, const std::vector<bool>& substituted) {
  const int count = static_cast<int>(entries.size());
  std::vector<int> weight(count, 0);  // Of the heaviest rising chain that ends here.
  std::vector<int> previous(count, -1);
  int heaviest = -1;
  for (int i = 0; i < count; ++i) {
    if (entries[i].before < 0) continue;
    for (int j = 0; j < i; ++j) {
      const bool rises = entries[j].before >= 0 && entries[j].before < entries[i].before;
      if (rises && (previous[i] < 0 || weight[j] > weight[previous[i]])) previous[i] = j;
    }
    weight[i] = (previous[i] < 0 ? 0 : weight[previous[i]]) + (substituted[i] ? 1 : count + 1);
    if (heaviest < 0 || weight[i] > weight[heaviest]) heaviest = i;
  }
  std::vector<bool> unmoved(count, false);
  for (int i = heaviest; i >= 0; i = previous[i]) unmoved[i] = true;
  return unmoved;
}

// The explanation of one recalculation.
class Explanation {
 public:
  Explanation(const Order& before, const Order& now, const std::vector<Entry>& entries,
              const Criteria& criteria)
      : before_(before), now_(now), entries_(entries), criteria_(criteria) {}

  std::vector<Change> Changes() const {
    std::vector<Change> changes = Gone();
    const std::vector<bool> substituted = Substituted();
    const std::vector<bool> unmoved = Unmoved(entries_, substituted);
    for (int i = 0; i < static_cast<int>(entries_.size()); ++i) {
      if (entries_[i].before < 0) {
        changes.push_back(Came(i));
        continue;
      }
      if (substituted[i]) changes.push_back(SubstitutionAt(i));
      if (!unmoved[i] || i != entries_[i].before) changes.push_back(MoveTo(i, unmoved[i]));
    }
    return changes;
  }

 private:
  std::vector<Change> Gone() const {
    absl::flat_hash_set<int> remaining;
    for (const Entry& entry : entries_) remaining.insert(entry.before);
    std::vector<Change> changes;
    for (int i = 0; i < static_cast<int>(before_.places.size()); ++i) {
      const Place& place = before_.places[i];
      if (remaining.contains(i)) continue;
      changes.push_back({ChangeKind::kWent, place.party, place.seat, i + 1, 0, place.person, "", 0,
                         std::nullopt});
    }
    return changes;
  }

  std::vector<bool> Substituted() const {
    std::vector<bool> substituted;
    for (size_t i = 0; i < entries_.size(); ++i) {
      const int old = entries_[i].before;
      substituted.push_back(old >= 0 && before_.places[old].person != now_.places[i].person);
    }
    return substituted;
  }

  Change Came(int i) const {
    Change change = ChangeAt(ChangeKind::kCame, i);
    const int count = static_cast<int>(entries_.size());
    if (count > 1) Against(i + 1 < count ? i + 1 : i - 1, i, change);
    return change;
  }

  Change SubstitutionAt(int i) const {
    Change change = ChangeAt(ChangeKind::kSubstituted, i);
    for (const int neighbour : {i - 1, i}) {
      if (neighbour < 0 || !now_.places[neighbour].before_next) continue;
      if (!now_.places[neighbour].before_next->kept_by_lock) continue;
      Against(neighbour == i ? i + 1 : neighbour, i, change);
      break;
    }
    return change;
  }

  Change MoveTo(int i, bool unmoved) const {
    Change change = ChangeAt(ChangeKind::kMoved, i);
    const int passed = unmoved ? -1 : NearestPassed(i);
    if (passed >= 0) Against(passed, i, change);
    return change;
  }

  // The nearest behind `i` that was ahead of it; else the nearest ahead that was behind it.
  int NearestPassed(int i) const {
    const int count = static_cast<int>(entries_.size());
    for (int other = i + 1; other < count; ++other) {
      if (entries_[other].before >= 0 && entries_[other].before < entries_[i].before) return other;
    }
    for (int other = i - 1; other >= 0; --other) {
      if (entries_[other].before > entries_[i].before) return other;
    }
    return -1;
  }

  Change ChangeAt(ChangeKind kind, int i) const {
    const Place& place = now_.places[i];
    const int old = entries_[i].before;
    const std::string person_before = old < 0 ? "" : before_.places[old].person;
    return {kind,          place.party,  place.seat, old + 1,     i + 1,
            person_before, place.person, 0,          std::nullopt};
  }

  void Against(int other, int i, Change& change) const {
    change.against = other + 1;
    change.reason = criteria_.ReasonFor(entries_[std::min(i, other)].standing,
                                        entries_[std::max(i, other)].standing);
  }

  const Order& before_;
  const Order& now_;
  const std::vector<Entry>& entries_;
  const Criteria& criteria_;
};

}  // namespace

absl::StatusOr<Recalculation> Recalculate(const Order& order, const std::vector<Party>& parties) {
  RETURN_IF_ERROR(CheckBounds(parties, order.rules));
  ASSIGN_OR_RETURN(const PlaceNumbers numbers, NumbersOf(order));
  const Criteria criteria(order.kind, parties, order.rules);
  std::vector<Entry> entries = EntriesOf(order, numbers, parties, criteria);
  if (order.locked) entries = KeepPlaces(entries, criteria);
  std::vector<Standing> standings;
  for (const Entry& entry : entries) standings.push_back(entry.standing);
  Order now{order.kind, order.rules, order.locked, criteria.PlacesOf(standings)};
  std::vector<Change> changes = Explanation(order, now, entries, criteria).Changes();
  return Recalculation{std::move(now), std::move(changes)};
}

}  // namespace neshast::precedence
