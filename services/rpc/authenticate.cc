#include "rpc/authenticate.h"

#include <algorithm>
#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "neshast/v1/access.pb.h"
#include "rpc/token.h"

namespace neshast {
namespace {

constexpr size_t kMostKnown = 100000;

absl::Status Refused() {
  return Error(absl::StatusCode::kUnauthenticated,
               "This call needs a valid token: send `authorization: Bearer nst_pat_…`.",
               {.reason = "UNAUTHENTICATED", .metadata = {}, .violations = {}});
}

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

}  // namespace

Authenticator::Authenticator(Store& store) : store_(store) {
  // A store that cannot be read refuses everybody; the calls themselves will say so.
  (void)store_.Read([this](Transaction& tx) {
    ASSIGN_OR_RETURN(seen_, tx.Revision());
    return absl::OkStatus();
  });
  subscription_ = store_.Subscribe([this](int64_t revision) { OnCommit(revision); });
}

Authenticator::~Authenticator() {
  store_.Unsubscribe(subscription_);
}

void Authenticator::OnCommit(int64_t revision) {
  std::unique_lock lock(mutex_);
  const int64_t after = seen_;
  seen_ = std::max(seen_, revision);
  lock.unlock();
  bool changed = false;
  const absl::Status read = store_.Read([&](Transaction& tx) {
    ASSIGN_OR_RETURN(
        const auto changes,
        tx.Changes({.after = after, .limit = 1, .audiences = std::vector<std::string>{"access"}}));
    changed = !changes.empty();
    return absl::OkStatus();
  });
  if (read.ok() && !changed) return;
  lock.lock();
  known_.clear();
  ++generation_;
}

absl::StatusOr<Authenticator::Known> Authenticator::Load(const std::string& id) {
  Known known;
  RETURN_IF_ERROR(store_.Read([&](Transaction& tx) {
    ASSIGN_OR_RETURN(const v1::Token token, tx.Get<v1::Token>(TokenResourceName(id)));
    ASSIGN_OR_RETURN(const v1::Principal principal, tx.Get<v1::Principal>(token.principal()));
    if (token.has_revoke_time() || principal.disabled()) return Refused();
    known.digest = token.secret_digest();
    known.expires = ToTime(token.expire_time());
    known.caller.principal = principal.name();
    known.caller.role = principal.role();
    known.caller.city = principal.city();
    known.caller.person = principal.person();
    for (const int scope : token.scopes()) {
      known.caller.scopes.push_back(static_cast<v1::Action>(scope));
    }
    return absl::OkStatus();
  }));
  return known;
}

absl::StatusOr<Caller> Authenticator::Authenticate(absl::string_view header) {
  constexpr absl::string_view kScheme = "Bearer ";
  if (!absl::StartsWithIgnoreCase(header, kScheme)) return Refused();
  const auto text = ParseTokenText(header.substr(kScheme.size()));
  if (!text.has_value()) return Refused();

  std::unique_lock lock(mutex_);
  const int64_t generation = generation_;
  auto found = known_.find(text->id);
  Known known;
  if (found != known_.end()) {
    known = found->second;
  } else {
    lock.unlock();
    auto loaded = Load(text->id);
    if (absl::IsUnavailable(loaded.status())) return loaded.status();
    if (!loaded.ok()) return Refused();
    known = *std::move(loaded);
    lock.lock();
    if (known_.size() >= kMostKnown) known_.clear();
    // A change seen meanwhile may be of this very token: then it is read anew next time.
    if (generation == generation_) known_.emplace(text->id, known);
  }
  lock.unlock();
  if (!SameDigest(known.digest, text->digest) || known.expires <= absl::Now()) return Refused();
  return known.caller;
}

}  // namespace neshast
