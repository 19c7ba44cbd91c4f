// Who calls, as the adaptor found out from the call's token.
#pragma once

#include <string>
#include <vector>

#include "neshast/v1/access.pb.h"
#include "neshast/v1/rules.pb.h"

namespace neshast {

struct Caller {
  std::string principal;  // resource name; "system" for the server itself
  v1::Role role = v1::ROLE_UNSPECIFIED;
  std::string city;                // the city it acts for
  std::string person;              // the person it is, or empty
  std::vector<v1::Action> scopes;  // what its token is limited to; empty: no limit
  std::string correlation_id;
};

}  // namespace neshast
