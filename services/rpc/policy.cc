// The matrix of roles and actions, as it stands in the design: one row per action, one column per
// role.
#include "rpc/policy.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/commitment.pb.h"
#include "neshast/v1/document.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/letter.pb.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/zone_alert.pb.h"

namespace neshast {
namespace {

// To which objects a role may do an action.
enum class Cell {
  kNone,
  kAny,
  kAnyMasked,
  kConfirmedMasked,       // any confirmed session
  kOwnCity,               // what belongs to the caller's city
  kOwnDelegation,         // the own city's people, and its delegation in a promised session
  kParty,                 // promised sessions of which the caller's city is a party
  kPartyConfirmedMasked,  // confirmed ones
  kNamed,                 // promised sessions that name the caller's person
  kNamedConfirmedMasked,  // confirmed ones
  kOwn,                   // the caller's own principal and its tokens
  kOwnTokens,             // its tokens only: nobody changes the own role
};

constexpr int kRoles = v1::ROLE_INVITEE;
constexpr int kActions = v1::ACTION_INVITATION_ANSWER;
constexpr Cell no = Cell::kNone, any = Cell::kAny, masked = Cell::kAnyMasked,
               confirmed = Cell::kConfirmedMasked, city = Cell::kOwnCity, party = Cell::kParty,
               calendar = Cell::kPartyConfirmedMasked, named = Cell::kNamed,
               listen = Cell::kNamedConfirmedMasked, send = Cell::kOwnDelegation, own = Cell::kOwn,
               tokens = Cell::kOwnTokens;

// clang-format off
constexpr Cell kMatrix[kActions][kRoles] = {
    //                      officer admin      secretary delegate interpreter expert  observer script    auditor invitee
    /* directory read    */ {any,    any,       any,       any,      no,          no,     no,       any,      any,    no},
    /* directory write   */ {any,    no,        city,      no,       no,          no,     no,       no,       no,     no},
    /* session read      */ {any,    confirmed, party,     named,    named,       named,  listen,   calendar, masked, no},
    /* session write     */ {any,    no,        no,        no,       no,          no,     no,       no,       no,     no},
    /* reschedule        */ {any,    no,        no,        no,       no,          no,     no,       no,       no,     no},
    /* suggest           */ {any,    no,        no,        no,       no,          no,     no,       no,       no,     no},
    /* availability      */ {any,    no,        city,      no,       no,          no,     no,       no,       no,     no},
    /* changes read      */ {any,    any,       any,       any,      any,         no,     no,       any,      any,    no},
    /* access read       */ {own,    any,       own,       own,      own,         own,    own,      own,      any,    no},
    /* access write      */ {tokens, any,       tokens,    tokens,   tokens,      tokens, tokens,   tokens,   no,     no},
    /* audit read        */ {no,     no,        no,        no,       no,          no,     no,       no,       any,    no},
    /* who am I          */ {any,    any,       any,       any,      any,         any,    any,      any,      any,    any},
    /* delegation write  */ {any,    no,        send,      no,       no,          no,     no,       no,       no,     no},
    /* proposal read     */ {any,    no,        party,     no,       no,          no,     no,       no,       masked, no},
    /* proposal answer   */ {any,    no,        party,     no,       no,          no,     no,       no,       no,     no},
    /* agenda propose    */ {any,    no,        party,     no,       no,          no,     no,       no,       no,     no},
    /* floor request     */ {any,    no,        party,     named,    no,          named,  no,       no,       no,     no},
    /* vouch             */ {any,    any,       no,        no,       no,          no,     no,       no,       no,     no},
    /* reply receive     */ {any,    no,        no,        no,       no,          no,     no,       no,       no,     no},
    /* invitation answer */ {any,    no,        party,     named,    named,       named,  no,       no,       no,     no},
};
// clang-format on

Cell CellOf(v1::Role role, v1::Action action) {
  if (role < 1 || role > kRoles || action < 1 || action > kActions) return Cell::kNone;
  return kMatrix[action - 1][role - 1];
}

bool Contains(const std::vector<std::string>& all, const std::string& one) {
  return !one.empty() && std::find(all.begin(), all.end(), one) != all.end();
}

bool Covers(Cell cell, const Caller& caller, const Object& object) {
  const bool is_confirmed = object.state == v1::Session::STATE_CONFIRMED;
  const bool is_promised = is_confirmed || object.state == v1::Session::STATE_HELD ||
                           object.state == v1::Session::STATE_CANCELLED;
  const bool is_owner = !caller.city.empty() && caller.city == object.owner_city;
  const bool is_party = is_owner || Contains(object.cities, caller.city);
  const bool is_named = Contains(object.people, caller.person);
  const bool is_own = !caller.principal.empty() && caller.principal == object.principal;
  switch (cell) {
    case Cell::kNone:
      return false;
    case Cell::kAny:
    case Cell::kAnyMasked:
      return true;
    case Cell::kConfirmedMasked:
      return is_confirmed;
    case Cell::kOwnCity:
      return is_owner;
    case Cell::kOwnDelegation:
      return is_owner && (object.kind == "Person" || is_promised);
    case Cell::kParty:
      return is_party && is_promised;
    case Cell::kPartyConfirmedMasked:
      return is_party && is_confirmed;
    case Cell::kNamed:
      return is_named && is_promised;
    case Cell::kNamedConfirmedMasked:
      return is_named && is_confirmed;
    case Cell::kOwn:
      return is_own;
    case Cell::kOwnTokens:
      return is_own && object.kind == "Token";
  }
  return false;
}

bool Masks(Cell cell) {
  return cell == Cell::kAnyMasked || cell == Cell::kConfirmedMasked ||
         cell == Cell::kPartyConfirmedMasked || cell == Cell::kNamedConfirmedMasked;
}

// Whether the caller's token permits the action. Who may change may see what was changed, else a
// write could not be answered.
bool InScope(const Caller& caller, v1::Action action) {
  if (caller.scopes.empty() || action == v1::ACTION_WHO_AM_I) return true;
  return std::any_of(caller.scopes.begin(), caller.scopes.end(), [action](v1::Action scope) {
    if (scope == action) return true;
    switch (scope) {
      case v1::ACTION_DIRECTORY_WRITE:
        return action == v1::ACTION_DIRECTORY_READ;
      case v1::ACTION_SESSION_WRITE:
      case v1::ACTION_SESSION_RESCHEDULE:
      case v1::ACTION_DELEGATION_WRITE:
        return action == v1::ACTION_SESSION_READ;
      case v1::ACTION_ACCESS_WRITE:
        return action == v1::ACTION_ACCESS_READ;
      default:
        return false;
    }
  });
}

// The action by which an object of this kind is seen.
v1::Action Seeing(const std::string& kind) {
  if (kind == "Session" || kind == "Delegation" || kind == "Hold" || kind == "Series" ||
      kind == "ZoneAlert" || kind == "Mail" || kind == "Document" || kind == "Letter" ||
      kind == "Commitment") {
    return v1::ACTION_SESSION_READ;
  }
  if (kind == "Principal" || kind == "Token") return v1::ACTION_ACCESS_READ;
  return v1::ACTION_DIRECTORY_READ;
}

bool May(const Caller& caller, v1::Action action, const Object& object) {
  const Cell cell = CellOf(caller.role, action);
  if (!InScope(caller, action)) return false;
  return object.kind.empty() ? cell != Cell::kNone : Covers(cell, caller, object);
}

Object ObjectOfSession(const v1::Session& session) {
  Object object{.kind = "Session",
                .owner_city = session.host(),
                .cities = {session.host()},
                .people = {},
                .principal = {},
                .state = session.state()};
  for (const v1::Delegation& delegation : session.delegations()) {
    object.cities.push_back(delegation.city());
    for (const auto* people : {&delegation.required_people(), &delegation.optional_people()}) {
      object.people.insert(object.people.end(), people->begin(), people->end());
    }
  }
  object.people.insert(object.people.end(), session.interpreters().begin(),
                       session.interpreters().end());
  return object;
}

// What cities have in writing of each other is its parties' as a session that was held is.
template <class Kept>
void SetParties(const Kept& kept, Object& object) {
  object.owner_city = kept.host();
  object.cities.assign(kept.cities().begin(), kept.cities().end());
  object.state = v1::Session::STATE_HELD;
}

}  // namespace

Object ObjectOf(const google::protobuf::Message& resource) {
  Object object;
  object.kind = resource.GetDescriptor()->name();
  if (const auto* session = dynamic_cast<const v1::Session*>(&resource)) {
    return ObjectOfSession(*session);
  } else if (const auto* town = dynamic_cast<const v1::City*>(&resource)) {
    object.owner_city = town->name();
  } else if (const auto* person = dynamic_cast<const v1::Person*>(&resource)) {
    object.owner_city = person->city();
    object.people = {person->name()};
  } else if (const auto* organization = dynamic_cast<const v1::Organization*>(&resource)) {
    object.owner_city = organization->city();
  } else if (const auto* hold = dynamic_cast<const v1::Hold*>(&resource)) {
    object.owner_city = hold->host();
    object.people.assign(hold->people().begin(), hold->people().end());
  } else if (const auto* series = dynamic_cast<const v1::Series*>(&resource)) {
    object.owner_city = series->host();
  } else if (const auto* alert = dynamic_cast<const v1::ZoneAlert*>(&resource)) {
    object.owner_city = alert->host();
  } else if (const auto* mail = dynamic_cast<const v1::Mail*>(&resource)) {
    object.owner_city = mail->host();
  } else if (const auto* document = dynamic_cast<const v1::Document*>(&resource)) {
    SetParties(*document, object);
  } else if (const auto* letter = dynamic_cast<const v1::Letter*>(&resource)) {
    SetParties(*letter, object);
  } else if (const auto* commitment = dynamic_cast<const v1::Commitment*>(&resource)) {
    SetParties(*commitment, object);
  } else if (const auto* principal = dynamic_cast<const v1::Principal*>(&resource)) {
    object.owner_city = principal->city();
    object.principal = principal->name();
  } else if (const auto* token = dynamic_cast<const v1::Token*>(&resource)) {
    object.principal = token->principal();
  }
  return object;
}

Object DelegationObject(const v1::Session& session, const std::string& city) {
  Object object = ObjectOfSession(session);
  object.kind = "Delegation";
  object.owner_city = Contains(object.cities, city) ? city : "";
  return object;
}

Verdict Authorize(const Caller& caller, v1::Action action, const Object& object) {
  if (caller.principal == "system") return Verdict::kAllow;
  if (May(caller, action, object)) {
    return Masks(CellOf(caller.role, action)) ? Verdict::kMasked : Verdict::kAllow;
  }
  // What the caller can see anyway is refused openly; of the rest, not even the existence is told.
  const bool sees = object.kind.empty() || May(caller, Seeing(object.kind), object);
  return sees ? Verdict::kForbidden : Verdict::kHidden;
}

absl::Status CheckMay(const Caller& caller, v1::Action action, const Object& object,
                      const std::string& name) {
  switch (Authorize(caller, action, object)) {
    case Verdict::kAllow:
    case Verdict::kMasked:
      return absl::OkStatus();
    case Verdict::kHidden:  // to the letter what the store says of a name that is not there
      return Error(
          absl::StatusCode::kNotFound, absl::StrCat("There is no ", name, "."),
          {.reason = "RESOURCE_NOT_FOUND", .metadata = {{"name", name}}, .violations = {}});
    case Verdict::kForbidden:
      break;
  }
  return Error(absl::StatusCode::kPermissionDenied,
               "Your role does not permit this. Ask the host's protocol office.",
               {.reason = "ACTION_FORBIDDEN", .metadata = {}, .violations = {}});
}

}  // namespace neshast
