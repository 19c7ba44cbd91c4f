#include "orders/parties.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "neshast/v1/city.pb.h"
#include "neshast/v1/person.pb.h"
#include "time/wall_time.h"

namespace neshast {
namespace {

using precedence::Role;

// No seat's id: those have no brackets.
constexpr char kHead[] = "(head)";

std::optional<Role> RoleOf(v1::Seat::Role role) {
  switch (role) {
    case v1::Seat::ROLE_HEAD:
      return Role::kHead;
    case v1::Seat::ROLE_ALTERNATE:
      return Role::kAlternate;
    case v1::Seat::ROLE_MEMBER:
      return Role::kMember;
    case v1::Seat::ROLE_ADVISER:
      return Role::kAdviser;
    case v1::Seat::ROLE_OBSERVER:
      return Role::kObserver;
    default:
      return std::nullopt;
  }
}

const v1::Seat* HeadOf(const v1::Delegation& delegation) {
  const auto& seats = delegation.seats();
  const auto head = std::find_if(seats.begin(), seats.end(), [](const v1::Seat& seat) {
    return seat.role() == v1::Seat::ROLE_HEAD;
  });
  return head == seats.end() ? nullptr : &*head;
}

const v1::Seat* HeadOf(const v1::Session& session, const std::string& city) {
  for (const v1::Delegation& delegation : session.delegations()) {
    if (delegation.city() == city) return HeadOf(delegation);
  }
  return nullptr;
}

std::optional<date::local_days> DayOf(const std::string& text) {
  const auto day = ParseDate(text);
  return day.ok() ? std::optional(date::local_days(*day)) : std::nullopt;
}

std::vector<precedence::Seat> SeatsOf(const v1::Delegation& delegation) {
  std::vector<precedence::Seat> seats;
  for (const v1::Seat& seat : delegation.seats()) {
    const std::optional<Role> role = RoleOf(seat.role());
    if (!role) continue;
    seats.push_back({*role == Role::kHead ? kHead : seat.id(), *role, seat.person()});
  }
  if (seats.empty()) seats.push_back({kHead, Role::kHead, ""});
  return seats;
}

absl::StatusOr<precedence::Party> PartyOf(const v1::Delegation& delegation, Transaction& tx) {
  ASSIGN_OR_RETURN(const v1::City city, tx.Get<v1::City>(delegation.city()));
  const auto& names = city.display_name().texts();
  precedence::Party party;
  party.id = city.name();
  party.names = {names.begin(), names.end()};
  if (names.contains(city.display_name().original())) {
    party.original_language = city.display_name().original();
  }
  if (delegation.rank() > 0) party.rank = delegation.rank();
  party.notified_on = DayOf(delegation.notify_date());
  if (const v1::Seat* head = HeadOf(delegation); head != nullptr) {
    ASSIGN_OR_RETURN(const v1::Person person, tx.Get<v1::Person>(head->person()));
    party.in_office_since = DayOf(person.in_office_since_date());
  }
  party.seats = SeatsOf(delegation);
  return party;
}

}  // namespace

absl::StatusOr<std::vector<precedence::Party>> PartiesOf(const v1::Session& session,
                                                         Transaction& tx) {
  std::vector<precedence::Party> parties;
  for (const v1::Delegation& delegation : session.delegations()) {
    ASSIGN_OR_RETURN(precedence::Party party, PartyOf(delegation, tx));
    party.is_host = delegation.city() == session.host();
    parties.push_back(std::move(party));
  }
  return parties;
}

std::string EngineSeat(const v1::Session& session, const std::string& city, const std::string& id) {
  const v1::Seat* head = HeadOf(session, city);
  return id.empty() || (head != nullptr && head->id() == id) ? kHead : id;
}

std::string ContractSeat(const v1::Session& session, const std::string& city,
                         const std::string& engine_seat) {
  if (engine_seat != kHead) return engine_seat;
  const v1::Seat* head = HeadOf(session, city);
  return head == nullptr ? "" : head->id();
}

}  // namespace neshast
