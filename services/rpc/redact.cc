#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "neshast/v1/access.pb.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/commitment.pb.h"
#include "neshast/v1/document.pb.h"
#include "neshast/v1/minutes.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/practice.pb.h"
#include "neshast/v1/proposal.pb.h"
#include "neshast/v1/session.pb.h"
#include "rpc/policy.h"

namespace neshast {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The action that shows a message of this type; none for what is no resource.
v1::Action ActionThatShows(const std::string& kind) {
  static const std::set<std::string> directory = {"City", "Person", "Organization", "ExpertGroup",
                                                  "Network"};
  static const std::set<std::string> sessions = {"Session",   "Hold",   "Series",
                                                 "ZoneAlert", "Mail",   "Reply",
                                                 "Document",  "Letter", "Commitment"};
  if (directory.count(kind) > 0) return v1::ACTION_DIRECTORY_READ;
  if (sessions.count(kind) > 0) return v1::ACTION_SESSION_READ;
  if (kind == "Proposal" || kind == "Link") return v1::ACTION_PROPOSAL_READ;
  if (kind == "Principal" || kind == "Token") return v1::ACTION_ACCESS_READ;
  if (kind == "InvitationResponse") return v1::ACTION_INVITATION_ANSWER;
  if (kind == "Topic" || kind == "Practice" || kind == "Initiative") return v1::ACTION_LIBRARY_READ;
  if (kind == "Minutes" || kind == "MinutesEntry") return v1::ACTION_MINUTES_READ;
  return v1::ACTION_UNSPECIFIED;
}

// What of a type of message counts here, found out once.
struct Shape {
  v1::Action shown_by = v1::ACTION_UNSPECIFIED;
  std::vector<const FieldDescriptor*> inside = {};  // the fields that are or hold resources
};

class Shapes {
 public:
  const Shape& Of(const Descriptor& type) {
    const std::lock_guard lock(mutex_);
    return Find(type);
  }

 private:
  const Shape& Find(const Descriptor& type) {
    const auto [place, is_new] = known_.try_emplace(&type);
    Shape& shape = place->second;
    if (!is_new) return shape;
    shape.shown_by = ActionThatShows(type.name());
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor* field = type.field(i);
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_map()) continue;
      const Shape& other = Find(*field->message_type());
      if (other.shown_by != v1::ACTION_UNSPECIFIED || !other.inside.empty()) {
        shape.inside.push_back(field);
      }
    }
    return shape;
  }

  std::mutex mutex_;
  std::map<const Descriptor*, Shape> known_;  // whose elements stay where they are
};

const Shape& ShapeOf(const Message& message) {
  static Shapes& shapes = *new Shapes();  // never destroyed: calls may outlive main
  return shapes.Of(*message.GetDescriptor());
}

void KeepCity(v1::Delegation& delegation) {
  v1::Delegation masked;
  masked.set_city(delegation.city());
  delegation = std::move(masked);
}

// Leaves when a session is and between which cities, not who meets about what; the seal of its
// minutes; and of documents, letters and commitments that there are such, between whom and how far
// they are. Its agenda is cut by HideAgenda.
void Mask(Message& resource) {
  static const std::set<std::string> kept = {"name",  "etag",       "kind",     "state",
                                             "host",  "start_time", "duration", "delegations",
                                             "slots", "agenda",     "seal"};
  // Between cities; a zone alert tells more in its `cities`.
  static const std::set<std::string> between = {
      "cities",    "signed_date", "end_date", "letter_date", "sender",
      "recipient", "from_city",   "to_city",  "due_date",    "reference_number"};
  static const std::set<std::string> register_kinds = {"Document", "Letter", "Commitment"};
  const bool in_register = register_kinds.count(resource.GetDescriptor()->name()) > 0;
  const Reflection& reflection = *resource.GetReflection();
  std::vector<const FieldDescriptor*> present;
  reflection.ListFields(resource, &present);
  for (const FieldDescriptor* field : present) {
    const bool stays =
        kept.count(field->name()) > 0 || (in_register && between.count(field->name()) > 0);
    if (!stays) reflection.ClearField(&resource, field);
  }
  if (auto* session = dynamic_cast<v1::Session*>(&resource)) {
    for (v1::Delegation& delegation : *session->mutable_delegations()) KeepCity(delegation);
  }
  if (auto* proposal = dynamic_cast<v1::Proposal*>(&resource)) {
    for (v1::Delegation& delegation : *proposal->mutable_delegations()) KeepCity(delegation);
    for (v1::ProposedSlot& slot : *proposal->mutable_slots()) {
      v1::ProposedSlot masked;
      masked.set_id(slot.id());
      *masked.mutable_start_time() = slot.start_time();
      slot = std::move(masked);
    }
  }
}

// Leaves of the elements of `list` those of `city`.
template <class List>
void KeepOf(const std::string& city, List& list) {
  list.erase(std::remove_if(list.begin(), list.end(),
                            [&](const auto& each) { return each.city() != city; }),
             list.end());
}

// Of a proposal a city sees the slots, counts and cities, and what is its own.
void HideOtherCities(const Caller& caller, v1::Proposal& proposal) {
  if (caller.principal == "system" || caller.role == v1::ROLE_PROTOCOL_OFFICER) return;
  for (v1::ProposedSlot& slot : *proposal.mutable_slots()) slot.clear_hold();
  for (v1::Delegation& delegation : *proposal.mutable_delegations()) {
    if (delegation.city() != caller.city) KeepCity(delegation);
  }
  proposal.clear_interpreters();
  KeepOf(caller.city, *proposal.mutable_recipients());
  KeepOf(caller.city, *proposal.mutable_answers());
  KeepOf(caller.city, *proposal.mutable_counter_proposals());
}

// A kept order still names who has left a seat since.
void HideWhoLeft(const Caller& caller, v1::Session& session) {
  std::set<std::string> seated;
  for (const v1::Delegation& delegation : session.delegations()) {
    for (const v1::Seat& seat : delegation.seats()) seated.insert(seat.person());
  }
  for (v1::Order& order : *session.mutable_orders()) {
    for (v1::OrderPlace& place : *order.mutable_places()) {
      if (seated.count(place.person()) > 0 || SpeaksFor(caller, place.city())) continue;
      place.clear_person();
    }
  }
}

// Letters, and who was or may be replaced, concern the host and the city that they are about. The
// others see who sits in a delegation, and as what.
void HideLetters(const Caller& caller, v1::Session& session) {
  if (SpeaksFor(caller, session.host())) return;
  session.clear_hold();
  session.clear_clearances();
  session.clear_forced_confirmation();
  HideWhoLeft(caller, session);
  for (v1::Delegation& delegation : *session.mutable_delegations()) {
    if (SpeaksFor(caller, delegation.city())) continue;
    delegation.clear_changes();
    for (v1::Seat& seat : *delegation.mutable_seats()) {
      seat.clear_credentials();
      seat.clear_replaced();
    }
  }
}

// The letters of a step on the side of one city are that city's and the host's.
void HideSteps(const Caller& caller, v1::Document& document) {
  if (SpeaksFor(caller, document.host())) return;
  for (v1::DocumentStep& step : *document.mutable_steps()) {
    if (step.city().empty() || SpeaksFor(caller, step.city())) continue;
    step.clear_letter_number();
    step.clear_remark();
  }
}

void HideRecorders(const Caller& caller, v1::Commitment& commitment) {
  if (SpeaksFor(caller, commitment.host())) return;
  for (v1::CommitmentProgress& each : *commitment.mutable_progress()) each.clear_principal();
}

// When somebody is busy, and where mails reach them.
bool MaySeePrivate(const Caller& caller, const v1::Person& person) {
  return SpeaksFor(caller, person.city()) ||
         (!caller.person.empty() && caller.person == person.name());
}

// Who vouched for a counterpart, and the address and keys that they vouched for.
void HideVouchings(const Caller& caller, v1::City& city) {
  v1::Counterpart& counterpart = *city.mutable_counterpart();
  const bool is_it = !caller.person.empty() && caller.person == counterpart.person();
  if (!is_it && !SpeaksFor(caller, city.name())) counterpart.clear_mail_address();
  if (caller.principal == "system" || caller.role == v1::ROLE_PROTOCOL_OFFICER ||
      caller.role == v1::ROLE_ADMINISTRATOR || caller.role == v1::ROLE_AUDITOR) {
    return;
  }
  counterpart.clear_pins_digest();
  counterpart.clear_vouchings();
  counterpart.clear_state();
  counterpart.clear_expire_time();
  if (counterpart.person().empty()) city.clear_counterpart();
}

// Whether `resource` may be shown; what of it may not is removed from it.
bool Show(const Caller& caller, Message& resource) {
  if (auto* token = dynamic_cast<v1::Token*>(&resource)) token->clear_secret_digest();
  if (auto* link = dynamic_cast<v1::Link*>(&resource)) link->clear_secret_digest();
  const v1::Action action = ShapeOf(resource).shown_by;
  if (action == v1::ACTION_UNSPECIFIED) return true;
  const auto* principal = dynamic_cast<const v1::Principal*>(&resource);
  if (principal != nullptr && principal->name() == caller.principal) return true;
  const Verdict verdict = Authorize(caller, action, ObjectOf(resource));
  if (auto* minutes = dynamic_cast<v1::Minutes*>(&resource)) minutes->clear_circle();
  if (auto* entry = dynamic_cast<v1::MinutesEntry*>(&resource)) entry->clear_circle();
  if (verdict == Verdict::kMasked) Mask(resource);
  if (auto* session = dynamic_cast<v1::Session*>(&resource)) {
    HideLetters(caller, *session);
    HideAgenda(caller, *session);
  }
  if (auto* proposal = dynamic_cast<v1::Proposal*>(&resource)) HideOtherCities(caller, *proposal);
  auto* initiative = dynamic_cast<v1::Initiative*>(&resource);
  if (initiative != nullptr && !SpeaksFor(caller, initiative->city())) initiative->clear_contact();
  if (auto* document = dynamic_cast<v1::Document*>(&resource)) HideSteps(caller, *document);
  if (auto* commitment = dynamic_cast<v1::Commitment*>(&resource)) {
    HideRecorders(caller, *commitment);
  }
  auto* person = dynamic_cast<v1::Person*>(&resource);
  if (person != nullptr && !MaySeePrivate(caller, *person)) {
    person->clear_availability();
    person->clear_mail_address();
  }
  auto* city = dynamic_cast<v1::City*>(&resource);
  if (city != nullptr && city->has_counterpart()) HideVouchings(caller, *city);
  return verdict == Verdict::kAllow || verdict == Verdict::kMasked;
}

void RedactInside(const Caller& caller, Message& message);

bool Keep(const Caller& caller, Message& message) {
  if (!Show(caller, message)) return false;
  RedactInside(caller, message);
  return true;
}

// Removes the elements of a repeated field that may not be shown; the others keep their order.
void RedactElements(const Caller& caller, Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  int kept = 0;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    if (!Keep(caller, *reflection.MutableRepeatedMessage(&message, &field, i))) continue;
    if (i != kept) reflection.SwapElements(&message, &field, i, kept);
    ++kept;
  }
  while (reflection.FieldSize(message, &field) > kept) reflection.RemoveLast(&message, &field);
}

void RedactInside(const Caller& caller, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : ShapeOf(message).inside) {
    if (field->is_repeated()) {
      RedactElements(caller, message, *field);
    } else if (reflection.HasField(message, field) &&
               !Keep(caller, *reflection.MutableMessage(&message, field))) {
      reflection.ClearField(&message, field);
    }
  }
}

}  // namespace

bool SpeaksFor(const Caller& caller, const std::string& city) {
  return caller.principal == "system" || caller.role == v1::ROLE_PROTOCOL_OFFICER ||
         (caller.role == v1::ROLE_DELEGATION_SECRETARY && !city.empty() && caller.city == city);
}

void Redact(const Caller& caller, Message& response) {
  if (!Keep(caller, response)) response.Clear();
}

}  // namespace neshast
