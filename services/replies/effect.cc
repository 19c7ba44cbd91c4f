#include "replies/effect.h"

#include <utility>

#include "absl/strings/match.h"
#include "invitations/responses.h"
#include "neshast/v1/mail.pb.h"
#include "replies/slot_answers.h"
#include "replies/subject.h"

namespace neshast {
namespace {

using v1::Reply;

absl::Status NothingToApply(const Reply& reply) {
  return Error(
      absl::StatusCode::kFailedPrecondition,
      "The reply says nothing that could be applied. Do what it asks for, then dismiss it.",
      {.reason = "NOTHING_TO_APPLY",
       .metadata = {{"kind", Reply::Kind_Name(reply.kind())}},
       .violations = {}});
}

absl::Status ApplyAnswer(const Reply& reply, Transaction& tx) {
  if (reply.answer() == v1::InvitationResponse::ANSWER_UNSPECIFIED || reply.person().empty()) {
    return NothingToApply(reply);
  }
  ASSIGN_OR_RETURN(const auto session, tx.Get<v1::Session>(reply.about()));
  ASSIGN_OR_RETURN(const bool is_for_now,
                   IsForTheTimeNow(session, reply.person(), reply.sequence(), tx));
  const auto& stamp = reply.has_stamp_time() ? reply.stamp_time() : reply.receive_time();
  return RecordResponse(session, reply.person(),
                        {.answer = reply.answer(),
                         .comment = reply.comment(),
                         .sequence = reply.sequence(),
                         .stamped = absl::FromUnixSeconds(stamp.seconds()),
                         .for_the_time_now = is_for_now,
                         .by = reply.name()},
                        tx)
      .status();
}

absl::Status ApplyBounce(const Reply& reply, Transaction& tx) {
  if (!absl::StartsWith(reply.about(), "mails/")) return NothingToApply(reply);
  ASSIGN_OR_RETURN(v1::Mail mail, tx.Get<v1::Mail>(reply.about()));
  // One that was superseded, or sent again since, says more than the bounce does.
  if (mail.state() != v1::Mail::STATE_ACCEPTED) return absl::OkStatus();
  mail.set_state(v1::Mail::STATE_BOUNCED);
  mail.set_last_answer(reply.comment());
  return tx.Put(std::move(mail)).status();
}

}  // namespace

absl::Status Apply(const Reply& reply, Transaction& tx) {
  switch (reply.kind()) {
    case Reply::KIND_ANSWER:
    case Reply::KIND_COUNTER:
      return ApplyAnswer(reply, tx);
    case Reply::KIND_BOUNCE:
      return ApplyBounce(reply, tx);
    case Reply::KIND_SLOT_ANSWERS:
      if (reply.slot_answers().empty() || reply.person().empty()) return NothingToApply(reply);
      return ApplySlotAnswers(reply, tx);
    default:
      return NothingToApply(reply);
  }
}

}  // namespace neshast
