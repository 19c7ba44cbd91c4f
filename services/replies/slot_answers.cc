#include "replies/slot_answers.h"

#include <algorithm>
#include <utility>

#include "mailer/slot_answers.h"
#include "neshast/v1/proposal_service.pb.h"
#include "proposals/answers.h"
#include "rpc/caller.h"

namespace neshast {
namespace {

using v1::Reply;
using v1::SlotAnswer;

bool SpeaksOf(const Reply& reply, const std::string& slot) {
  return std::any_of(reply.slot_answers().begin(), reply.slot_answers().end(),
                     [&](const SlotAnswer& each) { return each.slot_id() == slot; });
}

void Give(const SlotAnswer& answer, v1::AnswerProposalRequest& request) {
  v1::GivenAnswer& given = *request.add_answers();
  given.set_slot_id(answer.slot_id());
  given.set_answer(answer.answer());
  given.set_remark(answer.remark());
}

}  // namespace

void TakeForSlotAnswers(const v1::Proposal& proposal, absl::string_view language,
                        Incoming& incoming) {
  const SlotAnswers read = ReadSlotAnswers(incoming.text, language);
  if (read.answers.empty() && read.problems.empty()) return;
  Reply& reply = incoming.reply;
  reply.set_kind(Reply::KIND_SLOT_ANSWERS);
  reply.set_comment(RemarkOf(read.remark));
  incoming.partly_understood = !read.problems.empty();
  for (const NumberedAnswer& each : read.answers) {
    if (each.number > proposal.slots_size()) {
      incoming.partly_understood = true;
      continue;
    }
    SlotAnswer& answer = *reply.add_slot_answers();
    answer.set_slot_id(proposal.slots(each.number - 1).id());
    answer.set_answer(each.answer);
    answer.set_remark(reply.comment());
  }
}

absl::Status ApplySlotAnswers(const Reply& reply, Transaction& tx) {
  ASSIGN_OR_RETURN(const auto proposal, tx.Get<v1::Proposal>(reply.about()));
  v1::AnswerProposalRequest request;
  request.set_name(proposal.name());
  request.set_person(reply.person());
  for (const SlotAnswer& answer : reply.slot_answers()) Give(answer, request);
  for (const SlotAnswer& before : proposal.answers()) {
    const bool stays = before.person() == reply.person() && !SpeaksOf(reply, before.slot_id());
    if (stays) Give(before, request);
  }
  // Whose answer it is was proven, or an officer vouches for it; it is given by the mail.
  Caller mail;
  mail.principal = reply.name();
  mail.role = v1::ROLE_PROTOCOL_OFFICER;
  return AnswerProposal(mail, request, tx).status();
}

}  // namespace neshast
