#include "rpc/last_uses.h"

#include <algorithm>
#include <utility>

namespace neshast {
namespace {

constexpr char kName[] = "tokenUses/all";
// Longer than any token lives: a use before that tells nobody anything.
constexpr int64_t kKeptSeconds = int64_t{400} * 24 * 60 * 60;

}  // namespace

LastUses::LastUses(Store& store) : store_(store), thread_([this] { Work(); }) {}

LastUses::~LastUses() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    stop_.notify_one();
  }
  thread_.join();
}

void LastUses::Note(const std::string& token, absl::Time when) {
  const int64_t grain = absl::ToInt64Seconds(kGrain);
  const int64_t seconds = absl::ToUnixSeconds(when) / grain * grain;
  const std::lock_guard lock(mutex_);
  int64_t& last = noted_[token];
  last = std::max(last, seconds);
}

void LastUses::Work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    stop_.wait_for(lock, absl::ToChronoSeconds(kGrain), [this] { return stopping_; });
    const Seconds noted = std::exchange(noted_, {});
    if (noted.empty()) continue;
    lock.unlock();
    const absl::Status written = Write(noted);
    lock.lock();
    // What the store could not take waits for the next time; later uses of a token stand.
    if (!written.ok()) noted_.insert(noted.begin(), noted.end());
  }
}

absl::Status LastUses::Write(const Seconds& noted) {
  const Writer writer{.actor = "system", .action = "note token uses"};
  return WriteAndWait(store_, writer, [&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(v1::TokenUses uses, WrittenUses(tx));
    auto& written = *uses.mutable_last_use_seconds();
    bool changed = false;
    for (const auto& [token, seconds] : noted) {
      changed = changed || written[token] < seconds;
      written[token] = std::max(written[token], seconds);
    }
    if (!changed) return absl::OkStatus();
    const int64_t oldest = absl::ToUnixSeconds(tx.now()) - kKeptSeconds;
    for (auto use = written.begin(); use != written.end();) {
      use = use->second < oldest ? written.erase(use) : std::next(use);
    }
    return tx.PutMessage(uses).status();
  });
}

absl::StatusOr<v1::TokenUses> WrittenUses(Transaction& tx) {
  auto uses = tx.Get<v1::TokenUses>(kName);
  if (!absl::IsNotFound(uses.status())) return uses;
  v1::TokenUses none;
  none.set_name(kName);
  return none;
}

}  // namespace neshast
