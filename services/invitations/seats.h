// The seats of a delegation: taken, given up, and taken over.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "absl/time/time.h"
#include "neshast/v1/session.pb.h"

namespace neshast {

using Seats = google::protobuf::RepeatedPtrField<v1::Seat>;

// Why and when somebody gives a seat up.
struct Departure {
  std::string reason;
  absl::Time at;
};

// The seat of this id, null where the delegation has none.
v1::Seat* FindSeat(v1::Delegation& delegation, const std::string& id);

// Sets the delegation's seats to `named`, in that order. A seat with an id stays the one it was and
// remembers who left it, the last ten at most; one without gets an id. Who sits in none any more is
// none of the delegation's people either; who is new joins the optional ones.
void NameSeats(const Seats& named, absl::Time now, v1::Delegation& delegation);

// Puts the person and the printed texts of `taker` in the seat of its id, which the delegation has;
// the seat's role stays. Who left it is none of the delegation's people any more; the substitute is
// required where who left was. The letter of accreditation went with the person. With the same
// person as before, only the printed texts change.
void Substitute(const v1::Seat& taker, const Departure& departure, v1::Delegation& delegation);

// Adds to the delegation's changes that `taker` asks for the seat of its id, in the place of
// whoever was asked for there and is not yet decided on.
void AskForSeat(const v1::Seat& taker, const Departure& departure, v1::Delegation& delegation);

}  // namespace neshast
