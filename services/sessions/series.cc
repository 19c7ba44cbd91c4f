#include "sessions/series.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "neshast/v1/session.pb.h"

namespace neshast {
namespace {

using scheduling::SeriesSession;
using v1::Session;

constexpr int kPage = 1000;

absl::StatusOr<std::vector<Session>> SessionsOf(const std::string& series, Transaction& tx) {
  ListQuery query{.kind = "Session",
                  .parent = "",
                  .list = absl::StrCat("sessions@", series),
                  .after = "",
                  .limit = kPage};
  std::vector<Session> all;
  while (true) {
    ASSIGN_OR_RETURN(std::vector<Session> page, tx.List<Session>(query));
    const bool last = page.size() < static_cast<size_t>(kPage);
    std::move(page.begin(), page.end(), std::back_inserter(all));
    if (last) return all;
    query.after = all.back().name();
  }
}

Instant BeginOf(const Session& session) {
  return Instant(std::chrono::seconds(session.start_time().instant().seconds()));
}

// `sessions` in the order of their starts.
std::vector<SeriesSession> WithExcused(std::vector<SeriesSession> sessions) {
  std::sort(sessions.begin(), sessions.end(),
            [](const SeriesSession& a, const SeriesSession& b) { return a.begins < b.begins; });
  std::set<std::string> seen;
  for (SeriesSession& session : sessions) {
    for (const std::string& city : seen) {
      if (session.levels.count(city) == 0) session.excused.push_back(city);
    }
    for (const auto& [city, level] : session.levels) seen.insert(city);
  }
  return sessions;
}

}  // namespace

absl::StatusOr<SeriesHistory> HistoryOf(const std::string& series, const std::string& but,
                                        Transaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<Session> sessions, SessionsOf(series, tx));
  SeriesHistory history;
  std::vector<SeriesSession> held;
  for (const Session& session : sessions) {
    if (session.name() == but) continue;
    if (session.state() != Session::STATE_CONFIRMED && session.state() != Session::STATE_HELD) {
      continue;
    }
    history.promised.push_back(BeginOf(session));
    if (session.state() != Session::STATE_HELD) continue;
    SeriesSession& counted = held.emplace_back();
    counted.begins = BeginOf(session);
    for (const v1::CityBurden& burden : session.burdens()) {
      counted.levels[burden.city()] = static_cast<scheduling::Level>(burden.level());
    }
  }
  history.held_sessions = static_cast<int>(held.size());
  // What is held has begun, at the latest in this second.
  const Instant next(std::chrono::seconds(absl::ToUnixSeconds(tx.now()) + 1));
  history.ledger = scheduling::Ledger(WithExcused(std::move(held)), next);
  return history;
}

}  // namespace neshast
