// Where the places of a screen order are.
#pragma once

#include <vector>

namespace neshast::precedence {

// The row of `count` places from the viewer's left to the viewer's right, as indexes in the places
// of a kScreen order: {3, 1, 0, 2, 4} for five.
//
// The first in precedence, which is the host if there is one, is in the middle; the second at its
// right hand (the viewer's left), the third at its left hand, and so on outwards. With an even
// number the right hand has one more. That is the usage for flags, signing tables and platforms
// alike: the place of honour is at the host's right hand (Dubai Protocol Department, "Protocol
// activities"; Satow's Diplomatic Practice). It is a matter of hands and not of scripts: a page
// that is read from the right must not mirror it.
std::vector<int> ScreenRow(int count);

}  // namespace neshast::precedence
