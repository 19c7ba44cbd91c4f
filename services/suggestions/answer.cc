#include "suggestions/answer.h"

#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "sessions/calendars.h"
#include "sessions/zoned_time.h"

namespace neshast {
namespace {

using scheduling::Change;
using scheduling::Criterion;
using scheduling::PersonStatus;
using scheduling::Rule;

// The contract lists the values of these as the search does, behind its zero.
static_assert(static_cast<int>(Rule::kLevel) + 1 == v1::SCHEDULING_RULE_LEVEL);
static_assert(static_cast<int>(Change::kWidenWindow) + 1 ==
              v1::RelaxationStep::CHANGE_WIDEN_WINDOW);
static_assert(static_cast<int>(Criterion::kEarlier) + 1 == v1::Advantage::CRITERION_EARLIER);
static_assert(static_cast<int>(PersonStatus::kDayFull) + 1 == v1::PersonHour::STATUS_DAY_FULL);

template <class To, class From>
To Convert(From value) {
  return static_cast<To>(static_cast<int>(value) + 1);
}

class Answering {
 public:
  Answering(const ZoneDatabase& zones, const Zone& host, const v1::SuggestTimesRequest& request,
            const Question& question)
      : zones_(zones), host_(host), request_(request), question_(question) {}

  v1::SuggestTimesResponse Answer(const scheduling::SuggestResult& result) const {
    v1::SuggestTimesResponse answer;
    for (const auto& suggestion : result.suggestions) *answer.add_suggestions() = To(suggestion);
    *answer.mutable_coverage() = To(result.coverage);
    for (const auto& count : result.rules) {
      v1::RuleCount& rule = *answer.add_rules();
      rule.set_rule(Convert<v1::SchedulingRule>(count.rule));
      rule.set_removed(count.removed);
      rule.set_left(count.left);
    }
    answer.set_starts(result.starts);
    for (const auto& set : result.blocking) *answer.add_blocking_sets() = To(set);
    for (const auto& relaxation : result.relaxations) *answer.add_relaxations() = To(relaxation);
    answer.set_tzdata_release(zones_.release());
    return answer;
  }

 private:
  const std::string& City(int index) const { return question_.cities[index].name(); }
  const std::string& Person(int index) const { return question_.persons[index]; }
  v1::ZonedTime OnHostClock(Instant at) const { return ZonedTimeAt(host_, zones_.release(), at); }

  v1::Suggestion To(const scheduling::Suggestion& found) const {
    v1::Suggestion suggestion;
    suggestion.set_rank(found.rank);
    *suggestion.mutable_start_time() = OnHostClock(found.begins);
    AddCities(found, suggestion);
    AddPeople(found, suggestion);
    AddInterpreters(found, suggestion);
    suggestion.set_worst_off_city(City(found.worst_off_city));
    suggestion.set_total_points(found.total_points);
    suggestion.set_unverified(found.unverified);
    suggestion.set_exceeds_guard(found.exceeds_guard);
    if (found.better_than_next) {
      *suggestion.mutable_better_than_next() = To(*found.better_than_next);
    }
    return suggestion;
  }

  void AddCities(const scheduling::Suggestion& found, v1::Suggestion& suggestion) const {
    for (size_t i = 0; i < found.cities.size(); ++i) {
      v1::CityHour& hour = *suggestion.add_cities();
      *hour.mutable_burden() = ToBurden(question_.cities[i], zones_, found.cities[i], found.begins);
      hour.set_ledger_before(question_.request.cities[i].ledger);
      hour.set_ledger_after(question_.request.cities[i].ledger + found.cities[i].points);
    }
  }

  void AddPeople(const scheduling::Suggestion& found, v1::Suggestion& suggestion) const {
    for (size_t i = 0; i < found.persons.size(); ++i) {
      v1::PersonHour& person = *suggestion.add_people();
      person.set_person(question_.persons[i]);
      person.set_status(Convert<v1::PersonHour::Status>(found.persons[i]));
      person.set_required(question_.request.persons[i].required);
    }
    for (const auto& group : found.groups) {
      v1::QuorumHour& quorum = *suggestion.add_quorums();
      quorum.set_needed(group.needed);
      quorum.set_available(group.available);
      quorum.set_members(group.members);
    }
    for (const int person : found.missing) suggestion.add_missing_people(Person(person));
  }

  void AddInterpreters(const scheduling::Suggestion& found, v1::Suggestion& suggestion) const {
    for (size_t i = 0; i < found.interpreters.size(); ++i) {
      const v1::InterpretationNeed& need = request_.interpretation(static_cast<int>(i));
      v1::InterpreterAssignment& assignment = *suggestion.add_interpreters();
      assignment.set_first_language(need.first_language());
      assignment.set_second_language(need.second_language());
      for (const int one : found.interpreters[i]) {
        assignment.add_interpreters(question_.interpreters[one]);
      }
    }
  }

  v1::Advantage To(const scheduling::Advantage& found) const {
    v1::Advantage advantage;
    advantage.set_criterion(Convert<v1::Advantage::Criterion>(found.criterion));
    advantage.set_value(found.mine);
    advantage.set_next_value(found.theirs);
    if (found.criterion == Criterion::kCityAccounts) {
      advantage.set_place(found.place);
      advantage.set_city(City(found.city));
      advantage.set_next_city(City(found.their_city));
    }
    return advantage;
  }

  v1::Coverage To(const scheduling::Coverage& found) const {
    v1::Coverage coverage;
    coverage.set_cities(found.cities);
    coverage.set_best(found.best);
    for (const auto& choice : found.choices) {
      v1::CoverageChoice& added = *coverage.add_choices();
      for (const int city : choice.missing) added.add_missing_cities(City(city));
      for (const auto time : choice.utc_times) {
        added.add_utc_times(absl::StrFormat("%02d:%02d", time.count() / 60, time.count() % 60));
      }
      added.set_starts(choice.starts);
      *added.mutable_example_time() = OnHostClock(choice.example);
    }
    return coverage;
  }

  v1::BlockingSet To(const scheduling::BlockingSet& found) const {
    v1::BlockingSet set;
    for (const auto& blocker : found.blockers) {
      v1::Blocker& added = *set.add_blockers();
      added.set_rule(Convert<v1::SchedulingRule>(blocker.rule));
      if (blocker.rule == Rule::kBusy || blocker.rule == Rule::kDailyLimit) {
        added.set_resource(Person(blocker.index));
      } else if (blocker.rule == Rule::kForbiddenDate || blocker.rule == Rule::kLevel) {
        added.set_resource(City(blocker.index));
      } else {
        added.set_index(blocker.index);
      }
    }
    set.set_starts(found.starts);
    *set.mutable_example_time() = OnHostClock(found.example);
    return set;
  }

  v1::Relaxation To(const scheduling::Relaxation& found) const {
    v1::Relaxation relaxation;
    for (const auto& step : found.steps) *relaxation.add_steps() = To(step);
    *relaxation.mutable_example_time() = OnHostClock(found.example);
    return relaxation;
  }

  v1::RelaxationStep To(const scheduling::RelaxationStep& found) const {
    v1::RelaxationStep step;
    step.set_change(Convert<v1::RelaxationStep::Change>(found.change));
    switch (found.change) {
      case Change::kAllowHarderHour:
        step.set_resource(City(found.index));
        step.set_value(static_cast<int>(found.value));
        break;
      case Change::kLiftForbiddenDates:
        step.set_resource(City(found.index));
        break;
      case Change::kMakePersonOptional:
      case Change::kRaiseDailyLimit:
        step.set_resource(Person(found.index));
        break;
      case Change::kLowerQuorum:
      case Change::kFewerInterpreters:
        step.set_index(found.index);
        step.set_value(static_cast<int>(found.value));
        break;
      case Change::kNewSeriesTime:
        break;
      case Change::kShortenNotice:
      case Change::kShortenSession:
      case Change::kWidenWindow:
        step.mutable_duration()->set_seconds(found.value);
        break;
    }
    return step;
  }

  const ZoneDatabase& zones_;
  const Zone& host_;
  const v1::SuggestTimesRequest& request_;
  const Question& question_;
};

}  // namespace

absl::StatusOr<v1::SuggestTimesResponse> AnswerOf(const ZoneDatabase& zones,
                                                  const v1::SuggestTimesRequest& request,
                                                  const Question& question,
                                                  const scheduling::SuggestResult& result) {
  ASSIGN_OR_RETURN(const Zone* host,
                   zones.Find(question.cities[question.request.host].time_zone()));
  return Answering(zones, *host, request, question).Answer(result);
}

}  // namespace neshast
