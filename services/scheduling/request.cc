#include "scheduling/request.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "errors.h"

namespace neshast::scheduling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kEarliest{};
constexpr Instant kLatest = date::sys_days(date::year(2200) / date::January / 1);

class Violations {
 public:
  void Unless(bool holds, absl::string_view field, absl::string_view description) {
    if (!holds) list_.push_back({std::string(field), std::string(description)});
  }
  // Of `list`[`index`]; its path is written only where it is wrong.
  void Unless(bool holds, absl::string_view list, size_t index, absl::string_view field,
              absl::string_view description) {
    if (!holds) Unless(false, absl::StrCat(list, "[", index, "].", field), description);
  }
  absl::Status Status() && {
    if (list_.empty()) return absl::OkStatus();
    return Error(absl::StatusCode::kInvalidArgument, "The search for an hour is out of its bounds.",
                 {.reason = "OUT_OF_BOUNDS", .metadata = {}, .violations = std::move(list_)});
  }

 private:
  std::vector<FieldViolation> list_;
};

bool IsIndex(int index, size_t size) {
  return index >= 0 && static_cast<size_t>(index) < size;
}

void CheckTimes(const SuggestRequest& request, Violations& violations) {
  const auto buffer_fits = [](seconds buffer) {
    return buffer >= seconds(0) && buffer <= hours(8);
  };
  const bool duration_fits = request.duration >= minutes(15) && request.duration <= hours(24);
  const auto clamped = [](Instant at) { return std::clamp(at, kEarliest, kLatest); };
  const auto window = clamped(request.window.ends) - clamped(request.window.begins);
  violations.Unless(duration_fits, "duration", "15 minutes to 24 hours");
  violations.Unless(request.window.begins >= kEarliest && request.window.ends <= kLatest, "window",
                    "from 1970 to 2199");
  violations.Unless(request.now >= kEarliest && request.now <= kLatest, "now", "from 1970 to 2199");
  violations.Unless(window > seconds(0), "window", "ends after it begins");
  violations.Unless(window <= date::days(400), "window", "at most 400 days");
  violations.Unless(window <= seconds(0) || !duration_fits || window >= request.duration, "window",
                    "at least as long as the session");
  violations.Unless(buffer_fits(request.buffer_before), "buffer_before", "0 to 8 hours");
  violations.Unless(buffer_fits(request.buffer_after), "buffer_after", "0 to 8 hours");
  violations.Unless(
      request.minimum_notice >= seconds(0) && request.minimum_notice <= date::days(400),
      "minimum_notice", "0 to 400 days");
  violations.Unless(
      request.step == minutes(15) || request.step == minutes(30) || request.step == minutes(60),
      "step", "15, 30 or 60 minutes");
  violations.Unless(request.max_suggestions >= 1 && request.max_suggestions <= 50,
                    "max_suggestions", "1 to 50");
}

void CheckCities(const SuggestRequest& request, Violations& violations) {
  const size_t count = request.cities.size();
  violations.Unless(count >= 1 && count <= 64, "cities", "1 to 64 cities");
  violations.Unless(IsIndex(request.host, count), "host", "one of the cities");
  const GridRange window = GridRange::Around(request.window);
  for (size_t i = 0; i < count && i < 64; ++i) {
    const RequestCity& city = request.cities[i];
    violations.Unless(city.calendar != nullptr && city.calendar->range().Contains(window), "cities",
                      i, "calendar", "covers the window");
    violations.Unless(city.ledger >= 0 && city.ledger <= 1e6, "cities", i, "ledger",
                      "0 to 1,000,000");
    violations.Unless(city.forbidden_dates.size() <= 400, "cities", i, "forbidden_dates",
                      "at most 400 dates");
  }
}

void CheckPersons(const SuggestRequest& request, Violations& violations) {
  violations.Unless(request.persons.size() <= 2000, "persons", "at most 2,000 people");
  for (size_t i = 0; i < request.persons.size() && i < 2000; ++i) {
    const RequestPerson& person = request.persons[i];
    violations.Unless(IsIndex(person.city, request.cities.size()), "persons", i, "city",
                      "one of the cities");
    violations.Unless(person.weight >= 1 && person.weight <= 100, "persons", i, "weight",
                      "1 to 100");
    violations.Unless(!person.daily_limit || *person.daily_limit > minutes(0), "persons", i,
                      "daily_limit", "more than 0 minutes");
  }
}

void CheckGroups(const SuggestRequest& request, Violations& violations) {
  violations.Unless(request.groups.size() <= 20, "groups", "at most 20 groups");
  for (size_t i = 0; i < request.groups.size() && i < 20; ++i) {
    const QuorumGroup& group = request.groups[i];
    violations.Unless(group.members.size() <= 2000, "groups", i, "members", "at most 2,000 people");
    for (const int member : group.members) {
      violations.Unless(IsIndex(member, request.persons.size()), "groups", i, "members",
                        "each one of the people");
    }
    violations.Unless(
        group.needed >= 0 && static_cast<size_t>(group.needed) <= group.members.size(), "groups", i,
        "needed", "0 to the number of members");
  }
}

void CheckInterpreters(const SuggestRequest& request, Violations& violations) {
  violations.Unless(request.language_pairs.size() <= 10, "language_pairs", "at most 10 pairs");
  violations.Unless(request.interpreters.size() <= 200, "interpreters", "at most 200 interpreters");
  for (size_t i = 0; i < request.language_pairs.size() && i < 10; ++i) {
    const int needed = request.language_pairs[i].needed;
    violations.Unless(needed >= 0 && needed <= 20, "language_pairs", i, "needed", "0 to 20");
  }
  for (size_t i = 0; i < request.interpreters.size() && i < 200; ++i) {
    for (const int pair : request.interpreters[i].pairs) {
      violations.Unless(IsIndex(pair, request.language_pairs.size()), "interpreters", i, "pairs",
                        "each one of the language pairs");
    }
  }
}

}  // namespace

absl::Status CheckBounds(const SuggestRequest& request) {
  Violations violations;
  CheckTimes(request, violations);
  CheckCities(request, violations);
  CheckPersons(request, violations);
  CheckGroups(request, violations);
  CheckInterpreters(request, violations);
  return std::move(violations).Status();
}

}  // namespace neshast::scheduling
