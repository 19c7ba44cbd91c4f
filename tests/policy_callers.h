// One caller of each role, of Xi'an, for the tests of the matrix of roles and actions.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "rpc/caller.h"

namespace neshast {

inline constexpr char kCity[] = "cities/xian";
inline constexpr char kPerson[] = "people/mayor-of-xian";
inline constexpr char kProposal[] = "proposals/xian-dialogue";  // that the invitee's link is for

inline const std::pair<const char*, v1::Role> kRoles[] = {{"HO", v1::ROLE_PROTOCOL_OFFICER},
                                                          {"HA", v1::ROLE_ADMINISTRATOR},
                                                          {"PS", v1::ROLE_DELEGATION_SECRETARY},
                                                          {"D", v1::ROLE_DELEGATE},
                                                          {"IN", v1::ROLE_INTERPRETER},
                                                          {"EX", v1::ROLE_EXPERT},
                                                          {"OB", v1::ROLE_OBSERVER},
                                                          {"SY", v1::ROLE_SCRIPT},
                                                          {"AU", v1::ROLE_AUDITOR},
                                                          {"IV", v1::ROLE_INVITEE},
                                                          {"none", v1::ROLE_UNSPECIFIED}};

inline Caller CallerOf(const std::string& role) {
  for (const auto& [name, value] : kRoles) {
    if (role != name) continue;
    Caller caller{"principals/xian-" + role, value, kCity, kPerson, {}, "c-1"};
    if (value == v1::ROLE_INVITEE) caller.target = kProposal;
    return caller;
  }
  ADD_FAILURE() << role;
  return {};
}

}  // namespace neshast
