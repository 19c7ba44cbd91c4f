// An order of precedence: who stands where, and why before the next. Texts for people are made by
// clients; everything here is in machine form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "date/date.h"
#include "precedence/party.h"
#include "precedence/rules.h"

namespace neshast::precedence {

// What is put in order.
enum class OrderKind {
  kSpeaking,   // Every seat: by role, within a role by party, within a party by its own list.
  kScreen,     // One place for each party, the host first; ScreenRow() lays the places out.
  kSignature,  // One place for each party; SignedCopies() applies the alternat.
};

// The criterion by which one stands before another, with what its two values are.
enum class Ground {
  kRole,            // Role
  kHost,            // 1 for the host, 0 for another
  kRank,            // int64_t; absent where unknown, so with the dates
  kNotification,    // date
  kSeniority,       // date
  kAlphabet,        // NameInAlphabet
  kRotation,        // Place in the order before it was turned, counted from 1
  kLots,            // The lot, in hexadecimal
  kPartyId,         // The party's id: alike in everything else
  kDelegationList,  // Place in the party's own list, counted from 1
  kAlternat,        // Nothing: the first keeps the copy
};

// The name by which a party was put in its place.
struct NameInAlphabet {
  std::string alphabet;  // As the rule names it.
  std::string name;
  std::string language;      // The tag of `name`.
  bool is_fallback = false;  // The party has no name in the alphabet's language.

  bool operator==(const NameInAlphabet&) const = default;
};

using Value =
    std::variant<std::monostate, int64_t, date::local_days, Role, NameInAlphabet, std::string>;

// Why one stands before another.
struct Reason {
  Ground ground = Ground::kPartyId;
  Value first;   // Of the one that stands first.
  Value second;  // Of the other.
  // The rules would now have it the other way round, on this ground; a lock keeps it.
  bool kept_by_lock = false;

  bool operator==(const Reason&) const = default;
};

struct Place {
  std::string party;
  std::string seat;
  std::string person;
  std::optional<Reason> before_next;  // Absent in the last place.

  bool operator==(const Place&) const = default;
};

// Holds all that is needed to keep it and to work it out again. Change `locked` to lock or unlock.
struct Order {
  OrderKind kind = OrderKind::kSpeaking;
  RuleSet rules;
  bool locked = false;
  std::vector<Place> places;
};

}  // namespace neshast::precedence
