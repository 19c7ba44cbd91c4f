// The hard rules of a search, as the starts that each forbids. Internal to the search.
#pragma once

#include <functional>
#include <vector>

#include "scheduling/problem.h"
#include "scheduling/suggestion.h"

namespace neshast::scheduling {

// Whether cities may be given night hours within their limits.
enum class Night { kNever, kWithinLimits };

// In the order in which they are applied.
inline constexpr Rule kAllRules[] = {Rule::kNotice,       Rule::kForbiddenDate, Rule::kSeriesTimes,
                                     Rule::kBusy,         Rule::kDailyLimit,    Rule::kQuorum,
                                     Rule::kInterpreters, Rule::kLevel};

// The starts that `rule` forbids on anybody's account.
Bitmap ForbiddenBy(const Problem& problem, Rule rule, Night night);

// Calls `fn` for each person, city, group and pair with the starts it forbids; together they are
// those of ForbiddenBy for all rules. A person's full day is told only where the person is not
// busy, pairs that fail only together only where each alone is served.
void ForEachBlocker(const Problem& problem, Night night,
                    const std::function<void(Blocker, const Bitmap& forbidden)>& fn);

// What remains of a problem's starts.
struct Feasible {
  Bitmap starts;
  Bitmap unverified;  // Those that rely on somebody whose time is unknown.
  std::vector<RuleCount> rules;
};

// Night hours only where nothing else fits.
Feasible ApplyRules(const Problem& problem);

}  // namespace neshast::scheduling
