#include "orders/answer.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "date/date.h"
#include "orders/parties.h"
#include "precedence/seating.h"
#include "precedence/signed_copies.h"

namespace neshast {
namespace {

using precedence::ChangeKind;
using precedence::Ground;
using precedence::OrderKind;

// The contract lists the values of these as the engine does, behind its zero.
static_assert(static_cast<int>(OrderKind::kSignature) + 1 == v1::Order::KIND_SIGNATURE);
static_assert(static_cast<int>(Ground::kLots) + 1 == v1::OrderReason::GROUND_LOTS);
static_assert(static_cast<int>(Ground::kAlternat) + 1 == v1::OrderReason::GROUND_ALTERNAT);
static_assert(static_cast<int>(ChangeKind::kMoved) + 1 == v1::OrderChange::KIND_MOVED);

template <class To, class From>
To Convert(From value) {
  return static_cast<To>(static_cast<int>(value) + 1);
}

struct TextOf {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(int64_t number) const { return absl::StrCat(number); }
  std::string operator()(date::local_days day) const { return date::format("%F", day); }
  std::string operator()(const precedence::NameInAlphabet& name) const { return name.name; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(precedence::Role role) const {
    switch (role) {
      case precedence::Role::kHead:
        return v1::Seat::Role_Name(v1::Seat::ROLE_HEAD);
      case precedence::Role::kAlternate:
        return v1::Seat::Role_Name(v1::Seat::ROLE_ALTERNATE);
      case precedence::Role::kAdviser:
        return v1::Seat::Role_Name(v1::Seat::ROLE_ADVISER);
      case precedence::Role::kObserver:
        return v1::Seat::Role_Name(v1::Seat::ROLE_OBSERVER);
      default:  // The contract has no experts: PartiesOf() makes none.
        return v1::Seat::Role_Name(v1::Seat::ROLE_MEMBER);
    }
  }
};

std::string LanguageOf(const precedence::Value& value) {
  const auto* name = std::get_if<precedence::NameInAlphabet>(&value);
  return name == nullptr ? "" : name->language;
}

v1::OrderReason To(const precedence::Reason& found) {
  v1::OrderReason reason;
  reason.set_ground(Convert<v1::OrderReason::Ground>(found.ground));
  reason.set_first(std::visit(TextOf(), found.first));
  reason.set_second(std::visit(TextOf(), found.second));
  reason.set_first_language(LanguageOf(found.first));
  reason.set_second_language(LanguageOf(found.second));
  reason.set_kept_by_lock(found.kept_by_lock);
  return reason;
}

v1::OrderPlace To(const precedence::Place& found, const v1::Session& session) {
  v1::OrderPlace place;
  place.set_city(found.party);
  place.set_seat(ContractSeat(session, found.party, found.seat));
  place.set_person(found.person);
  if (found.before_next) *place.mutable_before_next() = To(*found.before_next);
  return place;
}

v1::OrderChange To(const precedence::Change& found, const v1::Session& session) {
  v1::OrderChange change;
  change.set_kind(Convert<v1::OrderChange::Kind>(found.kind));
  change.set_city(found.party);
  change.set_seat(ContractSeat(session, found.party, found.seat));
  change.set_from_place(found.from);
  change.set_to_place(found.to);
  change.set_person_before(found.person_before);
  change.set_person_now(found.person_now);
  change.set_against_place(found.against);
  if (found.reason) *change.mutable_reason() = To(*found.reason);
  return change;
}

void AddCopies(const std::vector<precedence::SignedCopy>& found, v1::OrderAnswer& answer) {
  for (const precedence::SignedCopy& each : found) {
    v1::SignedCopy& copy = *answer.add_copies();
    copy.set_keeper(each.keeper);
    for (const precedence::Place& place : each.places) copy.add_cities(place.party);
  }
}

}  // namespace

OrderKind KindOf(v1::Order::Kind kind) {
  return static_cast<OrderKind>(static_cast<int>(kind) - 1);
}

absl::StatusOr<precedence::Order> EngineOrder(const v1::Order& stored, const v1::Session& session) {
  precedence::Order order;
  order.kind = KindOf(stored.kind());
  ASSIGN_OR_RETURN(order.rules, RulesOf(stored.criteria()));
  order.locked = stored.locked();
  for (const v1::OrderPlace& place : stored.places()) {
    order.places.push_back({place.city(), EngineSeat(session, place.city(), place.seat()),
                            place.person(), std::nullopt});
  }
  return order;
}

absl::StatusOr<v1::OrderAnswer> AnswerOf(const precedence::Recalculation& found,
                                         const OrderCriteria& criteria, const v1::Session& session,
                                         const std::vector<precedence::Party>& parties) {
  v1::OrderAnswer answer;
  v1::Order& order = *answer.mutable_order();
  order.set_kind(Convert<v1::Order::Kind>(found.order.kind));
  *order.mutable_criteria() = criteria;
  order.set_locked(found.order.locked);
  const std::vector<precedence::Place>& places = found.order.places;
  for (const precedence::Place& place : places) *order.add_places() = To(place, session);
  for (const precedence::Change& change : found.changes) {
    *answer.add_changes() = To(change, session);
  }
  if (found.order.kind == OrderKind::kScreen) {
    for (const int place : precedence::ScreenRow(static_cast<int>(places.size()))) {
      answer.add_screen_row(places[place].party);
    }
  } else if (found.order.kind == OrderKind::kSignature) {
    ASSIGN_OR_RETURN(const auto copies, precedence::SignedCopies(found.order, parties));
    AddCopies(copies, answer);
  }
  return answer;
}

}  // namespace neshast
