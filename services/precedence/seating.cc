#include "precedence/seating.h"

namespace neshast::precedence {

std::vector<int> ScreenRow(int count) {
  std::vector<int> row;
  const int outermost_right_hand = count - 1 - count % 2;
  for (int place = outermost_right_hand; place > 0; place -= 2) row.push_back(place);
  for (int place = 0; place < count; place += 2) row.push_back(place);
  return row;
}

}  // namespace neshast::precedence
