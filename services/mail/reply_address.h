// The addresses that people answer to: the office's own with a token that says who answers what.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "mail/address.h"

namespace neshast::mail {

// How many characters a token has (links/link_key.h).
inline constexpr size_t kReplyTokenLength = 26;

// "protocol+TOKEN@isfahan.example" for the office "protocol@isfahan.example".
// Errors: INVALID_ARGUMENT / INVALID_FIELD where the office's name leaves no room for a token.
absl::StatusOr<Address> ReplyAddress(const Address& office, absl::string_view token);

// The token in `address`, in lower case; nullopt where `address` is none that ReplyAddress makes.
// Mail servers on the way may have changed its case, and nothing else.
std::optional<std::string> TokenIn(absl::string_view address, const Address& office);

}  // namespace neshast::mail
