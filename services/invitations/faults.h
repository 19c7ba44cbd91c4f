// What a city may not do with its seats.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "invitations/seats.h"
#include "neshast/v1/session.pb.h"

namespace neshast {

// FAILED_PRECONDITION / LIST_CLOSED (metadata: city, close_time) once the list is closed.
absl::Status CheckListIsOpen(const v1::Delegation& delegation);

// Every fault of `named` as the seats of `delegation`, at once. The reason is that of the first of
// these that is there: INVALID_ARGUMENT / INVALID_FIELD (a seat that is not the delegation's, a
// seat or a person twice, an interpreter of the session), INVALID_ARGUMENT / SECOND_HEAD (metadata:
// city, person), FAILED_PRECONDITION / IN_OTHER_DELEGATION (metadata: person, city).
absl::Status CheckSeats(const v1::Session& session, const v1::Delegation& delegation,
                        const Seats& named);

// The same for `taker` in one of the seats that are there. `field` is what the client wrote that
// names the person.
absl::Status CheckTaker(const v1::Session& session, const v1::Delegation& delegation,
                        const v1::Seat& taker, const std::string& field);

}  // namespace neshast
