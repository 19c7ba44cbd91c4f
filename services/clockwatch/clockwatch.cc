#include "clockwatch/clockwatch.h"

#include <spdlog/spdlog.h>

#include <optional>
#include <utility>

#include "clockwatch/recompute.h"
#include "neshast/v1/city.pb.h"
#include "sessions/holds.h"

namespace neshast {
namespace {

constexpr char kRelease[] = "zoneReleases/current";
constexpr int64_t kHorizon = int64_t{20} * 366 * 86400;  // seconds; nobody books later
constexpr int kPage = 1000;

bool IsComing(const v1::Session& session, absl::Time now) {
  const bool stands = session.state() == v1::Session::STATE_DRAFT ||
                      session.state() == v1::Session::STATE_CONFIRMED;
  return stands && session.start_time().instant().seconds() > absl::ToUnixSeconds(now);
}

// The sessions that `city` hosts and whose hour differs by `zones`.
absl::Status AddMoved(const ZoneDatabase& zones, const std::string& city, Transaction& tx,
                      std::vector<std::string>& moved) {
  OccupancyQuery query{.party = city, .after_holder = "", .limit = kPage};
  query.begins = absl::ToUnixSeconds(tx.now());
  query.ends = query.begins + kHorizon;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<Occupancy> page, tx.Occupied(query));
    for (const Occupancy& listed : page) {
      ASSIGN_OR_RETURN(v1::Session session, tx.Get<v1::Session>(listed.holder));
      if (session.host() != city || !IsComing(session, tx.now())) continue;
      const auto recomputed = Recompute(zones, std::move(session), tx);
      if (!recomputed.ok()) {
        spdlog::warn("session={} is not recomputed: {}", listed.holder,
                     recomputed.status().ToString());
      } else if (recomputed->has_value()) {
        moved.push_back(listed.holder);
      }
    }
    if (page.size() < static_cast<size_t>(kPage)) return absl::OkStatus();
    query.after_begins = page.back().begins;
    query.after_holder = page.back().holder;
  }
}

absl::StatusOr<std::vector<std::string>> MovedSessions(Store& store, const ZoneDatabase& zones) {
  std::vector<std::string> moved;
  RETURN_IF_ERROR(store.Read([&](Transaction& tx) -> absl::Status {
    ListQuery query{.kind = "City", .parent = "", .list = {}, .after = "", .limit = kPage};
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<v1::City> cities, tx.List<v1::City>(query));
      for (const v1::City& city : cities) {
        RETURN_IF_ERROR(AddMoved(zones, city.name(), tx, moved));
      }
      if (cities.size() < static_cast<size_t>(kPage)) return absl::OkStatus();
      query.after = cities.back().name();
    }
  }));
  return moved;
}

// Once more inside the write: the session may have been changed since it was read.
absl::Status StoreRecomputed(Store& store, const ZoneDatabase& zones, const std::string& name) {
  return WriteAndWait(store, {.actor = "system", .action = "recompute"},
                      [&](Transaction& tx) -> absl::Status {
                        ASSIGN_OR_RETURN(v1::Session session, tx.Get<v1::Session>(name));
                        if (!IsComing(session, tx.now())) return absl::OkStatus();
                        ASSIGN_OR_RETURN(auto recomputed, Recompute(zones, std::move(session), tx));
                        if (!recomputed.has_value()) return absl::OkStatus();
                        RETURN_IF_ERROR(MoveHoldOf(recomputed->session, tx));
                        RETURN_IF_ERROR(tx.Put(std::move(recomputed->session)).status());
                        return tx.Put(std::move(recomputed->alert)).status();
                      });
}

// The release of the last sweep; empty where there was none.
absl::StatusOr<std::string> SweptRelease(Store& store) {
  v1::ZoneRelease swept;
  const absl::Status read = store.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(swept, tx.Get<v1::ZoneRelease>(kRelease));
    return absl::OkStatus();
  });
  if (!read.ok() && !absl::IsNotFound(read)) return read;
  return swept.release();
}

}  // namespace

absl::StatusOr<int> Sweep(Store& store, const ZoneDatabase& zones) {
  ASSIGN_OR_RETURN(const std::vector<std::string> moved, MovedSessions(store, zones));
  for (const std::string& name : moved) RETURN_IF_ERROR(StoreRecomputed(store, zones, name));
  v1::ZoneRelease release;
  release.set_name(kRelease);
  release.set_release(zones.release());
  release.set_moved_sessions(static_cast<int>(moved.size()));
  RETURN_IF_ERROR(WriteAndWait(store, {.actor = "system", .action = "sweep"},
                               [&](Transaction& tx) { return tx.PutMessage(release).status(); }));
  return static_cast<int>(moved.size());
}

ClockWatch::ClockWatch(Store& store, CurrentZones& zones, absl::Duration interval)
    : store_(store), zones_(zones), interval_(interval) {
  const auto swept = SweptRelease(store_);
  swept_ = swept.value_or("");
  if (swept.ok() && swept_.empty()) Look();
  thread_ = std::thread([this] { Work(); });
}

ClockWatch::~ClockWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void ClockWatch::LookNow() {
  {
    const std::lock_guard lock(mutex_);
    look_ = true;
  }
  wake_.notify_all();
}

void ClockWatch::Look() {
  zones_.Refresh();
  const auto zones = zones_.Get();
  if (zones->release() == swept_) return;
  const auto moved = Sweep(store_, *zones);
  if (!moved.ok()) {
    spdlog::warn("zone rules {}: the sessions are not recomputed, again in a while: {}",
                 zones->release(), moved.status().ToString());
    return;
  }
  spdlog::info("zone rules {} in force, moved sessions={}", zones->release(), *moved);
  swept_ = zones->release();
}

void ClockWatch::Work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    look_ = false;
    lock.unlock();
    Look();
    lock.lock();
    wake_.wait_for(lock, absl::ToChronoMilliseconds(interval_),
                   [this] { return look_ || stopping_; });
  }
}

}  // namespace neshast
