#include "minutes/adoption.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "minutes/documents.h"

namespace neshast {
namespace {

using v1::Adoption;
using v1::Minutes;
using v1::MinutesParty;

bool IsHeadOf(const std::string& city, const std::string& person, const Minutes& minutes) {
  const auto& rows = minutes.attendance();
  return !person.empty() && std::any_of(rows.begin(), rows.end(), [&](const v1::Attendee& row) {
    return row.person() == person && row.city() == city && row.role() == v1::Seat::ROLE_HEAD;
  });
}

// The protocol office speaks for the host only, a secretary for the own city, a delegate as the
// head of the own delegation: nobody adopts for others.
absl::Status CheckSpeaksFor(const Caller& caller, const std::string& city, const Minutes& minutes) {
  bool speaks = caller.city == city;
  if (caller.role == v1::ROLE_PROTOCOL_OFFICER) speaks = city == minutes.circle().host();
  if (caller.role == v1::ROLE_DELEGATE) speaks = speaks && IsHeadOf(city, caller.person, minutes);
  if (speaks) return absl::OkStatus();
  return Forbidden(absl::StrCat("Only the secretary of ", city,
                                " or the head of its delegation can say so for the city."));
}

// The minutes as `caller` may speak of them for a city, in a state in which parties are asked.
template <class Request>
absl::StatusOr<Minutes> MinutesToDecide(const Caller& caller, const Request& request,
                                        Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, tx.Get<Minutes>(request.name()));
  RETURN_IF_ERROR(CheckSpeaksFor(caller, request.city(), minutes));
  RETURN_IF_ERROR(tx.Get<Minutes>(request.name(), request.etag()).status());
  if (minutes.state() != Minutes::STATE_CIRCULATED) {
    return WrongState(minutes, "what is circulated is adopted or declined");
  }
  return minutes;
}

MinutesParty::State StateAfter(v1::AdoptionMode mode) {
  if (mode == v1::ADOPTION_MODE_AD_REFERENDUM) return MinutesParty::STATE_AD_REFERENDUM;
  if (mode == v1::ADOPTION_MODE_WITH_RESERVATION) return MinutesParty::STATE_RESERVED;
  return MinutesParty::STATE_ADOPTED;
}

absl::Status PartyInWrongState(const MinutesParty& party) {
  const std::string state = MinutesParty::State_Name(party.state());
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(party.city(), " has decided already: it is in ", state, "."),
               {.reason = "WRONG_STATE", .metadata = {{"state", state}}, .violations = {}});
}

absl::Status CheckReservation(const v1::AdoptMinutesRequest& request) {
  const bool reserves = request.mode() == v1::ADOPTION_MODE_WITH_RESERVATION;
  if (reserves == !request.reservation().empty()) return absl::OkStatus();
  return InvalidField("reservation", reserves ? "Say what the city reserves."
                                              : "Only an adoption with a reservation has one.");
}

absl::Status CheckTextStands(const Minutes& minutes) {
  if (minutes.accepted_corrections() == 0) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition,
               "Corrections were accepted: adopt the next version, which will have them.",
               {.reason = "CORRECTIONS_OPEN",
                .metadata = {{"open", absl::StrCat(minutes.open_corrections())},
                             {"accepted", absl::StrCat(minutes.accepted_corrections())}},
                .violations = {}});
}

void Record(const Caller& caller, const v1::AdoptMinutesRequest& request, const Minutes& minutes,
            absl::Time now, MinutesParty& party) {
  party.set_state(StateAfter(request.mode()));
  party.clear_reason();
  Adoption& adoption = *party.mutable_adoption();
  adoption.set_city(request.city());
  adoption.set_mode(request.mode());
  adoption.set_reservation(request.reservation());
  adoption.set_language(request.language());
  adoption.set_version(minutes.version());
  adoption.set_text_digest(minutes.text_digest());
  adoption.set_principal(caller.principal);
  adoption.set_person(caller.person);
  adoption.mutable_adopt_time()->set_seconds(absl::ToUnixSeconds(now));
}

// Stores `minutes`, adopted once nobody who has not withdrawn is awaited any more.
absl::StatusOr<Minutes> PutDecided(Minutes minutes, Transaction& tx) {
  const auto& parties = minutes.parties();
  const bool all = std::all_of(parties.begin(), parties.end(), [](const MinutesParty& party) {
    return HasAdopted(party.state()) || party.state() == MinutesParty::STATE_WITHDRAWN;
  });
  if (all) RETURN_IF_ERROR(SetState(Minutes::STATE_ADOPTED, minutes, tx));
  return tx.Put(std::move(minutes));
}

}  // namespace

bool HasAdopted(MinutesParty::State state) {
  return state == MinutesParty::STATE_ADOPTED || state == MinutesParty::STATE_RESERVED ||
         state == MinutesParty::STATE_SILENT;
}

absl::StatusOr<Minutes> AdoptMinutes(const Caller& caller, const v1::AdoptMinutesRequest& request,
                                     Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, MinutesToDecide(caller, request, tx));
  ASSIGN_OR_RETURN(MinutesParty* const party, PartyOf(minutes, request.city()));
  const bool same = party->state() == StateAfter(request.mode());
  if (HasAdopted(party->state()) || same) return PartyInWrongState(*party);
  RETURN_IF_ERROR(CheckReservation(request));
  RETURN_IF_ERROR(CheckTextStands(minutes));
  Record(caller, request, minutes, tx.now(), *party);
  return PutDecided(std::move(minutes), tx);
}

absl::StatusOr<Minutes> DeclineMinutes(const Caller& caller,
                                       const v1::DeclineMinutesRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, MinutesToDecide(caller, request, tx));
  ASSIGN_OR_RETURN(MinutesParty* const party, PartyOf(minutes, request.city()));
  if (HasAdopted(party->state())) return PartyInWrongState(*party);
  if (request.withdraw() && request.city() == minutes.circle().host()) {
    return InvalidField("withdraw", "The host cannot withdraw from its own minutes.");
  }
  if (party->has_adoption()) *minutes.add_lapsed_adoptions() = party->adoption();
  party->clear_adoption();
  party->set_state(request.withdraw() ? MinutesParty::STATE_WITHDRAWN
                                      : MinutesParty::STATE_OBJECTED);
  party->set_reason(request.reason());
  return PutDecided(std::move(minutes), tx);
}

}  // namespace neshast
