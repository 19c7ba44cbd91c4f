// The certificates by which a principal enters.
#pragma once

#include "absl/status/status.h"
#include "neshast/v1/access.pb.h"
#include "store/store.h"

namespace neshast {

// Writes the pins of `principal` as they are stored. INVALID_ARGUMENT / INVALID_FIELD with a
// violation for each that is none, or that stands there twice.
absl::Status MakePinsCanonical(v1::Principal& principal);

// ALREADY_EXISTS / CERTIFICATE_PIN_TAKEN (metadata: pin, principal) where another principal has a
// pin of `principal`, which is stored already.
absl::Status CheckPinsAreItsOwn(const v1::Principal& principal, Transaction& tx);

}  // namespace neshast
