#include "scheduling/explain.h"

#include "scheduling/interpreters.h"

namespace neshast::scheduling {
namespace {

bool Comes(PersonStatus status) {
  return status != PersonStatus::kBusy && status != PersonStatus::kDayFull;
}

void ExplainPeople(const Problem& problem, Quarter start, Suggestion& suggestion) {
  const SuggestRequest& request = problem.request();
  for (size_t i = 0; i < request.persons.size(); ++i) {
    const PersonStatus status = problem.StatusOf(request.persons[i], start);
    suggestion.persons.push_back(status);
    if (!request.persons[i].required && !Comes(status)) {
      suggestion.missing.push_back(static_cast<int>(i));
    }
  }
  for (const QuorumGroup& group : request.groups) {
    GroupHour hour{group.needed, 0, static_cast<int>(group.members.size())};
    for (const int member : group.members) hour.available += Comes(suggestion.persons[member]);
    suggestion.groups.push_back(hour);
  }
  suggestion.interpreters = AssignInterpreters(problem, start);
}

}  // namespace

Suggestion Explain(const Problem& problem, const Outcomes& outcomes, const Candidate& candidate) {
  const Outcome& outcome = outcomes[candidate.outcome];
  Suggestion suggestion;
  suggestion.begins = BeginOf(candidate.start);
  for (size_t city = 0; city < problem.request().cities.size(); ++city) {
    suggestion.cities.push_back(
        HourIn(*problem.request().cities[city].calendar, problem.SlotAt(candidate.start),
               problem.BurdenOf(static_cast<int>(city), candidate.start), problem.host()));
  }
  ExplainPeople(problem, candidate.start, suggestion);
  suggestion.worst_off_city = outcome.accounts.front().city;
  suggestion.total_points = outcome.total;
  suggestion.unverified = candidate.unverified;
  suggestion.exceeds_guard = outcomes.ExceedsGuard(candidate.outcome);
  return suggestion;
}

}  // namespace neshast::scheduling
