// The fairness ledger: what each city has borne in the sessions of a series, shown to everybody.
//
// Rules (perpetual voting, Lackner 2020; calibration as in Cal.com's round robin):
//  * a held session adds the points of its level to each city that took part;
//  * a city that was excused gets the mean of those who took part;
//  * a city that is new starts at the mean of the accounts before its first session;
//  * a cancelled session counts for nobody;
//  * on 1 January (UTC) every account keeps nine tenths.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scheduling/burden.h"
#include "scheduling/interval.h"

namespace neshast::scheduling {

// One session of a series. A city is named as the caller likes, the same way in every session.
struct SeriesSession {
  Instant begins;
  bool cancelled = false;
  std::map<std::string, Level> levels;  // Of the cities that took part.
  std::vector<std::string> excused;     // Of the series, but not in this session.
};

class Ledger {
 public:
  Ledger() = default;
  // The accounts at `as_of`, from the sessions that began before; in any order.
  Ledger(std::vector<SeriesSession> sessions, Instant as_of);

  // Points borne so far; for a city without account the mean of all accounts, 0 where there is
  // none.
  double BalanceOf(const std::string& city) const;
  const std::map<std::string, double>& accounts() const { return accounts_; }

 private:
  void Open(const SeriesSession& session);
  void Charge(const SeriesSession& session);

  std::map<std::string, double> accounts_;
};

}  // namespace neshast::scheduling
