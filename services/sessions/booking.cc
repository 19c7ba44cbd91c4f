#include "sessions/booking.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rpc/policy.h"
#include "rpc/references.h"
#include "time/wall_time.h"

namespace neshast {
namespace {

// "a mayors' dialogue", by the message that holds the time.
absl::StatusOr<std::string> KindOf(const std::string& holder, Transaction& tx) {
  ASSIGN_OR_RETURN(const Document document, tx.GetDocument(holder));
  if (document.kind == "Hold") return "a hold";
  v1::Session session;
  RETURN_IF_ERROR(ParseDocument(document, session));
  switch (session.kind()) {
    case v1::Session::KIND_MAYORS_DIALOGUE:
      return "a mayors' dialogue";
    case v1::Session::KIND_EXPERT_SESSION:
      return "an expert session";
    case v1::Session::KIND_SUMMIT:
      return "a summit";
    case v1::Session::KIND_PRESS_BRIEFING:
      return "a press briefing";
    default:
      return "a working meeting";
  }
}

std::string InstantText(int64_t seconds) {
  return FormatInstant(Instant(std::chrono::seconds(seconds)));
}

}  // namespace

Roll RollOf(const google::protobuf::RepeatedPtrField<v1::Delegation>& delegations,
            const std::string& host, const std::string& prefix) {
  Roll roll;
  for (int i = 0; i < delegations.size(); ++i) {
    const v1::Delegation& delegation = delegations[i];
    const std::string at = absl::StrCat(prefix, "delegations[", i, "]");
    if (!roll.cities.insert(delegation.city()).second) {
      roll.faults.push_back({at + ".city", absl::StrCat(delegation.city(), " is there twice.")});
    }
    for (const auto* list : {&delegation.required_people(), &delegation.optional_people()}) {
      for (const std::string& person : *list) {
        if (!roll.people.insert(person).second) {
          roll.faults.push_back({at, absl::StrCat(person, " is named twice.")});
        }
      }
    }
  }
  if (roll.cities.count(host) == 0) {
    roll.faults.push_back({prefix + "host", "The host needs a delegation too."});
  }
  return roll;
}

absl::Status CheckSession(const v1::Session& session, Transaction& tx) {
  Roll roll = RollOf(session.delegations(), session.host(), "session.");
  for (const std::string& person : session.interpreters()) {
    if (!roll.people.insert(person).second) {
      roll.faults.push_back(
          {"session.interpreters", absl::StrCat(person, " is named twice in the session.")});
    }
  }
  if (session.duration().seconds() % 60 != 0) {
    roll.faults.push_back({"session.duration", "It must be whole minutes."});
  }
  if (!roll.faults.empty()) {
    const std::string sentence =
        absl::StrCat("The session is not sound: ", roll.faults[0].description);
    return Error(absl::StatusCode::kInvalidArgument, sentence,
                 {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(roll.faults)});
  }
  return CheckReferences(session, "session", tx);
}

absl::Status CheckNobodyIsBooked(const std::vector<std::string>& people, const v1::ZonedTime& start,
                                 const google::protobuf::Duration& duration,
                                 const std::string& holder, const std::string& released,
                                 Transaction& tx) {
  const int64_t begins = start.instant().seconds();
  ErrorDetail detail{.reason = "PERSON_BOOKED", .metadata = {}, .violations = {}};
  for (const std::string& person : people) {
    ASSIGN_OR_RETURN(const auto claims, tx.Occupied({.party = person,
                                                     .begins = begins,
                                                     .ends = begins + duration.seconds(),
                                                     .least = Occupancy::Strength::kHeld,
                                                     .after_holder = "",
                                                     .limit = 10}));
    const auto claim = std::find_if(claims.begin(), claims.end(), [&](const Occupancy& taken) {
      return taken.holder != holder && taken.holder != released;
    });
    if (claim == claims.end()) continue;
    ASSIGN_OR_RETURN(const std::string kind, KindOf(claim->holder, tx));
    if (detail.metadata.empty()) {
      detail.metadata = {{"person", person},
                         {"begins", InstantText(claim->begins)},
                         {"ends", InstantText(claim->ends)},
                         {"kind", kind}};
    }
    detail.violations.push_back(
        {person, absl::StrCat("Booked from ", InstantText(claim->begins), " to ",
                              InstantText(claim->ends), " by ", kind, ".")});
  }
  if (detail.violations.empty()) return absl::OkStatus();
  const FieldViolation& first = detail.violations.front();
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(first.field, " is not free: ", first.description), detail);
}

absl::Status CheckPeopleFree(const v1::Session& session, const std::string& released,
                             Transaction& tx) {
  return CheckNobodyIsBooked(ObjectOf(session).people, session.start_time(), session.duration(),
                             session.name(), released.empty() ? session.hold() : released, tx);
}

absl::Status WrongState(const v1::Session& session, absl::string_view may) {
  const std::string state = v1::Session::State_Name(session.state());
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The session is in ", state, "; only ", may, "."),
               {.reason = "WRONG_STATE", .metadata = {{"state", state}}, .violations = {}});
}

}  // namespace neshast
