#include "suggestions/faults.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "sessions/booking.h"

namespace neshast {
namespace {

using Faults = std::vector<FieldViolation>;

constexpr int64_t kLongestWindow = 400 * 86400;  // seconds
constexpr size_t kMostPeople = 2000;

void AddTimes(const v1::SuggestTimesRequest& request, Faults& faults) {
  const int64_t window =
      request.window_end_time().seconds() - request.window_start_time().seconds();
  if (window > kLongestWindow) {
    faults.push_back({"window_end_time", "The window may be 400 days long at most."});
  } else if (window < request.duration().seconds()) {
    faults.push_back({"window_end_time", "The session does not fit into the window."});
  }
  const std::set<int> steps = {0, 15, 30, 60};
  if (steps.count(request.step_minutes()) == 0) {
    faults.push_back({"step_minutes", "It must be 15, 30 or 60."});
  }
}

void AddLimits(const v1::SuggestTimesRequest& request, const Roll& roll, Faults& faults) {
  std::set<std::string> limited;
  for (int i = 0; i < request.city_limits_size(); ++i) {
    const std::string& city = request.city_limits(i).city();
    const std::string at = absl::StrCat("city_limits[", i, "].city");
    if (roll.cities.count(city) == 0) {
      faults.push_back({at, absl::StrCat(city, " has no delegation.")});
    } else if (!limited.insert(city).second) {
      faults.push_back({at, absl::StrCat(city, " is there twice.")});
    }
  }
}

void AddGroups(const v1::SuggestTimesRequest& request, const Roll& roll, Faults& faults) {
  for (int i = 0; i < request.quorums_size(); ++i) {
    const v1::Quorum& quorum = request.quorums(i);
    const std::string at = absl::StrCat("quorums[", i, "]");
    if (quorum.expert_group().empty() && quorum.people().empty()) {
      faults.push_back({at, "It names neither an expert group nor people."});
    }
    for (int j = 0; j < quorum.people_size(); ++j) {
      if (roll.people.count(quorum.people(j)) != 0) continue;
      faults.push_back({absl::StrCat(at, ".people[", j, "]"),
                        absl::StrCat(quorum.people(j), " is in no delegation.")});
    }
  }
  for (int i = 0; i < request.interpretation_size(); ++i) {
    const v1::InterpretationNeed& need = request.interpretation(i);
    if (need.first_language() != need.second_language()) continue;
    faults.push_back({absl::StrCat("interpretation[", i, "].second_language"),
                      "It must be another language than the first."});
  }
}

absl::Status Refused(std::string reason, Faults faults) {
  const std::string sentence =
      absl::StrCat("The question for an hour is not sound: ", faults[0].description);
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = std::move(reason), .metadata = {}, .violations = std::move(faults)});
}

}  // namespace

absl::Status CheckFaults(const v1::SuggestTimesRequest& request, absl::Time now) {
  Roll roll = RollOf(request.delegations(), request.host(), "");
  Faults faults = std::move(roll.faults);
  if (roll.people.size() > kMostPeople) {
    faults.push_back({"delegations", "They may name 2,000 people at most."});
  }
  AddTimes(request, faults);
  AddLimits(request, roll, faults);
  AddGroups(request, roll, faults);
  const bool sound = faults.empty();
  if (request.window_end_time().seconds() <= absl::ToUnixSeconds(now)) {
    faults.push_back({"window_end_time", "It has passed."});
  }
  if (faults.empty()) return absl::OkStatus();
  return Refused(sound ? "TIME_PASSED" : "INVALID_FIELD", std::move(faults));
}

}  // namespace neshast
