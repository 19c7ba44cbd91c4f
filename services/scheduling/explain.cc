#include "scheduling/explain.h"

#include "scheduling/interpreters.h"

namespace neshast::scheduling {
namespace {

date::local_days DateOf(const CompiledCalendar& calendar, Quarter start) {
  return date::floor<date::days>(calendar.ToWall(BeginOf(start)));
}

CityHour HourOf(const Problem& problem, int index, Quarter start) {
  const RequestCity& city = problem.request().cities[index];
  const CompiledCalendar& calendar = *city.calendar;
  const Interval slot = problem.SlotAt(start);
  const Burden burden = problem.BurdenOf(index, start);
  CityHour hour;
  hour.local = calendar.ToWall(slot.begins);
  hour.offset = calendar.OffsetAt(slot.begins);
  hour.weekday = date::weekday(DateOf(calendar, start));
  hour.day_shift =
      static_cast<int>((DateOf(calendar, start) - DateOf(problem.host(), start)).count());
  hour.level = burden.level();
  hour.reason = burden.reason();
  hour.clock_change_nearby = calendar.ClockChangeNear(slot);
  if (hour.clock_change_nearby && hour.reason == Reason::kInHours) {
    hour.reason = Reason::kClockChangeNearby;
  }
  hour.points = PointsOf(hour.level);
  hour.ledger_before = city.ledger;
  hour.ledger_after = city.ledger + hour.points;
  if (const Holiday* holiday = calendar.HolidayOver(slot)) {
    hour.holiday = *holiday;
    hour.tentative_holiday =
        hour.reason == Reason::kHoliday && holiday->status == HolidayStatus::kComputed;
  }
  return hour;
}

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
    suggestion.cities.push_back(HourOf(problem, static_cast<int>(city), candidate.start));
  }
  ExplainPeople(problem, candidate.start, suggestion);
  suggestion.worst_off_city = outcome.accounts.front().city;
  suggestion.total_points = outcome.total;
  suggestion.unverified = candidate.unverified;
  suggestion.exceeds_guard = outcomes.ExceedsGuard(candidate.outcome);
  return suggestion;
}

}  // namespace neshast::scheduling
