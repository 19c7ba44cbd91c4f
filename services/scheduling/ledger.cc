#include "scheduling/ledger.h"

#include <algorithm>
#include <numeric>

namespace neshast::scheduling {
namespace {

constexpr double kKeptOnNewYear = 0.9;

int YearOf(Instant at) {
  return static_cast<int>(date::year_month_day(date::floor<date::days>(at)).year());
}

double MeanOf(const std::map<std::string, double>& accounts) {
  if (accounts.empty()) return 0;
  const double sum =
      std::accumulate(accounts.begin(), accounts.end(), 0.0,
                      [](double total, const auto& account) { return total + account.second; });
  return sum / static_cast<double>(accounts.size());
}

void PassNewYears(std::map<std::string, double>& accounts, int from_year, int to_year) {
  for (int year = from_year; year < to_year; ++year) {
    for (auto& [city, balance] : accounts) balance *= kKeptOnNewYear;
  }
}

}  // namespace

Ledger::Ledger(std::vector<SeriesSession> sessions, Instant as_of) {
  sessions.erase(std::remove_if(sessions.begin(), sessions.end(),
                                [&](const SeriesSession& session) {
                                  return session.cancelled || session.begins >= as_of;
                                }),
                 sessions.end());
  std::stable_sort(
      sessions.begin(), sessions.end(),
      [](const SeriesSession& a, const SeriesSession& b) { return a.begins < b.begins; });
  int year = sessions.empty() ? YearOf(as_of) : YearOf(sessions.front().begins);
  for (const SeriesSession& session : sessions) {
    PassNewYears(accounts_, year, YearOf(session.begins));
    year = YearOf(session.begins);
    Open(session);
    Charge(session);
  }
  PassNewYears(accounts_, year, YearOf(as_of));
}

void Ledger::Open(const SeriesSession& session) {
  const double mean = MeanOf(accounts_);
  for (const auto& [city, level] : session.levels) accounts_.emplace(city, mean);
  for (const std::string& city : session.excused) accounts_.emplace(city, mean);
}

void Ledger::Charge(const SeriesSession& session) {
  if (session.levels.empty()) return;
  double sum = 0;
  for (const auto& [city, level] : session.levels) {
    accounts_[city] += PointsOf(level);
    sum += PointsOf(level);
  }
  for (const std::string& city : session.excused) {
    if (session.levels.count(city) == 0) {
      accounts_[city] += sum / static_cast<double>(session.levels.size());
    }
  }
}

double Ledger::BalanceOf(const std::string& city) const {
  const auto account = accounts_.find(city);
  return account == accounts_.end() ? MeanOf(accounts_) : account->second;
}

}  // namespace neshast::scheduling
