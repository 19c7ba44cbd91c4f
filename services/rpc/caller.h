// Who calls, as the adaptor found out from the call's token or certificate.
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
  std::string token = {};                  // resource name; empty for who enters by a certificate
  std::vector<std::string> networks = {};  // what its token is limited to; empty: no limit
  // The one resource that a personal link gives entry to; empty for everybody else. Who enters by a
  // link has its name, "links/…", as `principal`.
  std::string target = {};

  // Whether it may do less than its principal, or from fewer places.
  bool limited() const { return !scopes.empty() || !networks.empty(); }
};

}  // namespace neshast
