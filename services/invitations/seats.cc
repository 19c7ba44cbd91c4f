#include "invitations/seats.h"

#include <algorithm>
#include <utility>

#include "rpc/validate.h"
#include "sessions/delegations.h"
#include "sessions/random_id.h"

namespace neshast {
namespace {

// In a seat; a city cannot make a session grow without end.
constexpr int kMostTombstones = 10;

google::protobuf::Timestamp TimestampOf(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  return timestamp;
}

// Gives `seat`, newly filled, what it keeps of what it was before.
void Continue(const v1::Seat& before, const Departure& departure, v1::Seat& seat) {
  *seat.mutable_replaced() = before.replaced();
  if (seat.person() == before.person()) {
    if (before.has_credentials()) *seat.mutable_credentials() = before.credentials();
    return;
  }
  if (seat.replaced_size() == kMostTombstones) {
    seat.mutable_replaced()->erase(seat.replaced().begin());
  }
  v1::ReplacedDelegate& tombstone = *seat.add_replaced();
  tombstone.set_person(before.person());
  tombstone.set_printed_name(before.printed_name());
  tombstone.set_replaced_by(seat.person());
  *tombstone.mutable_replace_time() = TimestampOf(departure.at);
  tombstone.set_reason(departure.reason);
}

bool Sits(const v1::Delegation& delegation, const std::string& person) {
  return std::any_of(delegation.seats().begin(), delegation.seats().end(),
                     [&](const v1::Seat& seat) { return seat.person() == person; });
}

void Dismiss(const std::string& person, v1::Delegation& delegation) {
  Drop(person, *delegation.mutable_required_people());
  Drop(person, *delegation.mutable_optional_people());
}

}  // namespace

v1::Seat* FindSeat(v1::Delegation& delegation, const std::string& id) {
  auto& seats = *delegation.mutable_seats();
  const auto found = std::find_if(seats.begin(), seats.end(),
                                  [&](const v1::Seat& seat) { return seat.id() == id; });
  return found == seats.end() ? nullptr : &*found;
}

void NameSeats(const Seats& named, absl::Time now, v1::Delegation& delegation) {
  v1::Delegation before = delegation;
  delegation.clear_seats();
  for (const v1::Seat& seat : named) {
    v1::Seat& added = *delegation.add_seats();
    added = seat;
    ClearOutputOnly(added);
    const v1::Seat* same = FindSeat(before, seat.id());
    if (same == nullptr) {
      added.set_id(RandomId());
    } else {
      Continue(*same, {.reason = "", .at = now}, added);
    }
  }
  for (const v1::Seat& seat : before.seats()) {
    if (!Sits(delegation, seat.person())) Dismiss(seat.person(), delegation);
  }
  CountSeated(delegation);
}

void Substitute(const v1::Seat& taker, const Departure& departure, v1::Delegation& delegation) {
  v1::Seat& seat = *FindSeat(delegation, taker.id());
  const v1::Seat before = seat;
  seat = taker;
  ClearOutputOnly(seat);
  seat.set_role(before.role());
  Continue(before, departure, seat);
  if (taker.person() == before.person()) return;
  const bool required = Holds(delegation.required_people(), before.person());
  Dismiss(before.person(), delegation);
  if (required && !Holds(delegation.required_people(), taker.person())) {
    Drop(taker.person(), *delegation.mutable_optional_people());
    delegation.add_required_people(taker.person());
  }
  CountSeated(delegation);
}

void AskForSeat(const v1::Seat& taker, const Departure& departure, v1::Delegation& delegation) {
  const v1::Seat::Role role = FindSeat(delegation, taker.id())->role();
  auto& changes = *delegation.mutable_changes();
  changes.erase(std::remove_if(changes.begin(), changes.end(),
                               [&](const v1::SeatChange& each) {
                                 return each.state() == v1::SeatChange::STATE_ASKED &&
                                        each.seat().id() == taker.id();
                               }),
                changes.end());
  v1::SeatChange& change = *changes.Add();
  change.set_id(RandomId());
  *change.mutable_seat() = taker;
  ClearOutputOnly(*change.mutable_seat());
  change.mutable_seat()->set_role(role);
  change.set_reason(departure.reason);
  *change.mutable_ask_time() = TimestampOf(departure.at);
  change.set_state(v1::SeatChange::STATE_ASKED);
}

}  // namespace neshast
