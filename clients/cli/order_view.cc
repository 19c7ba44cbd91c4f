#include "cli/order_view.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/lookup.h"
#include "neshast/v1/seat.pb.h"

namespace neshast::cli {
namespace {

using v1::Order;
using v1::OrderChange;
using v1::OrderReason;

// "adviser" for "ROLE_ADVISER".
std::string RoleInWords(const std::string& name) {
  v1::Seat::Role role = v1::Seat::ROLE_UNSPECIFIED;
  return v1::Seat::Role_Parse(name, &role) ? WordOf(role) : name;
}

std::string Known(const std::string& value) {
  return value.empty() ? "not known" : value;
}

// A name in another language than the rule's is told with its own.
std::string NamesInWords(const OrderReason& reason) {
  if (reason.first_language() == reason.second_language()) {
    return absl::StrCat(reason.first(), " before ", reason.second(), " in the alphabet");
  }
  return absl::StrCat(reason.first(), " (", reason.first_language(), ") before ", reason.second(),
                      " (", reason.second_language(), ") in the alphabet");
}

std::string GroundInWords(const OrderReason& reason) {
  constexpr size_t kLotDigits = 8;
  switch (reason.ground()) {
    case OrderReason::GROUND_ROLE:
      return absl::StrCat(RoleInWords(reason.first()), " before ", RoleInWords(reason.second()));
    case OrderReason::GROUND_HOST:
      return reason.first() == "1" ? "the host is first" : "the host is last";
    case OrderReason::GROUND_RANK:
      return absl::StrCat("rank ", Known(reason.first()), ", the next ", Known(reason.second()));
    case OrderReason::GROUND_NOTIFICATION:
      return absl::StrCat("notified on ", Known(reason.first()), ", the next ",
                          Known(reason.second()));
    case OrderReason::GROUND_SENIORITY:
      return absl::StrCat("in office since ", Known(reason.first()), ", the next ",
                          Known(reason.second()));
    case OrderReason::GROUND_ALPHABET:
      return NamesInWords(reason);
    case OrderReason::GROUND_ROTATION:
      return absl::StrCat("the turn of the rotation: place ", reason.first(), " before place ",
                          reason.second());
    case OrderReason::GROUND_LOTS:
      return absl::StrCat("the lesser lot: ", reason.first().substr(0, kLotDigits), ", the next ",
                          reason.second().substr(0, kLotDigits));
    case OrderReason::GROUND_CITY:
      return "alike by every rule: the city's id decides";
    case OrderReason::GROUND_DELEGATION_LIST:
      return "the delegation's own list";
    default:
      return WordOf(reason.ground());
  }
}

std::string ReasonInWords(const OrderReason& reason) {
  if (!reason.kept_by_lock()) return GroundInWords(reason);
  OrderReason turned = reason;
  turned.set_first(reason.second());
  turned.set_second(reason.first());
  turned.set_first_language(reason.second_language());
  turned.set_second_language(reason.first_language());
  return absl::StrCat("the lock; the next would be first: ", GroundInWords(turned));
}

std::string PersonOf(Lookup& lookup, const std::string& person) {
  return person.empty() ? "nobody named" : lookup.Person(person);
}

std::string ChangeInWords(Lookup& lookup, const OrderChange& change) {
  const std::string city = lookup.City(change.city());
  switch (change.kind()) {
    case OrderChange::KIND_WENT:
      return absl::StrCat(city, " has place ", change.from_place(), " no more.");
    case OrderChange::KIND_CAME:
      return absl::StrCat(city, " came, at place ", change.to_place(), ".");
    case OrderChange::KIND_SUBSTITUTED:
      if (change.person_before().empty()) {
        return absl::StrCat(PersonOf(lookup, change.person_now()), " now has place ",
                            change.to_place(), " for ", city, ".");
      }
      return absl::StrCat(PersonOf(lookup, change.person_now()), " has taken the place of ",
                          lookup.Person(change.person_before()), " for ", city, ".");
    default:
      return absl::StrCat(city, " moved from place ", change.from_place(), " to place ",
                          change.to_place(), ".");
  }
}

void PrintPlaces(Lookup& lookup, const Order& order) {
  std::vector<Row> rows{{"PLACE", "CITY", "PERSON", "WHY BEFORE THE NEXT"}};
  for (int i = 0; i < order.places_size(); ++i) {
    const v1::OrderPlace& place = order.places(i);
    rows.push_back({absl::StrCat(i + 1), lookup.City(place.city()),
                    PersonOf(lookup, place.person()),
                    place.has_before_next() ? ReasonInWords(place.before_next()) : ""});
  }
  PrintTable(rows);
}

}  // namespace

void ShowOrder(Connection& connection, const v1::OrderAnswer& answer) {
  if (PrintDocument(connection.format, answer)) return;
  Lookup lookup(connection);
  std::vector<std::string> rules;
  for (const v1::PrecedenceRule& rule : answer.order().criteria()) {
    const std::string of = rule.session_number() > 0 ? absl::StrCat(rule.session_number())
                                                     : absl::StrCat(rule.language(), rule.seed());
    rules.push_back(absl::StrCat(WordOf(rule.criterion()), of.empty() ? "" : "=", of));
  }
  std::cout << "By " << Enumerated(rules) << "; "
            << (answer.order().locked() ? "locked" : "not locked") << ".\n";
  PrintPlaces(lookup, answer.order());
  for (const OrderChange& change : answer.changes()) {
    std::cout << ChangeInWords(lookup, change) << "\n";
  }
  if (!answer.screen_row().empty()) {
    std::cout << "On the screen, from the viewer's left: " << lookup.Cities(answer.screen_row())
              << "\n";
  }
  for (const v1::SignedCopy& copy : answer.copies()) {
    std::cout << "In the copy of " << lookup.City(copy.keeper()) << ": "
              << lookup.Cities(copy.cities()) << "\n";
  }
}

}  // namespace neshast::cli
