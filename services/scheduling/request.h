// What a search for an hour is asked. Plain values; a service fills it from its messages.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "scheduling/availability.h"
#include "scheduling/burden.h"
#include "scheduling/compiled_calendar.h"
#include "scheduling/interval.h"

namespace neshast::scheduling {

// One city, one voice: a delegation of twelve does not outvote one of two.
struct RequestCity {
  // Not null; covers the window of the request. What it covers beyond lets the search try wider
  // windows where nothing fits.
  std::shared_ptr<const CompiledCalendar> calendar;
  // What the city has borne in this series (Ledger::BalanceOf); 0 to 1,000,000.
  double ledger = 0;
  // The hardest level it may bear; absent: the request's.
  std::optional<Level> max_level;
  // Civil dates in the city that no part of the session may touch ("the mayor is abroad").
  std::vector<date::local_days> forbidden_dates;
};

struct RequestPerson {
  int city = 0;  // Index in SuggestRequest::cities.
  // Without whom the session cannot be. Others are missed, by weight.
  bool required = true;
  int weight = 1;  // 1 to 100; decides between hours that are equal for every city, never more.
  // Null: nothing is known.
  std::shared_ptr<const CompiledAvailability> availability;
  // The most time in sessions, this one included, on a local day of the city on which it begins.
  std::optional<std::chrono::minutes> daily_limit;
};

// At least `needed` of `members` (indexes in SuggestRequest::persons) must be free.
struct QuorumGroup {
  std::vector<int> members;
  int needed = 1;
};

// A language pair needs so many interpreters at once: two for more than about 40 minutes.
struct LanguagePairNeed {
  int needed = 1;
};

struct RequestInterpreter {
  std::shared_ptr<const CompiledAvailability> availability;  // Null: nothing is known.
  std::vector<int> pairs;  // Indexes in SuggestRequest::language_pairs; serves one at a time.
};

struct SuggestRequest {
  std::vector<RequestCity> cities;  // 1 to 64.
  int host = 0;                     // Index in `cities`; its clock counts the steps and the days.
  std::vector<RequestPerson> persons;                     // At most 2,000.
  std::vector<QuorumGroup> groups;                        // At most 20.
  std::vector<LanguagePairNeed> language_pairs;           // At most 10.
  std::vector<RequestInterpreter> interpreters;           // At most 200.
  std::chrono::seconds duration = std::chrono::hours(1);  // 15 minutes to 24 hours.
  Interval window;  // The session lies in it; at most 400 days.
  Instant now;      // With `minimum_notice`: the earliest start.
  std::chrono::seconds minimum_notice{0};
  std::chrono::seconds buffer_before{0};  // Free time that people need; at most 8 hours each.
  std::chrono::seconds buffer_after{0};
  std::chrono::minutes step{30};  // Starts on the host's clock: 15, 30 or 60.
  bool prefer_round_times = true;
  // The hardest level that any city may bear. kNight allows it, and even then night is offered only
  // where no hour with at most kHard fits.
  Level max_level = Level::kHard;
  // Times of day on the host's clock that the series has used. Three or more: no others are
  // offered, because rotation without predictability is resented.
  std::vector<std::chrono::minutes> series_times;
  int max_suggestions = 5;  // 1 to 50.
};

// OK, or INVALID_ARGUMENT / OUT_OF_BOUNDS with every bad field.
absl::Status CheckBounds(const SuggestRequest& request);

}  // namespace neshast::scheduling
