#include "cli/obstacles_view.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/burden.h"
#include "cli/times.h"

namespace neshast::cli {
namespace {

using v1::Blocker;
using v1::RelaxationStep;
using v1::SuggestTimesRequest;

constexpr int kDefaultMaxLevel = 3;

const char* RuleInWords(v1::SchedulingRule rule) {
  switch (rule) {
    case v1::SCHEDULING_RULE_NOTICE:
      return "they would begin too soon (--notice)";
    case v1::SCHEDULING_RULE_FORBIDDEN_DATE:
      return "a city forbids the date (--forbid)";
    case v1::SCHEDULING_RULE_SERIES_TIMES:
      return "the series keeps other hours of the day (--series)";
    case v1::SCHEDULING_RULE_BUSY:
      return "somebody who is required is busy";
    case v1::SCHEDULING_RULE_DAILY_LIMIT:
      return "somebody's day is full (--daily-limit)";
    case v1::SCHEDULING_RULE_QUORUM:
      return "too few of a group can come (--quorum)";
    case v1::SCHEDULING_RULE_INTERPRETERS:
      return "too few interpreters are free (--interpret)";
    case v1::SCHEDULING_RULE_LEVEL:
      return "they are harder than a city may bear (--max-level, --limit)";
    default:
      return "a rule that this program does not know";
  }
}

// "fa-ru", the need at `index`.
std::string PairOf(const SuggestTimesRequest& request, int index) {
  if (index < 0 || index >= request.interpretation_size()) return "of all languages together";
  const v1::InterpretationNeed& need = request.interpretation(index);
  return absl::StrCat(need.first_language(), "-", need.second_language());
}

std::string GroupOf(const SuggestTimesRequest& request, int index) {
  if (index < 0 || index >= request.quorums_size()) return "the group";
  return IdOf(request.quorums(index).expert_group());
}

int LimitOf(const SuggestTimesRequest& request, const std::string& city) {
  for (const v1::CityLimit& limit : request.city_limits()) {
    if (limit.city() == city && limit.has_max_level()) return limit.max_level();
  }
  return request.has_max_level() ? request.max_level() : kDefaultMaxLevel;
}

std::string BlockerInWords(Lookup& lookup, const SuggestTimesRequest& request,
                           const Blocker& blocker) {
  const std::string& resource = blocker.resource();
  switch (blocker.rule()) {
    case v1::SCHEDULING_RULE_NOTICE:
      return "it begins too soon (--notice)";
    case v1::SCHEDULING_RULE_FORBIDDEN_DATE:
      return lookup.City(resource) + " forbids the date";
    case v1::SCHEDULING_RULE_SERIES_TIMES:
      return "the series keeps other hours of the day";
    case v1::SCHEDULING_RULE_BUSY:
      return lookup.Person(resource) + " is busy";
    case v1::SCHEDULING_RULE_DAILY_LIMIT:
      return "the day of " + lookup.Person(resource) + " is full";
    case v1::SCHEDULING_RULE_QUORUM:
      return "too few of " + GroupOf(request, blocker.index()) + " can come";
    case v1::SCHEDULING_RULE_INTERPRETERS:
      return "too few interpreters " + PairOf(request, blocker.index()) + " are free";
    case v1::SCHEDULING_RULE_LEVEL:
      return absl::StrCat("too hard for ", lookup.City(resource), " (at most ",
                          LevelInWords(LimitOf(request, resource)), ")");
    default:
      return "a rule that this program does not know";
  }
}

// As an option takes it, "12h30m"; never longer than `duration`.
std::string LengthOption(const google::protobuf::Duration& duration) {
  const int64_t minutes = duration.seconds() / 60;
  if (minutes < 60) return absl::StrCat(minutes, "m");
  return absl::StrCat(minutes / 60, "h", minutes % 60 == 0 ? "" : absl::StrCat(minutes % 60, "m"));
}

std::string InterpretersInWords(const SuggestTimesRequest& request, const RelaxationStep& step) {
  const std::string pair = PairOf(request, step.index());
  if (step.value() == 0) return absl::StrCat("without interpreters ", pair, " (no --interpret)");
  return absl::StrCat("if ", Counted(step.value(), "interpreter"), " ", pair,
                      " will do (--interpret ", pair, ":", step.value(), ")");
}

std::string StepInWords(Lookup& lookup, const SuggestTimesRequest& request,
                        const RelaxationStep& step) {
  const std::string& resource = step.resource();
  switch (step.change()) {
    case RelaxationStep::CHANGE_ALLOW_HARDER_HOUR:
      return absl::StrCat("if ", lookup.City(resource), " bears ", LevelInWords(step.value()),
                          " (--limit ", IdOf(resource), "=", step.value(), ")");
    case RelaxationStep::CHANGE_MAKE_PERSON_OPTIONAL:
      return absl::StrCat("if ", lookup.Person(resource), " need not come (--optional)");
    case RelaxationStep::CHANGE_LIFT_FORBIDDEN_DATES:
      return absl::StrCat("if ", lookup.City(resource), " lifts its forbidden dates (no --forbid ",
                          IdOf(resource), "=…)");
    case RelaxationStep::CHANGE_RAISE_DAILY_LIMIT:
      return absl::StrCat("if the day of ", lookup.Person(resource),
                          " has no limit (no --daily-limit)");
    case RelaxationStep::CHANGE_LOWER_QUORUM:
      return absl::StrCat("if ", step.value(), " of ", GroupOf(request, step.index()),
                          " suffice (--quorum ", GroupOf(request, step.index()), ":", step.value(),
                          ")");
    case RelaxationStep::CHANGE_FEWER_INTERPRETERS:
      return InterpretersInWords(request, step);
    case RelaxationStep::CHANGE_SHORTEN_NOTICE:
      return absl::StrCat("with less notice (--notice ", LengthOption(step.duration()), ")");
    case RelaxationStep::CHANGE_NEW_SERIES_TIME:
      return "if the series gets a further hour of the day (no --series)";
    case RelaxationStep::CHANGE_SHORTEN_SESSION:
      return absl::StrCat("if it lasts ", LengthInWords(step.duration().seconds()), " (--duration ",
                          LengthOption(step.duration()), ")");
    case RelaxationStep::CHANGE_WIDEN_WINDOW:
      return absl::StrCat("if the window ends ", LengthInWords(step.duration().seconds()),
                          " later (--until)");
    default:
      return "by a change that this program does not know";
  }
}

template <class Item, class Words>
std::vector<std::string> InWords(const Item& items, Words words) {
  std::vector<std::string> texts;
  for (const auto& each : items) texts.push_back(words(each));
  return texts;
}

void PrintRules(const v1::SuggestTimesResponse& response) {
  std::vector<Row> rows{{"REMOVED", "LEFT", "BECAUSE"}};
  for (const v1::RuleCount& rule : response.rules()) {
    if (rule.removed() == 0) continue;
    rows.push_back(
        {std::to_string(rule.removed()), std::to_string(rule.left()), RuleInWords(rule.rule())});
  }
  if (rows.size() > 1) PrintTable(rows);
}

}  // namespace

void PrintObstacles(Lookup& lookup, const SuggestTimesRequest& request,
                    const v1::SuggestTimesResponse& response) {
  std::cout << Painted("No hour fits.", Tone::kBad) << " Of " << Counted(response.starts(), "start")
            << " in the window:\n";
  PrintRules(response);
  for (const v1::BlockingSet& set : response.blocking_sets()) {
    std::cout << "- " << Counted(set.starts(), "start") << ", such as "
              << ShortTime(WallTimeOf(set.example_time())) << ", would fit but for this: "
              << Enumerated(InWords(
                     set.blockers(),
                     [&](const Blocker& each) { return BlockerInWords(lookup, request, each); }))
              << ".\n";
  }
  if (response.relaxations_size() > 0) std::cout << "What would help:\n";
  for (const v1::Relaxation& relaxation : response.relaxations()) {
    std::cout << "- " << ShortTime(WallTimeOf(relaxation.example_time())) << " in "
              << lookup.City(request.host()) << " fits "
              << Enumerated(InWords(relaxation.steps(),
                                    [&](const RelaxationStep& each) {
                                      return StepInWords(lookup, request, each);
                                    }))
              << ".\n";
  }
}

}  // namespace neshast::cli
