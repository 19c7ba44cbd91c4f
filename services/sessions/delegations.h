// What of a delegation stands whatever is done to the session around it: its seats, and that who
// sits in one counts among its people.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "neshast/v1/session.pb.h"

namespace neshast {

using Names = google::protobuf::RepeatedPtrField<std::string>;

// Whether `name` is one of `names`.
bool Holds(const Names& names, const std::string& name);

// Removes every `name` from `names`; the others keep their order.
void Drop(const std::string& name, Names& names);

// The delegation of `city` in `session`, null where it has none.
v1::Delegation* FindDelegation(v1::Session& session, const std::string& city);

// Adds to the optional people who sits in a seat and is none of the delegation's people yet.
void CountSeated(v1::Delegation& delegation);

// Carries over to `after`, city by city, what only InvitationService changes: seats, close time and
// changes. Who sits there stays among the people. What a city that has left had is gone.
void KeepSeats(const v1::Session& before, v1::Session& after);

}  // namespace neshast
