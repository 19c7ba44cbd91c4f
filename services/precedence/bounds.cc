#include "precedence/bounds.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "precedence/alphabet.h"

namespace neshast::precedence {
namespace {

constexpr size_t kMostParties = 200;
constexpr size_t kMostSeats = 2000;
constexpr size_t kMostRules = 10;
constexpr size_t kLongestId = 200;
constexpr size_t kLongestName = 800;
constexpr size_t kLongestSeed = 200;
constexpr int kMostSessions = 1'000'000;

class Violations {
 public:
  // `field` of list[`index`]; the path is written only where it is wrong.
  void Unless(bool holds, absl::string_view list, size_t index, absl::string_view field,
              absl::string_view description) {
    if (!holds) Add(absl::StrCat(list, "[", index, "].", field), description);
  }
  void Unless(bool holds, absl::string_view field, absl::string_view description) {
    if (!holds) Add(std::string(field), description);
  }
  std::vector<FieldViolation> Take() && { return std::move(list_); }

 private:
  void Add(std::string field, absl::string_view description) {
    list_.push_back({std::move(field), std::string(description)});
  }
  std::vector<FieldViolation> list_;
};

bool HasLength(absl::string_view text, size_t most) {
  return !text.empty() && text.size() <= most;
}

void CheckSeats(const Party& party, size_t index, Violations& violations) {
  violations.Unless(!party.seats.empty(), "parties", index, "seats", "At least one seat.");
  violations.Unless(std::count_if(party.seats.begin(), party.seats.end(),
                                  [](const Seat& seat) { return seat.role == Role::kHead; }) <= 1,
                    "parties", index, "seats", "At most one head of delegation.");
  absl::flat_hash_set<absl::string_view> ids;
  for (size_t i = 0; i < party.seats.size(); ++i) {
    const std::string& id = party.seats[i].id;
    const std::string field = absl::StrCat("seats[", i, "].id");
    violations.Unless(HasLength(id, kLongestId), "parties", index, field, "1 to 200 bytes.");
    violations.Unless(ids.insert(id).second, "parties", index, field,
                      "Once in a party: another seat has this id.");
  }
}

void CheckNames(const Party& party, size_t index, Violations& violations) {
  const auto is_name = [](const auto& entry) {
    return HasLength(entry.second, kLongestName) &&
           !absl::StripAsciiWhitespace(entry.second).empty();
  };
  violations.Unless(!party.names.empty(), "parties", index, "names",
                    "A name in at least one language.");
  violations.Unless(std::all_of(party.names.begin(), party.names.end(), is_name), "parties", index,
                    "names", "Each 1 to 800 bytes, not blank.");
  violations.Unless(
      party.original_language.empty() || party.names.count(party.original_language) > 0, "parties",
      index, "original_language", "The tag of one of the names.");
}

void CheckParties(const std::vector<Party>& parties, Violations& violations) {
  size_t seats = 0;
  absl::flat_hash_set<absl::string_view> ids;
  for (size_t i = 0; i < parties.size(); ++i) {
    const Party& party = parties[i];
    violations.Unless(HasLength(party.id, kLongestId), "parties", i, "id", "1 to 200 bytes.");
    violations.Unless(ids.insert(party.id).second, "parties", i, "id",
                      "Once in an order: another party has this id.");
    violations.Unless(!party.rank || *party.rank >= 1, "parties", i, "rank", "1 or more.");
    CheckNames(party, i, violations);
    CheckSeats(party, i, violations);
    seats += party.seats.size();
  }
  violations.Unless(seats <= kMostSeats, "parties", "At most 2,000 seats together.");
  violations.Unless(std::count_if(parties.begin(), parties.end(),
                                  [](const Party& party) { return party.is_host; }) <= 1,
                    "parties", "At most one host.");
}

// What is wrong with a rule itself: a field and a sentence.
struct RuleBounds {
  size_t index;
  Violations& violations;

  void operator()(const ByAlphabet& rule) const {
    violations.Unless(Alphabet::Open(rule.language).has_value(), "rules", index, "language",
                      "A language by its BCP 47 tag, with no more than a known collation.");
  }
  void operator()(const ByRotation& rule) const {
    violations.Unless(rule.session_number >= 1 && rule.session_number <= kMostSessions, "rules",
                      index, "session_number", "1 to 1,000,000.");
  }
  void operator()(const ByLots& rule) const {
    violations.Unless(HasLength(rule.seed, kLongestSeed), "rules", index, "seed",
                      "1 to 200 bytes.");
  }
  void operator()(const auto&) const {}
};

void CheckRules(const RuleSet& rules, Violations& violations) {
  std::set<size_t> kinds;
  for (size_t i = 0; i < rules.size(); ++i) {
    std::visit(RuleBounds{i, violations}, rules[i]);
    const bool is_new = kinds.insert(rules[i].index()).second;
    violations.Unless(is_new || std::holds_alternative<ByAlphabet>(rules[i]), "rules", i, "kind",
                      "Once in a set, except alphabets.");
  }
}

}  // namespace

absl::Status OutOfBounds(std::vector<FieldViolation> violations) {
  if (violations.empty()) return absl::OkStatus();
  return Error(absl::StatusCode::kInvalidArgument, "The order of precedence is out of its bounds.",
               {.reason = "OUT_OF_BOUNDS", .metadata = {}, .violations = std::move(violations)});
}

absl::Status CheckBounds(const std::vector<Party>& parties, const RuleSet& rules) {
  Violations violations;
  // Longer lists are refused unread, so that a bad request cannot cost much.
  violations.Unless(parties.size() <= kMostParties, "parties", "At most 200 parties.");
  violations.Unless(rules.size() <= kMostRules, "rules", "At most 10 rules.");
  if (parties.size() <= kMostParties) CheckParties(parties, violations);
  if (rules.size() <= kMostRules) CheckRules(rules, violations);
  return OutOfBounds(std::move(violations).Take());
}

}  // namespace neshast::precedence
