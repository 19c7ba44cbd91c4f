#include "rpc/authenticate.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "neshast/v1/access.pb.h"
#include "neshast/v1/proposal.pb.h"
#include "rpc/certificate.h"
#include "rpc/token.h"

namespace neshast {
namespace {

constexpr size_t kMostKnown = 100000;
constexpr absl::string_view kScheme = "Bearer ";

absl::Status Refused() {
  return Error(absl::StatusCode::kUnauthenticated,
               "This call needs a valid token: send `authorization: Bearer nst_pat_…`.",
               {.reason = "UNAUTHENTICATED", .metadata = {}, .violations = {}});
}

absl::Status LinkEnded(const std::string& cause) {
  const absl::string_view sentence =
      cause == "replaced" ? "Your personal link was replaced by a newer one: use that of the last "
                            "mail you got."
      : cause == "revoked"
          ? "Your personal link was revoked. Ask the host's protocol office for a new one."
          : "Your personal link has expired. Ask the host's protocol office.";
  return Error(absl::StatusCode::kUnauthenticated, sentence,
               {.reason = "LINK_ENDED", .metadata = {{"cause", cause}}, .violations = {}});
}

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

// When a token's time is over, unless it is revoked before.
absl::Time EndOf(const v1::Token& token) {
  const absl::Time expires = ToTime(token.expire_time());
  return token.has_retire_time() ? std::min(expires, ToTime(token.retire_time())) : expires;
}

Caller CallerOf(const v1::Principal& principal) {
  Caller caller;
  caller.principal = principal.name();
  caller.role = principal.role();
  caller.city = principal.city();
  caller.person = principal.person();
  return caller;
}

}  // namespace

Authenticator::Authenticator(Store& store) : store_(store), last_uses_(store) {
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

absl::StatusOr<Authenticator::Known> Authenticator::LoadToken(const std::string& id,
                                                              Transaction& tx) {
  ASSIGN_OR_RETURN(const v1::Token token, tx.Get<v1::Token>(TokenResourceName(id)));
  ASSIGN_OR_RETURN(const v1::Principal principal, tx.Get<v1::Principal>(token.principal()));
  if (token.has_revoke_time() || principal.disabled()) return Refused();
  Known known{.digest = token.secret_digest(), .ends = EndOf(token), .caller = CallerOf(principal)};
  for (const std::string& text : token.allowed_networks()) {
    ASSIGN_OR_RETURN(Network network, ParseNetwork(text));
    known.networks.push_back(std::move(network));
    known.caller.networks.push_back(text);
  }
  for (const int scope : token.scopes()) {
    known.caller.scopes.push_back(static_cast<v1::Action>(scope));
  }
  known.caller.token = token.name();
  return known;
}

absl::StatusOr<Authenticator::Known> Authenticator::LoadLink(const std::string& name,
                                                             Transaction& tx) {
  ASSIGN_OR_RETURN(const v1::Link link, tx.Get<v1::Link>(name));
  Known known{.digest = link.secret_digest(), .ends = ToTime(link.expire_time())};
  if (link.has_revoke_time()) known.ended = link.successor().empty() ? "revoked" : "replaced";
  known.caller.principal = link.name();
  known.caller.role = v1::ROLE_INVITEE;
  known.caller.city = link.city();
  known.caller.person = link.person();
  known.caller.target = link.target();
  return known;
}

absl::StatusOr<Authenticator::Known> Authenticator::LoadPinned(const std::string& pin,
                                                               Transaction& tx) {
  ASSIGN_OR_RETURN(
      const auto holders,
      tx.List<v1::Principal>({.kind = "Principal", .list = HoldersOfPin(pin), .limit = 2}));
  if (holders.size() != 1 || holders[0].disabled()) return Refused();
  return Known{.caller = CallerOf(holders[0])};
}

absl::StatusOr<Authenticator::Known> Authenticator::Recall(const std::string& key, Loader load) {
  std::unique_lock lock(mutex_);
  const int64_t generation = generation_;
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  lock.unlock();
  Known known;
  const absl::Status read = store_.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(known, load(key, tx));
    return absl::OkStatus();
  });
  if (absl::IsUnavailable(read)) return read;
  if (!read.ok()) return Refused();
  lock.lock();
  if (known_.size() >= kMostKnown) known_.clear();
  // A change seen meanwhile may be of this very key: then it is read anew next time.
  if (generation == generation_) known_.emplace(key, known);
  return known;
}

absl::StatusOr<Caller> Authenticator::ByToken(const Credentials& credentials) {
  absl::string_view text = credentials.authorization;
  if (!absl::StartsWithIgnoreCase(text, kScheme)) return Refused();
  text.remove_prefix(kScheme.size());
  if (absl::StartsWith(text, kLinkPrefix)) return ByLink(text);
  const auto token = ParseTokenText(text);
  if (!token.has_value()) return Refused();
  ASSIGN_OR_RETURN(const Known known, Recall(token->id, &LoadToken));
  const absl::Time now = absl::Now();
  if (!SameDigest(known.digest, token->digest) || known.ends <= now) return Refused();
  const std::string address = ParseAddress(credentials.peer);
  const bool allowed = known.networks.empty() ||
                       std::any_of(known.networks.begin(), known.networks.end(),
                                   [&](const Network& each) { return Contains(each, address); });
  if (!allowed) return Refused();
  last_uses_.Note(known.caller.token, now);
  return known.caller;
}

absl::StatusOr<Caller> Authenticator::ByLink(absl::string_view text) {
  const auto link = ParseTokenText(text, kLinkPrefix);
  if (!link.has_value()) return Refused();
  ASSIGN_OR_RETURN(const Known known, Recall(absl::StrCat("links/", link->id), &LoadLink));
  if (!SameDigest(known.digest, link->digest)) return Refused();
  if (!known.ended.empty()) return LinkEnded(known.ended);
  if (known.ends <= absl::Now()) return LinkEnded("expired");
  return known.caller;
}

absl::StatusOr<Caller> Authenticator::ByPin(const std::string& pin) {
  ASSIGN_OR_RETURN(const Known known, Recall(pin, &LoadPinned));
  return known.caller;
}

absl::StatusOr<Caller> Authenticator::Authenticate(const Credentials& credentials) {
  return credentials.authorization.empty() && !credentials.pin.empty() ? ByPin(credentials.pin)
                                                                       : ByToken(credentials);
}

}  // namespace neshast
