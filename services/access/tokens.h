// The handlers of tokens.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "neshast/v1/access_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// A token's life where nobody says how long, and the longest there is.
inline constexpr absl::Duration kDefaultLife = absl::Hours(24 * 90);
inline constexpr absl::Duration kLongestLife = absl::Hours(24 * 366);

absl::StatusOr<v1::ListTokensResponse> ListTokens(const Caller& caller,
                                                  const v1::ListTokensRequest& request,
                                                  Transaction& tx);
absl::StatusOr<v1::CreateTokenResponse> CreateToken(const Caller& caller,
                                                    const v1::CreateTokenRequest& request,
                                                    Transaction& tx);
absl::StatusOr<v1::RotateTokenResponse> RotateToken(const Caller& caller,
                                                    const v1::RotateTokenRequest& request,
                                                    Transaction& tx);
absl::StatusOr<v1::Token> RevokeToken(const Caller& caller, const v1::RevokeTokenRequest& request,
                                      Transaction& tx);

// Stores `token` with a new secret, which the answer shows. INVALID_ARGUMENT / INVALID_FIELD for a
// life that is too long and for every network that is none.
absl::StatusOr<v1::CreateTokenResponse> Issue(v1::Token token, Transaction& tx);

// Ends every token of a principal.
absl::Status RevokeTokensOf(const std::string& principal, Transaction& tx);

}  // namespace neshast
