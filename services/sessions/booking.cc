#include "sessions/booking.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "rpc/references.h"

namespace neshast {
namespace {

absl::Status Refused(absl::StatusCode code, absl::string_view reason, const std::string& sentence,
                     const std::string& field, std::map<std::string, std::string> metadata) {
  return Error(code, sentence,
               {.reason = std::string(reason),
                .metadata = std::move(metadata),
                .violations = {{field, sentence}}});
}

absl::StatusOr<Instant> Choose(const Reading& reading, const v1::ZonedTime& time,
                               const std::string& field) {
  if (reading.kind == Reading::Kind::kUnique || time.occurrence() == v1::OCCURRENCE_EARLIER) {
    return reading.earlier;
  }
  if (time.occurrence() == v1::OCCURRENCE_LATER) return reading.later;
  const bool skipped = reading.kind == Reading::Kind::kSkipped;
  return Refused(
      absl::StatusCode::kInvalidArgument,
      skipped ? "NONEXISTENT_LOCAL_TIME" : "AMBIGUOUS_LOCAL_TIME",
      absl::StrCat("The clocks of ", time.time_zone(), skipped ? " skip " : " show twice ",
                   time.local_time(),
                   ". Say which is meant by `occurrence`, or choose another time."),
      field + ".local_time",
      {{"earlier", FormatInstant(reading.earlier)}, {"later", FormatInstant(reading.later)}});
}

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

absl::Status ResolveTime(const ZoneDatabase& zones, const std::string& field, absl::Time now,
                         v1::ZonedTime& time) {
  ASSIGN_OR_RETURN(const Zone* zone, zones.Find(time.time_zone()));
  ASSIGN_OR_RETURN(const WallTime wall, ParseWallTime(time.local_time()));
  ASSIGN_OR_RETURN(const Instant instant, Choose(zone->Read(wall), time, field));
  if (instant.time_since_epoch().count() <= absl::ToUnixSeconds(now)) {
    return Refused(absl::StatusCode::kInvalidArgument, "TIME_PASSED",
                   absl::StrCat(time.local_time(), " in ", time.time_zone(), " has passed."),
                   field + ".local_time", {{"instant", FormatInstant(instant)}});
  }
  time.set_local_time(FormatWallTime(wall));
  time.mutable_instant()->set_seconds(instant.time_since_epoch().count());
  time.mutable_instant()->set_nanos(0);
  time.set_tzdata_release(zones.release());
  return absl::OkStatus();
}

absl::Status CheckSession(const v1::Session& session, Transaction& tx) {
  std::vector<FieldViolation> violations;
  std::set<std::string> cities;
  std::set<std::string> people;
  for (int i = 0; i < session.delegations_size(); ++i) {
    const v1::Delegation& delegation = session.delegations(i);
    const std::string at = absl::StrCat("session.delegations[", i, "]");
    if (!cities.insert(delegation.city()).second) {
      violations.push_back({at + ".city", absl::StrCat(delegation.city(), " is there twice.")});
    }
    for (const auto* list : {&delegation.required_people(), &delegation.optional_people()}) {
      for (const std::string& person : *list) {
        if (!people.insert(person).second) {
          violations.push_back({at, absl::StrCat(person, " is named twice in the session.")});
        }
      }
    }
  }
  for (const std::string& person : session.interpreters()) {
    if (!people.insert(person).second) {
      violations.push_back(
          {"session.interpreters", absl::StrCat(person, " is named twice in the session.")});
    }
  }
  if (cities.count(session.host()) == 0) {
    violations.push_back({"session.host", "The host needs a delegation too."});
  }
  if (session.duration().seconds() % 60 != 0) {
    violations.push_back({"session.duration", "It must be whole minutes."});
  }
  if (!violations.empty()) {
    const std::string sentence =
        absl::StrCat("The session is not sound: ", violations[0].description);
    return Error(absl::StatusCode::kInvalidArgument, sentence,
                 {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(violations)});
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

}  // namespace neshast
