// Who takes part, as far as precedence looks at it. Plain values; a service fills them from its
// messages.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "date/date.h"

namespace neshast::precedence {

// What somebody is in the delegation, in the order in which speakers follow one another: heads of
// all delegations before their alternates, and so on to observers. Interpreters and note-takers
// never have a place: leave them out.
enum class Role { kHead, kAlternate, kMember, kAdviser, kExpert, kObserver };

// A place in a delegation. It outlives whoever sits in it: to substitute somebody, change `person`
// and leave `id` and `role`.
struct Seat {
  std::string id;  // Unique in its party; 1 to 200 bytes.
  Role role = Role::kHead;
  std::string person;  // Empty: not named yet.

  bool operator==(const Seat&) const = default;
};

// One delegation: a city, a country or an organisation.
struct Party {
  std::string id;  // Unique; 1 to 200 bytes.
  // Of the city or country, by BCP 47 tag, written as it is to be ordered ("Habana" where the
  // article is not to count). At least one language; 1 to 800 bytes each.
  std::map<std::string, std::string> names;
  // The tag of the name that was written first; empty: not known. Else one of `names`.
  std::string original_language;
  bool is_host = false;  // At most one party is.
  // Of its head: 1 is the highest. Absent: comes after all that have one; so with the dates.
  std::optional<int> rank;
  std::optional<date::local_days> notified_on;      // When its coming was notified to the host.
  std::optional<date::local_days> in_office_since;  // When its head took office.
  // In the order of the delegation's own list. At least one, at most one head. Where nothing but
  // the party stands (on the screen, under a document), its head stands for it, else the first.
  std::vector<Seat> seats;
};

}  // namespace neshast::precedence
