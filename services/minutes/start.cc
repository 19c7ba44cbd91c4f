#include "minutes/start.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "minutes/documents.h"
#include "neshast/v1/person.pb.h"
#include "rpc/policy.h"
#include "rpc/standard_methods.h"

namespace neshast {
namespace {

using v1::Attendee;
using v1::Minutes;

// Who came into a seat in somebody's place stands there as such, once it is known to have come.
Attendee RowOf(const std::string& city, const v1::Seat& seat) {
  Attendee row;
  row.set_city(city);
  row.set_person(seat.person());
  row.set_presence(Attendee::PRESENCE_UNKNOWN);
  row.set_seat(seat.id());
  row.set_role(seat.role());
  row.set_printed_name(seat.printed_name());
  if (!seat.replaced().empty()) {
    row.set_substitute_for(seat.replaced(seat.replaced_size() - 1).person());
  }
  return row;
}

absl::StatusOr<Attendee> RowOf(const std::string& city, const std::string& name, Transaction& tx) {
  ASSIGN_OR_RETURN(const v1::Person person, tx.Get<v1::Person>(name));
  Attendee row;
  row.set_city(city);
  row.set_person(name);
  row.set_presence(Attendee::PRESENCE_UNKNOWN);
  row.set_printed_name(person.own_name());
  return row;
}

absl::Status AddAttendance(const v1::Session& session, Transaction& tx, Minutes& minutes) {
  for (const v1::Delegation& delegation : session.delegations()) {
    std::set<std::string> seated;
    for (const v1::Seat& seat : delegation.seats()) {
      seated.insert(seat.person());
      *minutes.add_attendance() = RowOf(delegation.city(), seat);
    }
    for (const auto* people : {&delegation.required_people(), &delegation.optional_people()}) {
      for (const std::string& person : *people) {
        if (!seated.insert(person).second) continue;
        ASSIGN_OR_RETURN(*minutes.add_attendance(), RowOf(delegation.city(), person, tx));
      }
    }
  }
  return absl::OkStatus();
}

// What was called when, by whom and whom, as it stood when the session was closed: it changes no
// more, and the policy sees one document at a time.
void StampSession(const v1::Session& session, Minutes& minutes) {
  *minutes.mutable_title() = session.title();
  *minutes.mutable_start_time() = session.start_time();
  *minutes.mutable_duration() = session.duration();
  const Object object = ObjectOf(session);
  v1::MinutesCircle& circle = *minutes.mutable_circle();
  circle.set_host(session.host());
  circle.set_state(Minutes::STATE_DRAFT);
  for (const v1::Delegation& delegation : session.delegations()) {
    circle.add_cities(delegation.city());
    v1::MinutesParty& party = *minutes.add_parties();
    party.set_city(delegation.city());
    party.set_state(v1::MinutesParty::STATE_AWAITED);
  }
  const std::set<std::string> people(object.people.begin(), object.people.end());
  for (const std::string& person : people) circle.add_people(person);
}

}  // namespace

absl::Status StartMinutesOf(const v1::Session& session, Transaction& tx) {
  Minutes minutes;
  minutes.set_name(MinutesName(session.name(), 1));
  minutes.set_state(Minutes::STATE_DRAFT);
  RETURN_IF_ERROR(CheckFree(tx, minutes.name()));
  StampSession(session, minutes);
  for (const std::string& language : session.languages()) {
    v1::MinutesLanguage& of = *minutes.add_languages();
    of.set_language(language);
    of.set_standing(v1::STANDING_AUTHORITATIVE);
  }
  RETURN_IF_ERROR(AddAttendance(session, tx, minutes));
  return tx.PutMessage(minutes).status();
}

Minutes AmendmentOf(const Minutes& sealed, const std::string& name, const std::string& reason) {
  Minutes minutes;
  minutes.set_name(name);
  minutes.set_state(Minutes::STATE_DRAFT);
  *minutes.mutable_title() = sealed.title();
  *minutes.mutable_start_time() = sealed.start_time();
  *minutes.mutable_duration() = sealed.duration();
  *minutes.mutable_languages() = sealed.languages();
  *minutes.mutable_draft_readers() = sealed.draft_readers();
  *minutes.mutable_attendance() = sealed.attendance();
  *minutes.mutable_circle() = sealed.circle();
  minutes.mutable_circle()->set_state(Minutes::STATE_DRAFT);
  for (const v1::MinutesParty& before : sealed.parties()) {
    v1::MinutesParty& party = *minutes.add_parties();
    party.set_city(before.city());
    const bool gone = before.state() == v1::MinutesParty::STATE_WITHDRAWN;
    party.set_state(gone ? before.state() : v1::MinutesParty::STATE_AWAITED);
    if (gone) party.set_reason(before.reason());
  }
  minutes.set_amends(sealed.name());
  minutes.set_amend_reason(reason);
  return minutes;
}

}  // namespace neshast
