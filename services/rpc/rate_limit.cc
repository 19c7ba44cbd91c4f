#include "rpc/rate_limit.h"

#include <algorithm>

#include "errors.h"

namespace neshast {

absl::Status RateLimit::Take(const std::string& principal, absl::Time now) {
  const std::lock_guard lock(mutex_);
  Bucket& bucket = buckets_.try_emplace(principal, Bucket{burst_, now}).first->second;
  const double gained = absl::ToDoubleSeconds(now - bucket.at) * per_second_;
  bucket.level = std::min(burst_, bucket.level + std::max(0.0, gained));
  bucket.at = now;
  if (bucket.level < 1) {
    return Error(absl::StatusCode::kResourceExhausted,
                 "Too many calls at once. Wait a second and call again.",
                 {.reason = "RATE_LIMITED", .metadata = {}, .violations = {}});
  }
  bucket.level -= 1;
  return absl::OkStatus();
}

}  // namespace neshast
