#include "sessions/delegations.h"

#include <algorithm>

namespace neshast {

bool Holds(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void Drop(const std::string& name, Names& names) {
  names.erase(std::remove(names.begin(), names.end(), name), names.end());
}

v1::Delegation* FindDelegation(v1::Session& session, const std::string& city) {
  auto& delegations = *session.mutable_delegations();
  const auto found =
      std::find_if(delegations.begin(), delegations.end(),
                   [&](const v1::Delegation& delegation) { return delegation.city() == city; });
  return found == delegations.end() ? nullptr : &*found;
}

void CountSeated(v1::Delegation& delegation) {
  for (const v1::Seat& seat : delegation.seats()) {
    if (Holds(delegation.required_people(), seat.person())) continue;
    if (Holds(delegation.optional_people(), seat.person())) continue;
    delegation.add_optional_people(seat.person());
  }
}

void KeepSeats(const v1::Session& before, v1::Session& after) {
  for (const v1::Delegation& was : before.delegations()) {
    v1::Delegation* is = FindDelegation(after, was.city());
    if (is == nullptr) continue;
    *is->mutable_seats() = was.seats();
    *is->mutable_changes() = was.changes();
    is->clear_close_time();
    if (was.has_close_time()) *is->mutable_close_time() = was.close_time();
    CountSeated(*is);
  }
}

}  // namespace neshast
