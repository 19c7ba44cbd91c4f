#include "invitations/faults.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "sessions/delegations.h"
#include "time/wall_time.h"

namespace neshast {
namespace {

// In the order in which they are told: who must write the list anew does not ask another city
// first.
enum class Kind { kInvalidField, kSecondHead, kInOtherDelegation };

struct Fault {
  Kind kind;
  FieldViolation violation;
  std::map<std::string, std::string> metadata = {};
};
using Faults = std::vector<Fault>;

absl::Status Refused(const Faults& faults) {
  if (faults.empty()) return absl::OkStatus();
  const Fault& told = *std::min_element(
      faults.begin(), faults.end(), [](const Fault& a, const Fault& b) { return a.kind < b.kind; });
  constexpr const char* kReasons[] = {"INVALID_FIELD", "SECOND_HEAD", "IN_OTHER_DELEGATION"};
  ErrorDetail detail{
      .reason = kReasons[static_cast<int>(told.kind)], .metadata = told.metadata, .violations = {}};
  for (const Fault& fault : faults) detail.violations.push_back(fault.violation);
  return Error(told.kind == Kind::kInOtherDelegation ? absl::StatusCode::kFailedPrecondition
                                                     : absl::StatusCode::kInvalidArgument,
               absl::StrCat("The delegation is not sound: ", told.violation.description), detail);
}

// Whether somebody else in the session has `person` already.
void AddIfElsewhere(const v1::Session& session, const std::string& city, const std::string& person,
                    const std::string& field, Faults& faults) {
  if (Holds(session.interpreters(), person)) {
    faults.push_back(
        {Kind::kInvalidField, {field, absl::StrCat(person, " interprets the session.")}});
  }
  for (const v1::Delegation& other : session.delegations()) {
    if (other.city() == city) continue;
    if (!Holds(other.required_people(), person) && !Holds(other.optional_people(), person)) {
      continue;
    }
    faults.push_back({Kind::kInOtherDelegation,
                      {field, absl::StrCat(person, " is in the delegation of ", other.city(), ".")},
                      {{"person", person}, {"city", other.city()}}});
  }
}

bool HasSeat(const v1::Delegation& delegation, const std::string& id) {
  return std::any_of(delegation.seats().begin(), delegation.seats().end(),
                     [&](const v1::Seat& seat) { return seat.id() == id; });
}

}  // namespace

absl::Status CheckListIsOpen(const v1::Delegation& delegation) {
  if (!delegation.has_close_time()) return absl::OkStatus();
  const std::string closed =
      FormatInstant(Instant(std::chrono::seconds(delegation.close_time().seconds())));
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The list of ", delegation.city(), " was closed at ", closed,
                            "; ask for a substitution."),
               {.reason = "LIST_CLOSED",
                .metadata = {{"city", delegation.city()}, {"close_time", closed}},
                .violations = {}});
}

absl::Status CheckSeats(const v1::Session& session, const v1::Delegation& delegation,
                        const Seats& named) {
  Faults faults;
  std::set<std::string> ids;
  std::set<std::string> people;
  std::string head;
  for (int i = 0; i < named.size(); ++i) {
    const v1::Seat& seat = named[i];
    const std::string path = absl::StrCat("seats[", i, "]");
    const auto invalid = [&](const char* field, const std::string& why) {
      faults.push_back({Kind::kInvalidField, {path + field, why}});
    };
    if (!seat.id().empty() && !HasSeat(delegation, seat.id())) {
      invalid(".id", "The delegation has no such seat.");
    } else if (!seat.id().empty() && !ids.insert(seat.id()).second) {
      invalid(".id", "The seat is there twice.");
    }
    if (!people.insert(seat.person()).second) {
      invalid(".person", absl::StrCat(seat.person(), " is there twice."));
    }
    if (seat.role() == v1::Seat::ROLE_HEAD && !head.empty()) {
      faults.push_back({Kind::kSecondHead,
                        {path + ".role", absl::StrCat(head, " is the head already.")},
                        {{"city", delegation.city()}, {"person", head}}});
    }
    if (seat.role() == v1::Seat::ROLE_HEAD && head.empty()) head = seat.person();
    AddIfElsewhere(session, delegation.city(), seat.person(), path + ".person", faults);
  }
  return Refused(faults);
}

absl::Status CheckTaker(const v1::Session& session, const v1::Delegation& delegation,
                        const v1::Seat& taker, const std::string& field) {
  Faults faults;
  if (!HasSeat(delegation, taker.id())) {
    faults.push_back({Kind::kInvalidField, {"seat.id", "The delegation has no such seat."}});
  }
  for (const v1::Seat& seat : delegation.seats()) {
    if (seat.id() == taker.id() || seat.person() != taker.person()) continue;
    faults.push_back({Kind::kInvalidField,
                      {field, absl::StrCat(taker.person(), " sits in the delegation already.")}});
  }
  AddIfElsewhere(session, delegation.city(), taker.person(), field, faults);
  return Refused(faults);
}

}  // namespace neshast
