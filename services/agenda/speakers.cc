#include "agenda/speakers.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "agenda/etags.h"
#include "agenda/run.h"
#include "errors.h"

namespace neshast {
namespace {

bool Contains(const google::protobuf::RepeatedPtrField<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool Speaks(v1::Seat::Role role) {
  return role == v1::Seat::ROLE_HEAD || role == v1::Seat::ROLE_ALTERNATE ||
         role == v1::Seat::ROLE_MEMBER;
}

// Who sits in the seat now; empty where there is no such seat any more.
std::string OccupantOf(const v1::Session& session, const v1::AgendaSpeaker& of) {
  for (const v1::Delegation& delegation : session.delegations()) {
    if (delegation.city() != of.city()) continue;
    for (const v1::Seat& seat : delegation.seats()) {
      if (seat.id() == of.seat()) return seat.person();
    }
  }
  return "";
}

// Who leads in the place of `speaker`; nullopt where nobody does.
std::optional<v1::AgendaSpeaker> SuccessorOf(const v1::AgendaSpeaker& speaker,
                                             const v1::Session& before, const v1::Session& after) {
  if (auto still = SpeakerOf(after, speaker.person())) return still;
  // Where the person sat last, also if the item was set before that.
  const auto sat = SpeakerOf(before, speaker.person());
  const v1::AgendaSpeaker& place = sat ? *sat : speaker;
  if (place.seat().empty()) return std::nullopt;
  return SpeakerOf(after, OccupantOf(after, place));
}

// Whether nobody was lost.
bool FollowItem(const v1::Session& before, const v1::Session& after, absl::Time now,
                v1::AgendaItem& item) {
  v1::AgendaItem was = item;
  item.clear_speakers();
  bool complete = true;
  std::set<std::string> there;
  for (const v1::AgendaSpeaker& speaker : was.speakers()) {
    const auto successor = SuccessorOf(speaker, before, after);
    if (successor && there.insert(successor->person()).second) *item.add_speakers() = *successor;
    if (successor) continue;
    complete = false;
    v1::SpeakerVacancy& vacancy = *item.add_vacancies();
    vacancy.set_person(speaker.person());
    vacancy.set_city(speaker.city());
    vacancy.mutable_leave_time()->set_seconds(absl::ToUnixSeconds(now));
  }
  return complete;
}

void FollowFloor(const v1::Session& after, absl::Time now, v1::Agenda& agenda) {
  if (!agenda.has_run()) return;
  if (agenda.run().has_turn() && !SpeakerOf(after, agenda.run().turn().person())) {
    EndTurn(now, *agenda.mutable_run());
  }
  auto& requests = *agenda.mutable_run()->mutable_requests();
  requests.erase(std::remove_if(requests.begin(), requests.end(),
                                [&](const v1::FloorRequest& each) {
                                  return !SpeakerOf(after, each.person());
                                }),
                 requests.end());
}

}  // namespace

std::optional<v1::AgendaSpeaker> SpeakerOf(const v1::Session& session, const std::string& person) {
  if (person.empty() || Contains(session.interpreters(), person)) return std::nullopt;
  for (const v1::Delegation& delegation : session.delegations()) {
    if (!Contains(delegation.required_people(), person) &&
        !Contains(delegation.optional_people(), person)) {
      continue;
    }
    v1::AgendaSpeaker speaker;
    speaker.set_person(person);
    speaker.set_city(delegation.city());
    for (const v1::Seat& seat : delegation.seats()) {
      if (seat.person() != person) continue;
      if (!Speaks(seat.role())) return std::nullopt;
      speaker.set_seat(seat.id());
    }
    return speaker;
  }
  return std::nullopt;
}

absl::StatusOr<v1::AgendaSpeaker> SpeakerNamed(const v1::Session& session,
                                               const std::string& person) {
  auto speaker = SpeakerOf(session, person);
  if (speaker) return *std::move(speaker);
  const std::string why = absl::StrCat(person, " does not speak for a delegation of the session.");
  return Error(absl::StatusCode::kInvalidArgument, why,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{"person", why}}});
}

absl::Status CompleteSpeakers(const v1::Session& session, v1::AgendaItem& item) {
  std::vector<FieldViolation> faults;
  std::set<std::string> there;
  for (int i = 0; i < item.speakers_size(); ++i) {
    const std::string person = item.speakers(i).person();
    auto speaker = SpeakerOf(session, person);
    const std::string at = absl::StrCat("item.speakers[", i, "].person");
    if (!speaker) {
      faults.push_back({at, absl::StrCat(person, " does not speak for a delegation.")});
    } else if (!there.insert(person).second) {
      faults.push_back({at, absl::StrCat(person, " is there twice.")});
    } else {
      *item.mutable_speakers(i) = *std::move(speaker);
    }
  }
  if (faults.empty()) return absl::OkStatus();
  const std::string sentence = absl::StrCat("The speakers are wrong: ", faults[0].description);
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(faults)});
}

void FollowDelegations(const v1::Session& before, v1::Session& after, absl::Time now) {
  if (!after.has_agenda()) return;
  v1::Agenda& agenda = *after.mutable_agenda();
  bool complete = true;
  for (v1::AgendaItem& item : *agenda.mutable_items()) {
    complete = FollowItem(before, after, now, item) && complete;
  }
  FollowFloor(after, now, agenda);
  if (complete) {
    const std::string etag = AgendaEtag(agenda);
    for (auto& agreement : *agenda.mutable_agreements()) agreement.set_agenda_etag(etag);
  }
  Settle(agenda);
}

}  // namespace neshast
