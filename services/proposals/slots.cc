#include "proposals/slots.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sessions/booking.h"
#include "sessions/burdens.h"
#include "sessions/holds.h"
#include "sessions/random_id.h"

namespace neshast {
namespace {

constexpr int64_t kTimeToDecide = 7 * 86400;  // seconds

}  // namespace

v1::Session SessionOf(const v1::Proposal& proposal, const v1::ProposedSlot& slot) {
  v1::Session session;
  session.set_kind(proposal.kind());
  *session.mutable_title() = proposal.title();
  session.set_host(proposal.host());
  *session.mutable_start_time() = slot.start_time();
  *session.mutable_duration() = proposal.duration();
  *session.mutable_delegations() = proposal.delegations();
  *session.mutable_interpreters() = proposal.interpreters();
  *session.mutable_languages() = proposal.languages();
  session.set_series(proposal.series());
  return session;
}

v1::ProposedSlot* FindSlot(v1::Proposal& proposal, const std::string& id) {
  auto& slots = *proposal.mutable_slots();
  const auto found = std::find_if(slots.begin(), slots.end(),
                                  [&](const v1::ProposedSlot& slot) { return slot.id() == id; });
  return found == slots.end() ? nullptr : &*found;
}

absl::Status SetHours(const ZoneDatabase& zones, Transaction& tx, v1::Proposal& proposal) {
  for (v1::ProposedSlot& slot : *proposal.mutable_slots()) {
    v1::Session session = SessionOf(proposal, slot);
    RETURN_IF_ERROR(SetBurdens(zones, tx, session));
    *slot.mutable_burdens() = session.burdens();
  }
  return absl::OkStatus();
}

absl::Status CheckSlotsFree(const v1::Proposal& proposal, Transaction& tx) {
  for (const v1::ProposedSlot& slot : proposal.slots()) {
    RETURN_IF_ERROR(CheckPeopleFree(SessionOf(proposal, slot), "", tx));
  }
  return absl::OkStatus();
}

absl::Status TakeHolds(v1::Proposal& proposal, Transaction& tx) {
  const int64_t lapses = std::min(proposal.reply_by_time().seconds() + kTimeToDecide,
                                  absl::ToUnixSeconds(tx.now()) + kLongestHold);
  for (v1::ProposedSlot& slot : *proposal.mutable_slots()) {
    slot.set_hold(absl::StrCat("holds/", RandomId()));
    v1::Hold hold = HoldFor(SessionOf(proposal, slot), slot.hold(), tx.now());
    hold.mutable_expire_time()->set_seconds(lapses);
    RETURN_IF_ERROR(tx.Put(std::move(hold)).status());
  }
  return absl::OkStatus();
}

absl::Status FreeHolds(v1::Proposal& proposal, const std::string& kept, Transaction& tx) {
  for (v1::ProposedSlot& slot : *proposal.mutable_slots()) {
    const std::string hold = std::exchange(*slot.mutable_hold(), "");
    if (hold.empty() || hold == kept) continue;
    absl::Status freed = tx.Delete(hold);  // the host may have released it before
    if (!freed.ok() && !absl::IsNotFound(freed)) return freed;
  }
  return absl::OkStatus();
}

}  // namespace neshast
