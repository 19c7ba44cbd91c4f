#include "access/pins.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rpc/certificate.h"

namespace neshast {

absl::Status MakePinsCanonical(v1::Principal& principal) {
  std::vector<FieldViolation> violations;
  std::set<std::string> seen;
  for (int i = 0; i < principal.certificate_pins_size(); ++i) {
    const std::string field = absl::StrCat("principal.certificate_pins[", i, "]");
    const auto pin = CanonicalPin(principal.certificate_pins(i));
    if (!pin.has_value()) {
      violations.push_back(
          {field, "It is no SHA-256 in 64 hexadecimal digits or 44 characters of base64."});
    } else if (!seen.insert(*pin).second) {
      violations.push_back({field, "It stands there twice."});
    } else {
      principal.set_certificate_pins(i, *pin);
    }
  }
  if (violations.empty()) return absl::OkStatus();
  return Error(absl::StatusCode::kInvalidArgument, "The pins of certificates are wrong.",
               {.reason = "INVALID_FIELD", .violations = std::move(violations)});
}

absl::Status CheckPinsAreItsOwn(const v1::Principal& principal, Transaction& tx) {
  for (const std::string& pin : principal.certificate_pins()) {
    ASSIGN_OR_RETURN(
        const auto holders,
        tx.List<v1::Principal>({.kind = "Principal", .list = HoldersOfPin(pin), .limit = 2}));
    for (const v1::Principal& holder : holders) {
      if (holder.name() == principal.name()) continue;
      return Error(
          absl::StatusCode::kAlreadyExists,
          absl::StrCat(holder.name(), " has this certificate pin. Take it away there first."),
          {.reason = "CERTIFICATE_PIN_TAKEN",
           .metadata = {{"pin", pin}, {"principal", holder.name()}}});
    }
  }
  return absl::OkStatus();
}

}  // namespace neshast
