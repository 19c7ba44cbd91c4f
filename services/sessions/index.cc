#include "sessions/index.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "directory/confusable.h"
#include "neshast/v1/access.pb.h"
#include "neshast/v1/agenda.pb.h"
#include "neshast/v1/invitation_response.pb.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/minutes.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/practice.pb.h"
#include "neshast/v1/proposal.pb.h"
#include "neshast/v1/reply.pb.h"
#include "neshast/v1/session.pb.h"
#include "neshast/v1/zone_alert.pb.h"
#include "rpc/certificate.h"
#include "rpc/policy.h"
#include "rpc/references.h"
#include "search/subject.h"
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
  if (session.state() == v1::Session::STATE_CONFIRMED) {
    const int64_t starts = session.start_time().instant().seconds();
    index.occupancy.push_back(
        {.party = kReminders, .begins = starts - kLongestOccupancy, .ends = starts});
  }
  IndexAwaited(session, index);
  if (session.agenda().run().state() == v1::AgendaRun::STATE_RUNNING) {
    index.lists.emplace_back("agendas@running");
  }
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
         dynamic_cast<const v1::MailPosition*>(&resource) != nullptr ||
         dynamic_cast<const v1::SealedPiece*>(&resource) != nullptr;
}

// Until it is sent, a proposal concerns the host only.
void IndexProposal(const v1::Proposal& proposal, Index& index) {
  const Object object = ObjectOf(proposal);
  std::set<std::string> cities = {proposal.host()};
  if (object.state != v1::Session::STATE_DRAFT) {
    cities.insert(object.cities.begin(), object.cities.end());
  }
  index.audience.assign(cities.begin(), cities.end());
  for (const std::string& city : cities) index.lists.push_back(absl::StrCat("proposals@", city));
}

void IndexMail(const v1::Mail& mail, Index& index) {
  index.audience = {mail.host()};
  index.lists.push_back(
      absl::StrCat("mails@", mail.proposal().empty() ? mail.session() : mail.proposal()));
  if (mail.state() == v1::Mail::STATE_QUEUED) index.lists.emplace_back("mails@queued");
}

// The name alone of what few may see is not for the others' logs.
void IndexPractice(const v1::Practice& practice, Index& index) {
  for (const v1::Uptake& uptake : practice.uptakes()) {
    index.lists.push_back(ReferrersOf(uptake.city()));
  }
  if (practice.visibility() != v1::VISIBILITY_PARTIES) {
    index.audience = {"directory"};
    return;
  }
  index.audience = {practice.city()};
  index.audience.insert(index.audience.end(), practice.parties().begin(), practice.parties().end());
}

void IndexInitiative(const v1::Initiative& initiative, Index& index) {
  for (const std::string& supporter : initiative.supporters()) {
    index.lists.push_back(ReferrersOf(supporter));
  }
  const bool is_published = initiative.state() == v1::Initiative::STATE_PUBLISHED;
  index.audience = {is_published ? "directory" : initiative.city()};
}

// A draft concerns the host and whom it asked to read it. Of entries, who was called follows the
// minutes only: thousands of them times hundreds of people would swell the log.
void IndexMinutes(const v1::MinutesCircle& circle, bool whole, Index& index) {
  index.audience = {circle.host()};
  const auto add = [&](const auto& who) {
    index.audience.insert(index.audience.end(), who.begin(), who.end());
  };
  if (circle.state() == v1::Minutes::STATE_DRAFT) return add(circle.draft_readers());
  add(circle.cities());
  if (whole) add(circle.people());
}

}  // namespace

Index IndexOf(const google::protobuf::Message& resource) {
  Index index;
  for (const auto& [field, name] : ReferencesOf(resource, "")) {
    index.lists.push_back(ReferrersOf(name));
  }
  index.searchable = SearchableOf(resource);
  if (const auto* session = dynamic_cast<const v1::Session*>(&resource)) {
    IndexSession(*session, index);
  } else if (const auto* proposal = dynamic_cast<const v1::Proposal*>(&resource)) {
    IndexProposal(*proposal, index);
  } else if (dynamic_cast<const v1::Link*>(&resource) != nullptr) {
    index.audience = {"access"};
  } else if (const auto* hold = dynamic_cast<const v1::Hold*>(&resource)) {
    IndexHold(*hold, index);
  } else if (const auto* series = dynamic_cast<const v1::Series*>(&resource)) {
    index.audience = {series->host()};
  } else if (const auto* alert = dynamic_cast<const v1::ZoneAlert*>(&resource)) {
    index.audience = {alert->host()};
    if (alert->state() == v1::ZoneAlert::STATE_OPEN) index.lists.push_back("zoneAlerts@open");
  } else if (const auto* paper = dynamic_cast<const v1::Paper*>(&resource)) {
    index.audience = {paper->host()};
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
  } else if (const auto* reply = dynamic_cast<const v1::Reply*>(&resource)) {
    if (!reply->host().empty()) index.audience = {reply->host()};
    index.lists.push_back(absl::StrCat("replies@", v1::Reply::State_Name(reply->state())));
    if (!reply->message_id().empty()) {
      index.lists.push_back(absl::StrCat("replies@", reply->message_id()));
    }
  } else if (const auto* response = dynamic_cast<const v1::InvitationResponse*>(&resource)) {
    index.audience = {response->host()};
  } else if (const auto* practice = dynamic_cast<const v1::Practice*>(&resource)) {
    IndexPractice(*practice, index);
  } else if (const auto* initiative = dynamic_cast<const v1::Initiative*>(&resource)) {
    IndexInitiative(*initiative, index);
  } else if (const auto* minutes = dynamic_cast<const v1::Minutes*>(&resource)) {
    IndexMinutes(minutes->circle(), true, index);
  } else if (const auto* entry = dynamic_cast<const v1::MinutesEntry*>(&resource)) {
    IndexMinutes(entry->circle(), false, index);
  } else if (IndexRegister(resource, index)) {
    return index;
  } else if (!IsNote(resource)) {
    index.audience = {"directory"};
    for (const std::string& list : LookAlikesIn(resource)) index.lists.push_back(list);
    if (const auto* person = dynamic_cast<const v1::Person*>(&resource)) {
      index.lists.push_back(absl::StrCat("people@", person->city()));
      if (person->interprets_size() > 0) index.lists.push_back("interpreters");
    }
  }
  return index;
}

}  // namespace neshast
