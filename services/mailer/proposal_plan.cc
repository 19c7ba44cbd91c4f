#include "mailer/proposal_plan.h"

#include <set>

#include "absl/strings/str_cat.h"

namespace neshast {
namespace {

using v1::Mail;
using v1::Proposal;

// Of what `recipient` was told after the first `nudges` nudge times.
std::string DigestAfter(const v1::ProposalRecipient& recipient, int nudges) {
  std::vector<std::string> fields = {absl::StrCat(recipient.link_generation())};
  for (int i = 0; i < nudges; ++i) {
    const auto& time = recipient.nudge_times(i);
    fields.push_back(absl::StrCat(time.seconds(), ".", time.nanos()));
  }
  return DigestOf(fields);
}

// Whether nothing but nudge times was added since `told`.
bool OnlyNudged(const v1::ProposalRecipient& recipient, const std::string& told) {
  for (int nudges = 0; nudges < recipient.nudge_times_size(); ++nudges) {
    if (DigestAfter(recipient, nudges) == told) return true;
  }
  return false;
}

bool HasAnsweredAll(const Proposal& proposal, const std::string& person) {
  std::set<std::string> answered;
  for (const v1::SlotAnswer& answer : proposal.answers()) {
    if (answer.person() == person) answered.insert(answer.slot_id());
  }
  for (const v1::ProposedSlot& slot : proposal.slots()) {
    if (answered.count(slot.id()) == 0) return false;
  }
  return true;
}

bool IsClosed(const Proposal& proposal) {
  return proposal.state() == Proposal::STATE_DECIDED ||
         proposal.state() == Proposal::STATE_WITHDRAWN;
}

}  // namespace

const v1::ProposalRecipient* RecipientOf(const Proposal& proposal, absl::string_view person) {
  for (const v1::ProposalRecipient& recipient : proposal.recipients()) {
    if (recipient.person() == person) return &recipient;
  }
  return nullptr;
}

bool TakesAnswers(const Proposal& proposal, absl::Time now) {
  return proposal.state() == Proposal::STATE_SENT &&
         now < absl::FromUnixSeconds(proposal.reply_by_time().seconds());
}

std::optional<Letter> LetterDue(const Proposal& proposal, const Addressee& addressee,
                                absl::Time now) {
  const std::string& person = addressee.person.name();
  if (addressee.person.mail_address().empty()) return std::nullopt;
  const bool expects = addressee.told && !addressee.told->cancelled();
  Letter letter;
  letter.sequence = addressee.told ? addressee.told->sequence() + 1 : 0;
  if (IsClosed(proposal)) {
    if (!expects) return std::nullopt;
    letter.kind = Mail::KIND_PROPOSAL_CLOSED;
    letter.digest = DigestOf({Proposal::State_Name(proposal.state())});
    return letter;
  }
  const v1::ProposalRecipient* recipient = RecipientOf(proposal, person);
  if (recipient == nullptr || !TakesAnswers(proposal, now)) return std::nullopt;
  letter.digest = DigestAfter(*recipient, recipient->nudge_times_size());
  letter.kind = Mail::KIND_PROPOSAL;
  if (!expects) return letter;
  const std::string& told = addressee.told->digest();
  if (told == letter.digest) return std::nullopt;
  if (!OnlyNudged(*recipient, told) || !MayHaveReached(addressee)) return letter;
  if (HasAnsweredAll(proposal, person)) return std::nullopt;
  letter.kind = Mail::KIND_NUDGE;
  return letter;
}

bool IsStale(const Proposal& proposal, const Addressee& addressee) {
  return addressee.last && addressee.last->kind() == Mail::KIND_NUDGE &&
         proposal.state() == Proposal::STATE_SENT &&
         HasAnsweredAll(proposal, addressee.person.name());
}

}  // namespace neshast
