// Through whom the host deals with a partner city, and whether two officers vouch that it is them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "neshast/v1/directory_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// One officer's word.
struct Word {
  std::string principal;
  absl::Time at;
};

// How a person can be known to be the one who was meant.
struct Marks {
  std::string mail_address;
  std::string keys;  // any digest of the keys

  bool operator==(const Marks&) const = default;
};

struct Standing {
  v1::Counterpart::State state = v1::Counterpart::STATE_UNVERIFIED;
  absl::Time until = {};  // verified before this instant; only where it is verified
};

// When a word given `at` this instant ends: at the same date and hour, UTC, of the next year.
absl::Time EndOf(absl::Time at);

// Whether `words`, given for `vouched`, hold at `now`, when the marks are `present` (nullopt: the
// person is gone). Of several reasons why not, the first of: nobody's word, a person gone, another
// address, other keys, a word that has ended, one officer only. Design: threat T1, the false mayor.
Standing StandingOf(const std::vector<Word>& words, const Marks& vouched,
                    const std::optional<Marks>& present, absl::Time now);

// The same of the counterpart of `city`, as the directory stands now.
absl::StatusOr<Standing> StandingOf(const v1::City& city, Transaction& tx);

// A city with which no session is confirmed, and why.
struct UnverifiedCity {
  std::string name;
  v1::Counterpart::State state;
};

// Those of `cities` whose counterpart is not verified now, in their order.
absl::StatusOr<std::vector<UnverifiedCity>> UnverifiedOf(const std::vector<std::string>& cities,
                                                         Transaction& tx);

// FAILED_PRECONDITION / COUNTERPART_UNVERIFIED (metadata: cities, separated by commas). The
// sentence says of each why. `cities` has one at least.
absl::Status CounterpartsUnverified(const std::vector<UnverifiedCity>& cities);

absl::StatusOr<v1::City> VouchForCounterpart(const Caller& caller,
                                             const v1::VouchForCounterpartRequest& request,
                                             Transaction& tx);

// GetCity: with whether its counterpart is verified, for all but the caller's own city.
absl::StatusOr<v1::City> GetCity(const Caller& caller, const v1::GetCityRequest& request,
                                 Transaction& tx);

}  // namespace neshast
