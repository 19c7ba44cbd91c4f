// How often each principal may call.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace neshast {

// A token bucket for each principal: `per_second` calls in the long run, `burst` at once.
class RateLimit {
 public:
  RateLimit(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

  // Takes one call of `principal` at `now`, or RESOURCE_EXHAUSTED / RATE_LIMITED.
  absl::Status Take(const std::string& principal, absl::Time now);

 private:
  struct Bucket {
    double level;
    absl::Time at;
  };
  const double per_second_;
  const double burst_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;  // as many as there are principals
};

}  // namespace neshast
