#include "agenda/run.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "agenda/tree.h"
#include "errors.h"

namespace neshast {
namespace {

google::protobuf::Timestamp TimestampOf(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  return timestamp;
}

// Never negative: the machine's clock may be set back.
int64_t SecondsSince(const google::protobuf::Timestamp& since, absl::Time now) {
  return std::max<int64_t>(0, absl::ToUnixSeconds(now) - since.seconds());
}

v1::ItemTime& TimeOf(const std::string& item, v1::AgendaRun& run) {
  for (v1::ItemTime& time : *run.mutable_items()) {
    if (time.item() == item) return time;
  }
  v1::ItemTime& time = *run.add_items();
  time.set_item(item);
  time.mutable_elapsed();
  return time;
}

v1::SpeakingTime& TimeOfCity(const std::string& city, v1::AgendaRun& run) {
  for (v1::SpeakingTime& time : *run.mutable_speaking()) {
    if (time.city() == city) return time;
  }
  v1::SpeakingTime& time = *run.add_speaking();
  time.set_city(city);
  time.mutable_elapsed();
  return time;
}

void Add(int64_t seconds, google::protobuf::Duration& to) {
  to.set_seconds(to.seconds() + seconds);
}

void StopItem(absl::Time now, v1::AgendaRun& run) {
  if (!run.has_since_time()) return;
  Add(SecondsSince(run.since_time(), now), *TimeOf(run.current_item(), run).mutable_elapsed());
  run.clear_since_time();
}

void StopTurn(absl::Time now, v1::AgendaRun& run) {
  if (!run.has_turn() || !run.turn().has_since_time()) return;
  v1::FloorTurn& turn = *run.mutable_turn();
  Add(SecondsSince(turn.since_time(), now), *turn.mutable_elapsed());
  turn.clear_since_time();
}

}  // namespace

bool IsUnderWay(const v1::Agenda& agenda) {
  return agenda.run().state() == v1::AgendaRun::STATE_RUNNING ||
         agenda.run().state() == v1::AgendaRun::STATE_PAUSED;
}

void CallItem(const std::string& name, absl::Time now, v1::Agenda& agenda) {
  v1::AgendaRun& run = *agenda.mutable_run();
  if (run.state() == v1::AgendaRun::STATE_UNSPECIFIED) {
    run.set_state(v1::AgendaRun::STATE_RUNNING);
    *run.mutable_start_time() = TimestampOf(now);
  }
  EndTurn(now, run);
  StopItem(now, run);
  run.clear_requests();
  run.set_current_item(name);
  v1::ItemTime& time = TimeOf(name, run);
  if (!time.has_start_time()) *time.mutable_start_time() = TimestampOf(now);
  for (const auto* item = FindItem(agenda, name); item != nullptr && !item->parent_item().empty();
       item = FindItem(agenda, item->parent_item())) {
    TimeOf(item->parent_item(), run);
  }
  if (run.state() == v1::AgendaRun::STATE_RUNNING) *run.mutable_since_time() = TimestampOf(now);
}

void Pause(absl::Time now, v1::AgendaRun& run) {
  StopItem(now, run);
  StopTurn(now, run);
  run.set_state(v1::AgendaRun::STATE_PAUSED);
}

void Resume(absl::Time now, v1::AgendaRun& run) {
  run.set_state(v1::AgendaRun::STATE_RUNNING);
  *run.mutable_since_time() = TimestampOf(now);
  if (run.has_turn()) *run.mutable_turn()->mutable_since_time() = TimestampOf(now);
}

void EndRun(absl::Time now, v1::Agenda& agenda) {
  if (!IsUnderWay(agenda)) return;
  v1::AgendaRun& run = *agenda.mutable_run();
  EndTurn(now, run);
  StopItem(now, run);
  run.clear_requests();
  run.clear_current_item();
  run.set_state(v1::AgendaRun::STATE_ENDED);
  *run.mutable_end_time() = TimestampOf(now);
}

void GiveFloor(const v1::AgendaSpeaker& speaker, absl::Time now, v1::AgendaRun& run) {
  EndTurn(now, run);
  Withdraw(speaker.person(), run);
  v1::FloorTurn& turn = *run.mutable_turn();
  turn.set_person(speaker.person());
  turn.set_city(speaker.city());
  turn.mutable_elapsed();
  if (run.state() == v1::AgendaRun::STATE_RUNNING) *turn.mutable_since_time() = TimestampOf(now);
  v1::SpeakingTime& time = TimeOfCity(speaker.city(), run);
  time.set_turns(time.turns() + 1);
}

void EndTurn(absl::Time now, v1::AgendaRun& run) {
  if (!run.has_turn()) return;
  StopTurn(now, run);
  Add(run.turn().elapsed().seconds(), *TimeOfCity(run.turn().city(), run).mutable_elapsed());
  run.clear_turn();
}

absl::Status RequestTurn(const v1::AgendaSpeaker& speaker, absl::Time now, v1::AgendaRun& run) {
  for (const v1::FloorRequest& request : run.requests()) {
    if (request.person() == speaker.person()) return absl::OkStatus();
  }
  if (run.requests_size() == kMostFloorRequests) {
    return Full("The list of speakers", kMostFloorRequests);
  }
  v1::FloorRequest& request = *run.add_requests();
  request.set_person(speaker.person());
  request.set_city(speaker.city());
  *request.mutable_request_time() = TimestampOf(now);
  return absl::OkStatus();
}

void Withdraw(const std::string& person, v1::AgendaRun& run) {
  auto& requests = *run.mutable_requests();
  requests.erase(
      std::remove_if(requests.begin(), requests.end(),
                     [&](const v1::FloorRequest& each) { return each.person() == person; }),
      requests.end());
}

absl::Status MoveInList(const std::string& person, int position, v1::AgendaRun& run) {
  auto& requests = *run.mutable_requests();
  const auto found =
      std::find_if(requests.begin(), requests.end(),
                   [&](const v1::FloorRequest& each) { return each.person() == person; });
  if (found == requests.end()) {
    const std::string why = absl::StrCat(person, " is not on the list of speakers.");
    return Error(absl::StatusCode::kInvalidArgument, why,
                 {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{"person", why}}});
  }
  const auto to = requests.begin() + std::min(position, requests.size()) - 1;
  if (found < to) {
    std::rotate(found, found + 1, to + 1);
  } else {
    std::rotate(to, found, found + 1);
  }
  return absl::OkStatus();
}

absl::Status Full(const std::string& what, int most) {
  return Error(absl::StatusCode::kResourceExhausted,
               absl::StrCat(what, " holds as much as it can: ", most, "."),
               {.reason = "AGENDA_FULL",
                .metadata = {{"what", what}, {"most", absl::StrCat(most)}},
                .violations = {}});
}

}  // namespace neshast
