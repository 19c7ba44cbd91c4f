// What a search for an hour answers: hours with their reasons; always how many cities can be inside
// office hours at once; and, where nothing fits, what stands in the way and what would help.
// Indexes are those of the request.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "scheduling/city_hour.h"
#include "scheduling/interval.h"

namespace neshast::scheduling {

// How a person stands to an hour with its buffers. Out of hours is never one of these: that is the
// city's level.
enum class PersonStatus {
  kFree,       // Known to be free.
  kTentative,  // Tentatively busy: may come.
  kUnknown,    // Some of the time is not known: not free.
  kBusy,
  kDayFull,  // Free, but the day's limit is reached.
};

// `needed` of a group, and how many can come (tentative and unknown ones included).
struct GroupHour {
  int needed = 0;
  int available = 0;
  int members = 0;
};

// What decided between a suggestion and the next, in the order in which it is looked at.
enum class Criterion {
  kTotalWithinGuard,    // The points of all cities together are at most 1.5 times the least.
  kCityAccounts,        // The cities' accounts afterwards, the worst off first.
  kVerified,            // Nobody's time is unknown.
  kOptionalAttendance,  // Less weight of optional people missing.
  kWeightedPoints,      // Fewer points, weighted by people.
  kRoundTimes,          // Rounder local times.
  kEarlier,
};

// "Better than the next because …": `mine` and `theirs` are what was compared, less is better.
struct Advantage {
  Criterion criterion = Criterion::kEarlier;
  // For kCityAccounts: the first place, from the worst off (0), at which the accounts differ, and
  // the cities that stand there here and in the next.
  int place = 0;
  int city = 0;
  int their_city = 0;
  double mine = 0;
  double theirs = 0;
};

struct Suggestion {
  int rank = 1;  // 1 is the best.
  Instant begins;
  std::vector<CityHour> cities;  // In the order of the request's cities.
  std::vector<PersonStatus> persons;
  std::vector<GroupHour> groups;
  std::vector<std::vector<int>> interpreters;  // By language pair, who would serve.
  std::vector<int> missing;  // Optional persons who are busy or whose day is full.
  int worst_off_city = 0;
  int total_points = 0;
  bool unverified = false;     // It stands only if somebody whose time is unknown is free.
  bool exceeds_guard = false;  // More than 1.5 times the points of the least painful hour.
  std::optional<Advantage> better_than_next;  // Absent for the last.
};

// One way to have the greatest number of cities inside office hours.
struct CoverageChoice {
  std::vector<int> missing;                     // Cities outside office hours then.
  std::vector<std::chrono::minutes> utc_times;  // Starts as times of day in UTC, ascending.
  int starts = 0;
  Instant example;  // The first.
};

// How many cities can be inside office hours (level 0) for a whole session, whoever is busy.
struct Coverage {
  int cities = 0;
  int best = 0;
  int starts = 0;                       // How many starts the window has.
  std::vector<CoverageChoice> choices;  // The most frequent first; at most 10.
};

// Hard rules in the order in which they are applied.
enum class Rule {
  kNotice,
  kForbiddenDate,
  kSeriesTimes,
  kBusy,
  kDailyLimit,
  kQuorum,
  kInterpreters,
  kLevel
};

// What a rule took from what those before it had left.
struct RuleCount {
  Rule rule = Rule::kNotice;
  int removed = 0;
  int left = 0;
};

// Something that forbids starts. `index` is a person (kBusy, kDailyLimit), a city (kForbiddenDate,
// kLevel), a group (kQuorum), a language pair or -1 for all pairs together (kInterpreters), else
// -1.
struct Blocker {
  Rule rule = Rule::kBusy;
  int index = -1;

  friend bool operator==(const Blocker& a, const Blocker& b) {
    return a.rule == b.rule && a.index == b.index;
  }
};

// Nothing but `blockers` forbids `starts` starts: without them these would fit. (Lifting one may
// lift another with it: who need not come makes no hour harder by being tentative.)
struct BlockingSet {
  std::vector<Blocker> blockers;
  int starts = 0;
  Instant example;
};

// One step towards an hour that fits.
enum class Change {
  kAllowHarderHour,     // `index` city may bear `value`, a Level.
  kMakePersonOptional,  // `index` person.
  kLiftForbiddenDates,  // `index` city.
  kRaiseDailyLimit,     // `index` person, without limit on the day.
  kLowerQuorum,         // `index` group, `value` needed.
  kFewerInterpreters,   // `index` pair, `value` needed.
  kShortenNotice,       // `value` seconds.
  kNewSeriesTime,       // A further time of day in the series.
  kShortenSession,      // `value` seconds.
  kWidenWindow,         // `value` seconds later than the window's end.
};

struct RelaxationStep {
  Change change = Change::kAllowHarderHour;
  int index = -1;
  int64_t value = 0;

  friend bool operator==(const RelaxationStep& a, const RelaxationStep& b) {
    return a.change == b.change && a.index == b.index && a.value == b.value;
  }
};

// All of `steps` together make `example` the best start that fits.
struct Relaxation {
  std::vector<RelaxationStep> steps;
  Instant example;
};

struct SuggestResult {
  std::vector<Suggestion> suggestions;  // Best first; no two in the same part of the host's day.
  Coverage coverage;
  int starts = 0;                // In the window, before any rule.
  std::vector<RuleCount> rules;  // Always, in order.
  // Only where nothing fits:
  std::vector<BlockingSet> blocking;    // The smallest first: one alone, then pairs; at most 10.
  std::vector<Relaxation> relaxations;  // The nearest first; at most 3.
};

}  // namespace neshast::scheduling
