// A city with which a session can be confirmed, for those who write the store themselves.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "neshast/v1/city.pb.h"

namespace neshast {

// On which the clocks of unit tests stand.
inline absl::Time DayOfTests() {
  return absl::FromCivil(absl::CivilDay(2026, 11, 24), absl::UTCTimeZone());
}

// `city` with `person`, who has no mail address, as its counterpart, for whom two officers vouched
// at that time.
inline v1::City Verified(v1::City city, const std::string& person, absl::Time at = DayOfTests()) {
  v1::Counterpart& counterpart = *city.mutable_counterpart();
  counterpart.set_person(person);
  for (const char* principal : {"principals/officer", "principals/administrator"}) {
    v1::Vouching& word = *counterpart.add_vouchings();
    word.set_principal(principal);
    word.mutable_vouch_time()->set_seconds(absl::ToUnixSeconds(at));
    word.set_method(v1::Vouching::METHOD_CALL_BACK);
  }
  return city;
}

}  // namespace neshast
