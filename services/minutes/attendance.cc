#include "minutes/attendance.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "minutes/documents.h"
#include "neshast/v1/person.pb.h"
#include "rpc/references.h"

namespace neshast {
namespace {

using v1::Attendee;
using v1::Minutes;

absl::Status CheckNotAdopted(const Minutes& minutes) {
  if (minutes.state() == Minutes::STATE_DRAFT || minutes.state() == Minutes::STATE_CIRCULATED) {
    return absl::OkStatus();
  }
  return WrongState(minutes, "what not all have adopted takes attendance");
}

// The row of `person`; null where there is none.
Attendee* RowOf(Minutes& minutes, const std::string& person) {
  auto& rows = *minutes.mutable_attendance();
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const Attendee& each) { return each.person() == person; });
  return row == rows.end() ? nullptr : &*row;
}

void Enter(Attendee::Presence presence, Attendee::Source source, absl::Time now, Attendee& row) {
  row.set_presence(presence);
  row.set_source(source);
  row.mutable_enter_time()->set_seconds(absl::ToUnixSeconds(now));
}

// The row that `given` is about, added where it is new.
absl::StatusOr<Attendee*> RowFor(const Attendee& given, Transaction& tx, Minutes& minutes) {
  Attendee* row = RowOf(minutes, given.person());
  if (row != nullptr) return row;
  RETURN_IF_ERROR(CheckParty(minutes, given.city()));
  ASSIGN_OR_RETURN(const v1::Person person, tx.Get<v1::Person>(given.person()));
  row = minutes.add_attendance();
  row->set_city(given.city());
  row->set_person(given.person());
  row->set_printed_name(person.own_name());
  return row;
}

}  // namespace

absl::StatusOr<Minutes> SetAttendance(const Caller&, const v1::SetAttendanceRequest& request,
                                      Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, tx.Get<Minutes>(request.name(), request.etag()));
  RETURN_IF_ERROR(CheckNotAdopted(minutes));
  RETURN_IF_ERROR(CheckReferences(request, "", tx));
  for (int i = 0; i < request.attendance_size(); ++i) {
    const Attendee& given = request.attendance(i);
    ASSIGN_OR_RETURN(Attendee* const row, RowFor(given, tx, minutes));
    if (row->city() != given.city()) {
      return InvalidField(absl::StrCat("attendance[", i, "].city"),
                          absl::StrCat("The person came for ", row->city(), "."));
    }
    if (!given.substitute_for().empty()) row->set_substitute_for(given.substitute_for());
    if (given.presence() == Attendee::PRESENCE_SUBSTITUTE && row->substitute_for().empty()) {
      return InvalidField(absl::StrCat("attendance[", i, "].substitute_for"),
                          "Say in whose place the person came.");
    }
    Enter(given.presence(), Attendee::SOURCE_OFFICER, tx.now(), *row);
  }
  return tx.Put(std::move(minutes));
}

absl::StatusOr<v1::DeclarePresenceResponse> DeclarePresence(
    const Caller& caller, const v1::DeclarePresenceRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, NewestMinutes(request.session(), tx));
  Attendee* const row = caller.person.empty() ? nullptr : RowOf(minutes, caller.person);
  if (row == nullptr) {
    return Forbidden(
        "Only who was called for a city declares presence; the protocol office adds "
        "whoever else was there.");
  }
  RETURN_IF_ERROR(CheckNotAdopted(minutes));
  v1::DeclarePresenceResponse response;
  if (row->presence() != Attendee::PRESENCE_PRESENT &&
      row->presence() != Attendee::PRESENCE_SUBSTITUTE) {
    Enter(
        row->substitute_for().empty() ? Attendee::PRESENCE_PRESENT : Attendee::PRESENCE_SUBSTITUTE,
        Attendee::SOURCE_SELF_DECLARED, tx.now(), *row);
    *response.mutable_attendee() = *row;
    RETURN_IF_ERROR(tx.PutMessage(minutes).status());
  } else {
    *response.mutable_attendee() = *row;
  }
  return response;
}

}  // namespace neshast
