#include "proposals/answers.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "proposals/slots.h"
#include "proposals/standing.h"
#include "rpc/policy.h"
#include "sessions/delegations.h"
#include "sessions/zoned_time.h"

namespace neshast {
namespace {

using v1::Proposal;
using v1::SlotAnswer;

constexpr int kMostCounterProposals = 5;  // of a person

// For whom is answered.
struct Answerer {
  std::string person;
  std::string city;
};

// The city for which `person` is asked or called; empty where it is neither.
std::string CityOf(const Proposal& proposal, const std::string& person) {
  for (const v1::ProposalRecipient& recipient : proposal.recipients()) {
    if (recipient.person() == person) return recipient.city();
  }
  for (const v1::Delegation& delegation : proposal.delegations()) {
    const bool called =
        Holds(delegation.required_people(), person) || Holds(delegation.optional_people(), person);
    if (called) return delegation.city();
  }
  return "";
}

// Of another city's people nobody learns whether they are asked: they are refused as strangers are.
absl::StatusOr<Answerer> WhoAnswers(const Caller& caller, const Proposal& proposal,
                                    const std::string& given) {
  const std::string person = given.empty() ? caller.person : given;
  const std::string city = CityOf(proposal, person);
  const bool may =
      !city.empty() && (caller.target.empty() ? SpeaksFor(caller, city) : caller.person == person);
  if (may) return Answerer{.person = person, .city = city};
  const std::string why = person.empty()
                              ? "Say for whom is answered."
                              : absl::StrCat(person, " is nobody whom you answer for here.");
  return Error(absl::StatusCode::kInvalidArgument, why,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{"person", why}}});
}

absl::Status CheckAnswers(const v1::AnswerProposalRequest& request, Proposal& proposal) {
  std::vector<FieldViolation> faults;
  std::set<std::string> answered;
  for (int i = 0; i < request.answers_size(); ++i) {
    const std::string& slot = request.answers(i).slot_id();
    const std::string at = absl::StrCat("answers[", i, "].slot_id");
    if (FindSlot(proposal, slot) == nullptr) faults.push_back({at, "There is no such slot."});
    if (!answered.insert(slot).second) faults.push_back({at, "It is answered twice."});
  }
  if (faults.empty()) return absl::OkStatus();
  const std::string sentence = absl::StrCat("An answer fits no slot: ", faults[0].description);
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(faults)});
}

absl::Status CheckMayAskAgain(const Proposal& proposal, const std::string& person) {
  const auto& asked = proposal.counter_proposals();
  const auto count =
      std::count_if(asked.begin(), asked.end(),
                    [&](const v1::CounterProposal& each) { return each.person() == person; });
  if (count < kMostCounterProposals) return absl::OkStatus();
  return Error(
      absl::StatusCode::kResourceExhausted,
      absl::StrCat(person, " has asked for ", kMostCounterProposals, " other times already."),
      {.reason = "TOO_MANY_COUNTER_PROPOSALS",
       .metadata = {{"person", person}, {"limit", absl::StrCat(kMostCounterProposals)}},
       .violations = {}});
}

}  // namespace

void Recount(Proposal& proposal) {
  for (v1::ProposedSlot& slot : *proposal.mutable_slots()) {
    v1::AnswerCounts counts;
    std::set<std::string> answered;
    for (const SlotAnswer& answer : proposal.answers()) {
      if (answer.slot_id() != slot.id()) continue;
      answered.insert(answer.person());
      if (answer.answer() == SlotAnswer::ANSWER_YES) counts.set_yes(counts.yes() + 1);
      if (answer.answer() == SlotAnswer::ANSWER_NO) counts.set_no(counts.no() + 1);
      if (answer.answer() == SlotAnswer::ANSWER_IF_NEED_BE) {
        counts.set_if_need_be(counts.if_need_be() + 1);
      }
    }
    const auto awaited = std::count_if(proposal.recipients().begin(), proposal.recipients().end(),
                                       [&](const v1::ProposalRecipient& recipient) {
                                         return answered.count(recipient.person()) == 0;
                                       });
    counts.set_awaited(static_cast<int>(awaited));
    *slot.mutable_counts() = counts;
  }
}

absl::StatusOr<Proposal> AnswerProposal(const Caller& caller,
                                        const v1::AnswerProposalRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Proposal proposal, tx.Get<Proposal>(request.name()));
  RETURN_IF_ERROR(CheckTakesAnswers(proposal, tx.now()));
  ASSIGN_OR_RETURN(const Answerer who, WhoAnswers(caller, proposal, request.person()));
  RETURN_IF_ERROR(CheckAnswers(request, proposal));
  auto& answers = *proposal.mutable_answers();
  answers.erase(std::remove_if(answers.begin(), answers.end(),
                               [&](const SlotAnswer& each) { return each.person() == who.person; }),
                answers.end());
  for (const v1::GivenAnswer& given : request.answers()) {
    SlotAnswer& answer = *answers.Add();
    answer.set_slot_id(given.slot_id());
    answer.set_person(who.person);
    answer.set_city(who.city);
    answer.set_answer(given.answer());
    answer.set_remark(given.remark());
    answer.mutable_answer_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
    answer.set_given_by(caller.principal);
  }
  Recount(proposal);
  return tx.Put(std::move(proposal));
}

absl::StatusOr<Proposal> CounterPropose(const ZoneDatabase& zones, const Caller& caller,
                                        const v1::CounterProposeRequest& request, Transaction& tx) {
  ASSIGN_OR_RETURN(Proposal proposal, tx.Get<Proposal>(request.name()));
  RETURN_IF_ERROR(CheckTakesAnswers(proposal, tx.now()));
  ASSIGN_OR_RETURN(const Answerer who, WhoAnswers(caller, proposal, request.person()));
  RETURN_IF_ERROR(CheckMayAskAgain(proposal, who.person));
  v1::CounterProposal& counter = *proposal.add_counter_proposals();
  counter.set_id(absl::StrCat("c", proposal.counter_proposals_size()));
  counter.set_person(who.person);
  counter.set_city(who.city);
  *counter.mutable_start_time() = request.start_time();
  RETURN_IF_ERROR(ResolveTime(zones, "start_time", tx.now(), *counter.mutable_start_time()));
  counter.set_remark(request.remark());
  counter.mutable_ask_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  counter.set_given_by(caller.principal);
  return tx.Put(std::move(proposal));
}

}  // namespace neshast
