#include "cli/hold_view.h"

#include "cli/lookup.h"
#include "cli/times.h"

namespace neshast::cli {

void ShowHolds(Connection& connection, const v1::ListHoldsResponse& holds) {
  if (PrintDocument(connection.format, holds)) return;
  Lookup lookup(connection);
  std::vector<Row> rows{{"HOLD", "HOST", "LOCAL TIME", "ZONE", "LENGTH", "LAPSES", "PEOPLE"}};
  for (const v1::Hold& hold : holds.holds()) {
    rows.push_back({IdOf(hold.name()), lookup.City(hold.host()),
                    ShortTime(WallTimeOf(hold.start_time())), hold.start_time().time_zone(),
                    LengthInWords(hold.duration().seconds()), InUtc(hold.expire_time()),
                    hold.people_size() > 4 ? std::to_string(hold.people_size()) + " people"
                                           : lookup.People(hold.people())});
  }
  PrintTable(rows);
}

}  // namespace neshast::cli
