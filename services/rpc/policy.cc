// The matrix of roles and actions, as it stands in the design: one row per action, one column per
// role.
#include "rpc/policy.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "neshast/v1/agenda.pb.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/commitment.pb.h"
#include "neshast/v1/document.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/invitation_response.pb.h"
#include "neshast/v1/letter.pb.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/minutes.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/proposal.pb.h"
#include "neshast/v1/reply.pb.h"
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
  kPartyCirculated,       // minutes laid before the caller's city, by any state from then on
  kNamedCirculated,       // those laid before the caller's person
  kNamedDiscussed,  // the same while they can be corrected, and a draft where asked to read it
  kSpeaker,         // those laid before the caller's person, of entries the own ones
  kOwn,             // the caller's own principal and its tokens
  kOwnTokens,       // its tokens only: nobody changes the own role
  kAddressed,       // the one resource that the caller's personal link is for
  kPublic,          // what everybody may see of the library
  kShared,          // that, what partners share, and what the own city is party to
};

constexpr int kRoles = v1::ROLE_INVITEE;
constexpr int kActions = v1::ACTION_MINUTES_ADOPT;
constexpr Cell no = Cell::kNone, any = Cell::kAny, masked = Cell::kAnyMasked,
               confirmed = Cell::kConfirmedMasked, city = Cell::kOwnCity, party = Cell::kParty,
               calendar = Cell::kPartyConfirmedMasked, named = Cell::kNamed,
               listen = Cell::kNamedConfirmedMasked, send = Cell::kOwnDelegation, own = Cell::kOwn,
               tokens = Cell::kOwnTokens, link = Cell::kAddressed, open = Cell::kPublic,
               shared = Cell::kShared, laid = Cell::kPartyCirculated,
               theirs = Cell::kNamedCirculated, discuss = Cell::kNamedDiscussed,
               spoken = Cell::kSpeaker;

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
    /* proposal read     */ {any,    no,        party,     no,       no,          no,     no,       no,       masked, link},
    /* proposal answer   */ {any,    no,        party,     no,       no,          no,     no,       no,       no,     link},
    /* agenda propose    */ {any,    no,        party,     no,       no,          no,     no,       no,       no,     no},
    /* floor request     */ {any,    no,        party,     named,    no,          named,  no,       no,       no,     no},
    /* vouch             */ {any,    any,       no,        no,       no,          no,     no,       no,       no,     no},
    /* reply receive     */ {any,    no,        no,        no,       no,          no,     no,       no,       no,     no},
    /* invitation answer */ {any,    no,        party,     named,    named,       named,  no,       no,       no,     no},
    /* library read      */ {shared, open,      shared,    shared,   open,        open,   open,     open,     open,   no},
    /* library write     */ {shared, no,        city,      no,       no,          no,     no,       no,       no,     no},
    /* minutes read      */ {any,    no,        laid,      theirs,   discuss,     spoken, no,       no,       masked, no},
    /* minutes write     */ {any,    no,        no,        no,       no,          no,     no,       no,       no,     no},
    /* minutes comment   */ {any,    no,        laid,      theirs,   discuss,     spoken, no,       no,       no,     no},
    /* minutes adopt     */ {any,    no,        laid,      theirs,   no,          no,     no,       no,       no,     no},
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
  const bool is_laid_before = object.minutes >= v1::Minutes::STATE_CIRCULATED;
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
    case Cell::kPartyCirculated:
      return is_party && is_laid_before;
    case Cell::kNamedCirculated:
      return is_named && is_laid_before;
    case Cell::kNamedDiscussed:
      return object.minutes == v1::Minutes::STATE_DRAFT
                 ? Contains(object.draft_readers, caller.person)
                 : is_named && object.minutes == v1::Minutes::STATE_CIRCULATED;
    case Cell::kSpeaker:
      return is_named && is_laid_before &&
             (object.kind == "Minutes" || object.speaker == caller.person);
    case Cell::kOwn:
      return is_own;
    case Cell::kOwnTokens:
      return is_own && object.kind == "Token";
    case Cell::kAddressed:
      return !caller.target.empty() && caller.target == object.name;
    case Cell::kPublic:
      return object.visibility == v1::VISIBILITY_PUBLIC;
    case Cell::kShared:
      return object.visibility == v1::VISIBILITY_PUBLIC ||
             object.visibility == v1::VISIBILITY_PARTNERS ||
             (object.visibility == v1::VISIBILITY_PARTIES && is_party);
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
      case v1::ACTION_COUNTERPART_VERIFY:
        return action == v1::ACTION_DIRECTORY_READ;
      case v1::ACTION_SESSION_WRITE:
        return action == v1::ACTION_SESSION_READ || action == v1::ACTION_PROPOSAL_READ;
      case v1::ACTION_PROPOSAL_ANSWER:
        return action == v1::ACTION_PROPOSAL_READ;
      case v1::ACTION_SESSION_RESCHEDULE:
      case v1::ACTION_DELEGATION_WRITE:
      case v1::ACTION_AGENDA_PROPOSE:
      case v1::ACTION_FLOOR_REQUEST:
        return action == v1::ACTION_SESSION_READ;
      case v1::ACTION_MINUTES_WRITE:
      case v1::ACTION_MINUTES_COMMENT:
      case v1::ACTION_MINUTES_ADOPT:
        return action == v1::ACTION_MINUTES_READ;
      case v1::ACTION_ACCESS_WRITE:
        return action == v1::ACTION_ACCESS_READ;
      case v1::ACTION_LIBRARY_WRITE:
        return action == v1::ACTION_LIBRARY_READ;
      default:
        return false;
    }
  });
}

// The action by which an object of this kind is seen.
v1::Action Seeing(const std::string& kind) {
  if (kind == "Session" || kind == "Delegation" || kind == "Hold" || kind == "Series" ||
      kind == "ZoneAlert" || kind == "Mail" || kind == "Paper" || kind == "AgendaItem" ||
      kind == "Reply" || kind == "Document" || kind == "Letter" || kind == "Commitment") {
    return v1::ACTION_SESSION_READ;
  }
  if (kind == "InvitationResponse") return v1::ACTION_INVITATION_ANSWER;
  if (kind == "Proposal" || kind == "Link") return v1::ACTION_PROPOSAL_READ;
  if (kind == "Principal" || kind == "Token") return v1::ACTION_ACCESS_READ;
  if (kind == "Topic" || kind == "Practice" || kind == "Uptake" || kind == "Initiative") {
    return v1::ACTION_LIBRARY_READ;
  }
  if (kind == "Minutes" || kind == "MinutesEntry") return v1::ACTION_MINUTES_READ;
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

// Withdrawn before it was sent, a proposal stays the host's own affair: nobody has a link.
Object ObjectOfProposal(const v1::Proposal& proposal) {
  const bool is_sent = std::any_of(proposal.recipients().begin(), proposal.recipients().end(),
                                   [](const auto& each) { return each.link_generation() > 0; });
  Object object{.kind = "Proposal",
                .owner_city = proposal.host(),
                .cities = {proposal.host()},
                .people = {},
                .principal = {},
                .state = is_sent ? v1::Session::STATE_CONFIRMED : v1::Session::STATE_DRAFT,
                .name = proposal.name()};
  for (const v1::Delegation& delegation : proposal.delegations()) {
    object.cities.push_back(delegation.city());
  }
  return object;
}

// What minutes and each of their entries are alike.
void SetCircle(const v1::MinutesCircle& circle, Object& object) {
  object.owner_city = circle.host();
  object.cities.assign(circle.cities().begin(), circle.cities().end());
  object.people.assign(circle.people().begin(), circle.people().end());
  object.draft_readers.assign(circle.draft_readers().begin(), circle.draft_readers().end());
  object.minutes = circle.state();
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
  } else if (const auto* proposal = dynamic_cast<const v1::Proposal*>(&resource)) {
    return ObjectOfProposal(*proposal);
  } else if (const auto* personal = dynamic_cast<const v1::Link*>(&resource)) {
    object.owner_city = personal->host();
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
  } else if (const auto* paper = dynamic_cast<const v1::Paper*>(&resource)) {
    object.owner_city = paper->host();
  } else if (const auto* reply = dynamic_cast<const v1::Reply*>(&resource)) {
    object.owner_city = reply->host();
  } else if (const auto* response = dynamic_cast<const v1::InvitationResponse*>(&resource)) {
    object.owner_city = response->city();
    object.people = {response->person()};
    object.state = v1::Session::STATE_CONFIRMED;  // nobody answers a draft
  } else if (const auto* minutes = dynamic_cast<const v1::Minutes*>(&resource)) {
    SetCircle(minutes->circle(), object);
  } else if (const auto* entry = dynamic_cast<const v1::MinutesEntry*>(&resource)) {
    SetCircle(entry->circle(), object);
    object.speaker = entry->speaker();
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
  } else if (const auto* practice = dynamic_cast<const v1::Practice*>(&resource)) {
    object.owner_city = practice->city();
    object.cities.assign(practice->parties().begin(), practice->parties().end());
    object.visibility = practice->visibility();
  } else if (const auto* initiative = dynamic_cast<const v1::Initiative*>(&resource)) {
    object.owner_city = initiative->city();
    object.visibility = initiative->state() == v1::Initiative::STATE_PUBLISHED
                            ? v1::VISIBILITY_PUBLIC
                            : v1::VISIBILITY_PARTIES;
  } else if (dynamic_cast<const v1::Topic*>(&resource) != nullptr) {
    object.visibility = v1::VISIBILITY_PUBLIC;
  }
  return object;
}

Object DelegationObject(const v1::Session& session, const std::string& city) {
  Object object = ObjectOfSession(session);
  object.kind = "Delegation";
  object.owner_city = Contains(object.cities, city) ? city : "";
  return object;
}

Object UptakeObject(const v1::Practice& practice, const std::string& city) {
  Object object = ObjectOf(practice);
  object.kind = "Uptake";
  object.cities.push_back(practice.city());
  object.owner_city = city;
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
