#include "agenda/agenda_clock.h"

#include <spdlog/spdlog.h>

#include <string>
#include <utility>
#include <vector>

#include "agenda/clock.h"
#include "neshast/v1/session.pb.h"

namespace neshast {
namespace {

constexpr int kPage = 1000;

// The sessions whose clock runs and that are due a warning.
absl::StatusOr<std::vector<std::string>> DueSessions(Store& store) {
  std::vector<std::string> due;
  RETURN_IF_ERROR(store.Read([&](Transaction& tx) -> absl::Status {
    ListQuery query{
        .kind = "Session", .parent = "", .list = "agendas@running", .after = "", .limit = kPage};
    while (true) {
      ASSIGN_OR_RETURN(std::vector<v1::Session> running, tx.List<v1::Session>(query));
      for (v1::Session& session : running) {
        if (Warn(tx.now(), *session.mutable_agenda())) due.push_back(session.name());
      }
      if (running.size() < static_cast<size_t>(kPage)) return absl::OkStatus();
      query.after = running.back().name();
    }
  }));
  return due;
}

}  // namespace

absl::StatusOr<int> WriteDueWarnings(Store& store) {
  ASSIGN_OR_RETURN(const std::vector<std::string> due, DueSessions(store));
  for (const std::string& name : due) {
    // Once more inside the write: the session may have been changed since it was read.
    RETURN_IF_ERROR(WriteAndWait(
        store, {.actor = "system", .action = "warn"}, [&](Transaction& tx) -> absl::Status {
          ASSIGN_OR_RETURN(v1::Session session, tx.Get<v1::Session>(name));
          if (!session.has_agenda() || !Warn(tx.now(), *session.mutable_agenda())) {
            return absl::OkStatus();
          }
          return tx.Put(std::move(session)).status();
        }));
  }
  return static_cast<int>(due.size());
}

AgendaClock::AgendaClock(Store& store, absl::Duration interval)
    : store_(store), interval_(interval), thread_([this] { Work(); }) {}

AgendaClock::~AgendaClock() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void AgendaClock::Work() {
  while (true) {
    const auto warned = WriteDueWarnings(store_);
    if (!warned.ok()) {
      spdlog::warn("warnings of running agendas are not written, again in a while: {}",
                   warned.status().ToString());
    }
    std::unique_lock lock(mutex_);
    const auto interval = absl::ToChronoMilliseconds(interval_);
    if (wake_.wait_for(lock, interval, [this] { return stopping_; })) return;
  }
}

}  // namespace neshast
