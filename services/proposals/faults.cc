#include "proposals/faults.h"

#include <cstdlib>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "neshast/v1/person.pb.h"
#include "rpc/references.h"
#include "sessions/booking.h"
#include "sessions/holds.h"
#include "sessions/zoned_time.h"

namespace neshast {
namespace {

using Faults = std::vector<FieldViolation>;

std::string SlotAt(int i) {
  return absl::StrCat("proposal.slots[", i, "].start_time");
}

void AddPeopleFaults(const v1::Proposal& proposal, Roll roll, Faults& faults) {
  for (const std::string& person : proposal.interpreters()) {
    if (roll.people.insert(person).second) continue;
    roll.faults.push_back(
        {"proposal.interpreters", absl::StrCat(person, " is named twice in the proposal.")});
  }
  if (roll.people.empty()) {
    roll.faults.push_back({"proposal.delegations", "Name somebody whose time is to be held."});
  }
  if (proposal.duration().seconds() % 60 != 0) {
    roll.faults.push_back({"proposal.duration", "It must be whole minutes."});
  }
  faults.insert(faults.end(), roll.faults.begin(), roll.faults.end());
}

// Fills in the cities of the recipients. Who does not exist is CheckReferences's matter.
absl::Status SetCities(const std::set<std::string>& cities, v1::Proposal& proposal, Transaction& tx,
                       Faults& faults) {
  std::set<std::string> asked;
  for (int i = 0; i < proposal.recipients_size(); ++i) {
    v1::ProposalRecipient& recipient = *proposal.mutable_recipients(i);
    const std::string at = absl::StrCat("proposal.recipients[", i, "].person");
    if (!asked.insert(recipient.person()).second) {
      faults.push_back({at, absl::StrCat(recipient.person(), " is there twice.")});
    }
    const auto person = tx.Get<v1::Person>(recipient.person());
    if (absl::IsNotFound(person.status())) continue;
    RETURN_IF_ERROR(person.status());
    recipient.set_city(person->city());
    if (cities.count(person->city()) > 0) continue;
    faults.push_back(
        {at, absl::StrCat(person->city(), ", whose person it is, has no delegation.")});
  }
  return absl::OkStatus();
}

// The first refusal, with the violations of all slots.
absl::Status ResolveSlots(const ZoneDatabase& zones, absl::Time now, v1::Proposal& proposal) {
  absl::Status first;
  ErrorDetail detail;
  for (int i = 0; i < proposal.slots_size(); ++i) {
    v1::ProposedSlot& slot = *proposal.mutable_slots(i);
    slot.clear_counts();
    slot.set_id(absl::StrCat("s", i + 1));
    const absl::Status status = ResolveTime(zones, SlotAt(i), now, *slot.mutable_start_time());
    if (status.ok()) continue;
    const ErrorDetail more = DetailOf(status);
    if (first.ok()) {
      first = status;
      detail = more;
    } else {
      detail.violations.insert(detail.violations.end(), more.violations.begin(),
                               more.violations.end());
    }
  }
  return first.ok() ? first : Error(first.code(), first.message(), detail);
}

// The same people cannot be held twice at once. All times must be resolved.
void AddOverlaps(const v1::Proposal& proposal, Faults& faults) {
  const auto begins = [&](int i) { return proposal.slots(i).start_time().instant().seconds(); };
  for (int i = 0; i < proposal.slots_size(); ++i) {
    for (int j = 0; j < i; ++j) {
      if (std::abs(begins(i) - begins(j)) >= proposal.duration().seconds()) continue;
      faults.push_back({SlotAt(i), absl::StrCat("It overlaps slots[", j, "].")});
      break;
    }
  }
}

// All times must be resolved, where there are `times`.
void AddReplyByFaults(const v1::Proposal& proposal, bool times, absl::Time now, Faults& faults) {
  const int64_t ends = proposal.reply_by_time().seconds();
  const int64_t today = absl::ToUnixSeconds(now);
  const std::string at = "proposal.reply_by_time";
  if (ends <= today) faults.push_back({at, "It must lie in the future."});
  if (ends > today + kLongestHold) {
    faults.push_back({at, "It must lie within the next 30 days, for which slots can be held."});
  }
  if (!times) return;
  for (const v1::ProposedSlot& slot : proposal.slots()) {
    if (slot.start_time().instant().seconds() > ends) continue;
    faults.push_back({at, "It must lie before the first slot."});
    return;
  }
}

}  // namespace

absl::Status Prepare(const ZoneDatabase& zones, v1::Proposal& proposal, Transaction& tx) {
  Roll roll = RollOf(proposal.delegations(), proposal.host(), "proposal.");
  Faults faults;
  RETURN_IF_ERROR(SetCities(roll.cities, proposal, tx, faults));
  AddPeopleFaults(proposal, std::move(roll), faults);
  const absl::Status times = ResolveSlots(zones, tx.now(), proposal);
  if (times.ok()) AddOverlaps(proposal, faults);
  AddReplyByFaults(proposal, times.ok(), tx.now(), faults);
  if (faults.empty()) {
    RETURN_IF_ERROR(times);
    return CheckReferences(proposal, "proposal", tx);
  }
  const std::string sentence =
      absl::StrCat("The proposal is not sound: ", faults.front().description);
  const Faults late = DetailOf(times).violations;
  faults.insert(faults.end(), late.begin(), late.end());
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(faults)});
}

}  // namespace neshast
