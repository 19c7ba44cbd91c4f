#include "sessions/index.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "neshast/v1/access.pb.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session.pb.h"
#include "neshast/v1/zone_alert.pb.h"
#include "rpc/certificate.h"
#include "rpc/policy.h"
#include "rpc/references.h"
#include "sessions/register_index.h"

namespace neshast {
namespace {

using Strength = Occupancy::Strength;

Strength StrengthOf(v1::Session::State state) {
  if (state == v1::Session::STATE_DRAFT) return Strength::kTentative;
  if (state == v1::Session::STATE_CONFIRMED) return Strength::kBusy;
  return Strength::kListed;
}

void Add(Index& index, const std::string& party, const v1::ZonedTime& start,
         const google::protobuf::Duration& duration, Strength strength) {
  const int64_t begins = start.instant().seconds();
  index.occupancy.push_back({.party = party,
                             .begins = begins,
                             .ends = begins + duration.seconds(),
                             .holder = "",
                             .strength = strength});
}

// What only output-only fields name must stay in the directory too.
void IndexAwaited(const v1::Session& session, Index& index) {
  for (const v1::Clearance& clearance : session.clearances()) {
    index.lists.push_back(ReferrersOf(clearance.body()));
  }
  for (const v1::Delegation& delegation : session.delegations()) {
    for (const v1::SeatChange& change : delegation.changes()) {
      if (change.state() != v1::SeatChange::STATE_ASKED) continue;
      index.lists.push_back(ReferrersOf(change.seat().person()));
    }
  }
}

void IndexSession(const v1::Session& session, Index& index) {
  const Object object = ObjectOf(session);
  std::set<std::string> cities(object.cities.begin(), object.cities.end());
  cities.insert(session.host());
  for (const std::string& city : cities) {
    Add(index, city, session.start_time(), session.duration(), Strength::kListed);
    // Moved back and forth, a session may have left the same place twice.
    std::set<int64_t> places = {session.start_time().instant().seconds()};
    for (const v1::SessionMove& move : session.moves()) {
      if (!places.insert(move.start_time().instant().seconds()).second) continue;
      Add(index, city, move.start_time(), move.duration(), Strength::kListed);
    }
  }
  for (const std::string& person : object.people) {
    Add(index, person, session.start_time(), session.duration(), StrengthOf(session.state()));
  }
  IndexAwaited(session, index);
  if (!session.series().empty()) index.lists.push_back(absl::StrCat("sessions@", session.series()));
  index.audience = {session.host()};
  if (session.state() == v1::Session::STATE_DRAFT) return;
  index.audience.insert(index.audience.end(), cities.begin(), cities.end());
  index.audience.insert(index.audience.end(), object.people.begin(), object.people.end());
}

void IndexHold(const v1::Hold& hold, Index& index) {
  for (const std::string& person :
       std::set<std::string>(hold.people().begin(), hold.people().end())) {
    Add(index, person, hold.start_time(), hold.duration(), Strength::kHeld);
    index.occupancy.back().expires = hold.expire_time().seconds();
  }
  index.audience = {hold.host()};
}

// The server's own notes. They concern nobody.
bool IsNote(const google::protobuf::Message& resource) {
  // Callers remembered by their tokens stay remembered.
  return dynamic_cast<const v1::TokenUses*>(&resource) != nullptr ||
         dynamic_cast<const v1::Told*>(&resource) != nullptr ||
         dynamic_cast<const v1::MailPosition*>(&resource) != nullptr;
}

void IndexMail(const v1::Mail& mail, Index& index) {
  index.audience = {mail.host()};
  index.lists.push_back(absl::StrCat("mails@", mail.session()));
  if (mail.state() == v1::Mail::STATE_QUEUED) index.lists.emplace_back("mails@queued");
}

}  // namespace

Index IndexOf(const google::protobuf::Message& resource) {
  Index index;
  for (const auto& [field, name] : ReferencesOf(resource, "")) {
    index.lists.push_back(ReferrersOf(name));
  }
  if (const auto* session = dynamic_cast<const v1::Session*>(&resource)) {
    IndexSession(*session, index);
  } else if (const auto* hold = dynamic_cast<const v1::Hold*>(&resource)) {
    IndexHold(*hold, index);
  } else if (const auto* series = dynamic_cast<const v1::Series*>(&resource)) {
    index.audience = {series->host()};
  } else if (const auto* alert = dynamic_cast<const v1::ZoneAlert*>(&resource)) {
    index.audience = {alert->host()};
    if (alert->state() == v1::ZoneAlert::STATE_OPEN) index.lists.push_back("zoneAlerts@open");
  } else if (dynamic_cast<const v1::ZoneRelease*>(&resource) != nullptr) {
    index.audience = {"system"};
  } else if (const auto* token = dynamic_cast<const v1::Token*>(&resource)) {
    index.lists.push_back(absl::StrCat("tokens@", token->principal()));
    index.audience = {"access"};
  } else if (const auto* principal = dynamic_cast<const v1::Principal*>(&resource)) {
    for (const std::string& pin : principal->certificate_pins()) {
      index.lists.push_back(HoldersOfPin(pin));
    }
    index.audience = {"access"};
  } else if (const auto* mail = dynamic_cast<const v1::Mail*>(&resource)) {
    IndexMail(*mail, index);
  } else if (IndexRegister(resource, index)) {
    return index;
  } else if (!IsNote(resource)) {
    index.audience = {"directory"};
    if (const auto* person = dynamic_cast<const v1::Person*>(&resource)) {
      index.lists.push_back(absl::StrCat("people@", person->city()));
      if (person->interprets_size() > 0) index.lists.push_back("interpreters");
    }
  }
  return index;
}

}  // namespace neshast
