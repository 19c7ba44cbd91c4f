#include "mailer/proposal_plan.h"

#include <gtest/gtest.h>

namespace neshast {
namespace {

using v1::Mail;
using v1::Proposal;

const absl::Time kNow = absl::FromUnixSeconds(1795500000);  // 2026-11-24
constexpr char kMayor[] = "people/mayor-of-xian";

Proposal Offer() {
  Proposal proposal;
  proposal.set_name("proposals/offer");
  proposal.set_state(Proposal::STATE_SENT);
  proposal.add_slots()->set_id("s1");
  proposal.add_slots()->set_id("s2");
  proposal.mutable_reply_by_time()->set_seconds(1795900000);
  v1::ProposalRecipient& recipient = *proposal.add_recipients();
  recipient.set_person(kMayor);
  recipient.set_link_generation(1);
  return proposal;
}

Addressee Mayor() {
  Addressee mayor;
  mayor.person.set_name(kMayor);
  mayor.person.set_mail_address("mayor-office@xian.example");
  mayor.named = true;
  return mayor;
}

// Who was told all of `proposal` in a mail that was taken.
Addressee ToldOf(const Proposal& proposal) {
  Addressee mayor = Mayor();
  const auto letter = LetterDue(proposal, mayor, kNow);
  EXPECT_TRUE(letter.has_value());
  mayor.told.emplace().set_sequence(letter->sequence);
  mayor.told->set_digest(letter->digest);
  mayor.last.emplace().set_state(Mail::STATE_ACCEPTED);
  mayor.last->set_kind(letter->kind);
  return mayor;
}

// "PROPOSAL 0"; empty where nothing is due.
std::string Due(const Proposal& proposal, const Addressee& addressee, absl::Time now = kNow) {
  const auto letter = LetterDue(proposal, addressee, now);
  if (!letter) return "";
  return Mail::Kind_Name(letter->kind).substr(5) + " " + std::to_string(letter->sequence);
}

void Nudge(Proposal& proposal, int64_t seconds) {
  proposal.mutable_recipients(0)->add_nudge_times()->set_seconds(seconds);
}

void Answer(Proposal& proposal, const std::string& slot) {
  v1::SlotAnswer& answer = *proposal.add_answers();
  answer.set_slot_id(slot);
  answer.set_person(kMayor);
}

struct Change {
  const char* name;
  void (*change)(Proposal&, Addressee&);
  const char* due;  // to whom was told of the proposal before
};

const Change kChanges[] = {
    {"Nothing", [](Proposal&, Addressee&) {}, ""},
    {"AnAnswer", [](Proposal& p, Addressee&) { Answer(p, "s1"); }, ""},
    {"ANewLink", [](Proposal& p, Addressee&) { p.mutable_recipients(0)->set_link_generation(2); },
     "PROPOSAL 1"},
    {"ANudge", [](Proposal& p, Addressee&) { Nudge(p, 1795600000); }, "NUDGE 1"},
    {"TwoNudgesAtOnce",
     [](Proposal& p, Addressee&) {
       Nudge(p, 1795600000);
       Nudge(p, 1795700000);
     },
     "NUDGE 1"},
    {"ANudgeWithANewLink",
     [](Proposal& p, Addressee&) {
       p.mutable_recipients(0)->set_link_generation(2);
       Nudge(p, 1795600000);
     },
     "PROPOSAL 1"},
    {"ANudgeWhereTheProposalWasRefused",
     [](Proposal& p, Addressee& a) {
       Nudge(p, 1795600000);
       a.last->set_state(Mail::STATE_REFUSED);
     },
     "PROPOSAL 1"},
    {"ANudgeOfWhoHasAnsweredASlot",
     [](Proposal& p, Addressee&) {
       Nudge(p, 1795600000);
       Answer(p, "s2");
     },
     "NUDGE 1"},
    {"ANudgeOfWhoHasAnsweredAll",
     [](Proposal& p, Addressee&) {
       Nudge(p, 1795600000);
       Answer(p, "s1");
       Answer(p, "s2");
     },
     ""},
    {"Decided", [](Proposal& p, Addressee&) { p.set_state(Proposal::STATE_DECIDED); },
     "PROPOSAL_CLOSED 1"},
    {"Withdrawn", [](Proposal& p, Addressee&) { p.set_state(Proposal::STATE_WITHDRAWN); },
     "PROPOSAL_CLOSED 1"},
    {"WithdrawnAndTold",
     [](Proposal& p, Addressee& a) {
       p.set_state(Proposal::STATE_WITHDRAWN);
       a.told->set_cancelled(true);
     },
     ""},
    {"DecidedWithoutAnAddress",
     [](Proposal& p, Addressee& a) {
       p.set_state(Proposal::STATE_DECIDED);
       a.person.clear_mail_address();
     },
     ""},
};

class ToldOfAProposal : public testing::TestWithParam<Change> {};

TEST_P(ToldOfAProposal, IsToldOfWhatIsNewAndOfNothingElse) {
  Proposal proposal = Offer();
  Addressee addressee = ToldOf(proposal);
  GetParam().change(proposal, addressee);
  EXPECT_EQ(Due(proposal, addressee), GetParam().due);
}

INSTANTIATE_TEST_SUITE_P(, ToldOfAProposal, testing::ValuesIn(kChanges),
                         [](const auto& change) { return change.param.name; });

TEST(LetterDue, OffersToTheRecipientsOfWhatIsSentUntilTheReplyByTime) {
  Proposal proposal = Offer();
  EXPECT_EQ(Due(proposal, Mayor()), "PROPOSAL 0");
  EXPECT_EQ(Due(proposal, Mayor(), absl::FromUnixSeconds(1795900000)), "");
  Addressee other = Mayor();
  other.person.set_name("people/mayor-of-havana");
  EXPECT_EQ(Due(proposal, other), "");
  for (const auto state :
       {Proposal::STATE_DRAFT, Proposal::STATE_DECIDED, Proposal::STATE_WITHDRAWN}) {
    proposal.set_state(state);
    EXPECT_EQ(Due(proposal, Mayor()), "") << Proposal::State_Name(state);
  }
}

TEST(LetterDue, NudgesOnceForEachNudgeTime) {
  Proposal proposal = Offer();
  Addressee mayor = ToldOf(proposal);
  for (int times = 1; times <= 3; ++times) {
    Nudge(proposal, 1795500000 + times);
    const auto letter = LetterDue(proposal, mayor, kNow);
    ASSERT_TRUE(letter.has_value());
    EXPECT_EQ(letter->kind, Mail::KIND_NUDGE);
    EXPECT_EQ(letter->sequence, times);
    mayor.told->set_sequence(letter->sequence);
    mayor.told->set_digest(letter->digest);
    EXPECT_EQ(Due(proposal, mayor), "");
  }
}

TEST(IsStale, ANudgeWhoseReaderHasAnsweredMeanwhile) {
  Proposal proposal = Offer();
  Addressee mayor = ToldOf(proposal);
  mayor.last->set_kind(Mail::KIND_NUDGE);
  EXPECT_FALSE(IsStale(proposal, mayor));
  Answer(proposal, "s1");
  Answer(proposal, "s2");
  EXPECT_TRUE(IsStale(proposal, mayor));
  mayor.last->set_kind(Mail::KIND_PROPOSAL);
  EXPECT_FALSE(IsStale(proposal, mayor)) << "an answer may still change";
}

}  // namespace
}  // namespace neshast
