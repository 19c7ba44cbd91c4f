// Cities and countries for the tests of this folder. Names are those in common official use.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "precedence/arrange.h"

namespace neshast::precedence {

// A party with its head, "person of <id>", in the seat "head".
Party PartyOf(const std::string& id, std::map<std::string, std::string> names);

// The ten members of the ECO by ISO 3166 code, in English, Persian, Russian and Turkish; Iran is
// the host. In no alphabet's order.
std::vector<Party> EcoMembers();

// Isfahan, the host, and its thirteen sister cities, in English and Chinese; ids as "xian".
std::vector<Party> SisterCities();

// One party of `name` in `language` for each name, which is its id too.
std::vector<Party> Named(const std::string& language, const std::vector<std::string>& names);

Party& PartyIn(std::vector<Party>& parties, const std::string& id);

// Fails the test where they are refused.
Order Arranged(OrderKind kind, const std::vector<Party>& parties, const RuleSet& rules);

std::vector<std::string> PartiesIn(const std::vector<Place>& places);
// "party/seat"
std::vector<std::string> SeatsIn(const std::vector<Place>& places);

}  // namespace neshast::precedence
