// How a letter comes to stand in the register.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "errors.h"
#include "neshast/v1/letter.pb.h"
#include "store/store.h"

namespace neshast {

// Registers `letter`, whose references and dates are sound: gives it its cities and its state.
// FAILED_PRECONDITION / REFERENCE_NUMBER_TAKEN (metadata: number, name) where its sender has used
// the number; INVALID_FIELD (letter.host) where neither side is the host or a body of it.
absl::StatusOr<v1::Letter> Register(v1::Letter letter, Transaction& tx);

// What is wrong with the dates of a letter, by field, on the date `today`.
std::vector<FieldViolation> DateFaults(const std::string& prefix, const std::string& letter_date,
                                       const std::string& due_date, const std::string& today);

// The round that these letters are, in the order of their numbers, with its counts.
v1::LetterRound RoundOf(std::vector<v1::Letter> letters);

}  // namespace neshast
