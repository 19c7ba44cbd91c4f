// Who may call, and with which credentials.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rpc/method.h"
#include "store/store.h"

namespace neshast {

// The methods of neshast.v1.AccessService.
std::vector<Method> AccessMethods();

// A token for the principal `name`, made with it where it does not exist: how the first credentials
// of a new store come to be. Returns the token's secret text.
absl::StatusOr<std::string> Enroll(const std::string& name, v1::Role role,
                                   const std::string& display_name, const std::string& city,
                                   Transaction& tx);

}  // namespace neshast
