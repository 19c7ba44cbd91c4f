#include "agenda/clock.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "agenda/tree.h"

namespace neshast {
namespace {

int64_t SecondsSince(const google::protobuf::Timestamp& since, absl::Time now) {
  return std::max<int64_t>(0, absl::ToUnixSeconds(now) - since.seconds());
}

v1::Countdown CountdownOf(const std::string& of, int64_t elapsed, int64_t length) {
  v1::Countdown countdown;
  countdown.set_of(of);
  countdown.mutable_elapsed()->set_seconds(elapsed);
  countdown.set_overrun(v1::OVERRUN_NONE);
  if (length == 0) return countdown;
  countdown.mutable_length()->set_seconds(length);
  countdown.mutable_remaining()->set_seconds(length - elapsed);
  countdown.set_overrun(OverrunOf(elapsed, length));
  return countdown;
}

// The time of each item by itself.
std::map<std::string, int64_t> ItemSeconds(const v1::AgendaRun& run, absl::Time now) {
  std::map<std::string, int64_t> seconds;
  for (const v1::ItemTime& time : run.items()) seconds[time.item()] = time.elapsed().seconds();
  if (run.has_since_time()) seconds[run.current_item()] += SecondsSince(run.since_time(), now);
  return seconds;
}

int64_t TurnSeconds(const v1::FloorTurn& turn, absl::Time now) {
  const int64_t running = turn.has_since_time() ? SecondsSince(turn.since_time(), now) : 0;
  return turn.elapsed().seconds() + running;
}

void AddItems(const v1::Agenda& agenda, absl::Time now, v1::AgendaClock& clock) {
  const auto seconds = ItemSeconds(agenda.run(), now);
  for (const v1::ItemTime& time : agenda.run().items()) {
    const v1::AgendaItem* item = FindItem(agenda, time.item());
    if (item == nullptr) continue;
    int64_t elapsed = 0;
    for (const std::string& name : WithAllUnder(agenda, time.item())) {
      const auto found = seconds.find(name);
      if (found != seconds.end()) elapsed += found->second;
    }
    *clock.add_items() = CountdownOf(time.item(), elapsed, item->length().seconds());
  }
}

void AddDelegations(const v1::Agenda& agenda, absl::Time now, v1::AgendaClock& clock) {
  std::map<std::string, std::pair<int64_t, int64_t>> cities;  // elapsed, length
  for (const v1::SpeakingBudget& budget : agenda.budgets()) {
    cities[budget.city()].second = budget.length().seconds();
  }
  for (const v1::SpeakingTime& time : agenda.run().speaking()) {
    cities[time.city()].first = time.elapsed().seconds();
  }
  if (agenda.run().has_turn()) {
    cities[agenda.run().turn().city()].first += TurnSeconds(agenda.run().turn(), now);
  }
  for (const auto& [city, time] : cities) {
    *clock.add_delegations() = CountdownOf(city, time.first, time.second);
  }
}

// Whether the warning that `warned` notes is not that of `countdown`; it is then.
template <class Time>
bool Note(const v1::Countdown& countdown, Time& time) {
  const v1::Overrun due =
      countdown.overrun() == v1::OVERRUN_NONE ? v1::OVERRUN_UNSPECIFIED : countdown.overrun();
  if (time.warned() == due) return false;
  time.set_warned(due);
  return true;
}

}  // namespace

v1::Overrun OverrunOf(int64_t elapsed, int64_t length) {
  if (elapsed >= length) return v1::OVERRUN_OVER;
  return elapsed * 5 >= length * 4 ? v1::OVERRUN_NEAR : v1::OVERRUN_NONE;
}

v1::AgendaClock ClockOf(const v1::Agenda& agenda, absl::Time now) {
  v1::AgendaClock clock;
  clock.mutable_as_of_time()->set_seconds(absl::ToUnixSeconds(now));
  AddItems(agenda, now, clock);
  AddDelegations(agenda, now, clock);
  if (agenda.run().has_turn()) {
    clock.mutable_turn_elapsed()->set_seconds(TurnSeconds(agenda.run().turn(), now));
  }
  return clock;
}

bool Warn(absl::Time now, v1::Agenda& agenda) {
  if (!agenda.has_run()) return false;
  const v1::AgendaClock clock = ClockOf(agenda, now);
  bool changed = false;
  for (const v1::Countdown& countdown : clock.items()) {
    for (v1::ItemTime& time : *agenda.mutable_run()->mutable_items()) {
      if (time.item() == countdown.of()) changed = Note(countdown, time) || changed;
    }
  }
  for (const v1::Countdown& countdown : clock.delegations()) {
    for (v1::SpeakingTime& time : *agenda.mutable_run()->mutable_speaking()) {
      if (time.city() == countdown.of()) changed = Note(countdown, time) || changed;
    }
  }
  return changed;
}

}  // namespace neshast
