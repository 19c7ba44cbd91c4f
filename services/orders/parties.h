// From a session's delegations to the parties that the engine puts in order.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "neshast/v1/session.pb.h"
#include "precedence/party.h"
#include "store/store.h"

namespace neshast {

// One party for each delegation, by its city's names and its head's time in office. Interpreters
// and note-takers have no place; where nobody else is named, a head who is yet to be named stands
// for the delegation.
absl::StatusOr<std::vector<precedence::Party>> PartiesOf(const v1::Session& session,
                                                         Transaction& tx);

// By what the engine knows the seat `id` of `city`, and back. A delegation's head is one seat,
// whoever it is and whether or not anybody is named: so that a place kept for a head who is not
// named yet is the head's who comes. An empty `id` is such a head's.
std::string EngineSeat(const v1::Session& session, const std::string& city, const std::string& id);
std::string ContractSeat(const v1::Session& session, const std::string& city,
                         const std::string& engine_seat);

}  // namespace neshast
