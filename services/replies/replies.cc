#include "replies/replies.h"

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "mailer/compose.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/reply_service.pb.h"
#include "replies/effect.h"
#include "replies/judgement.h"
#include "replies/slot_answers.h"
#include "replies/subject.h"
#include "rpc/standard_methods.h"

namespace neshast {
namespace {

using v1::Reply;
using v1::SlotAnswer;

constexpr size_t kMostReceived = 204'800;  // octets; a call takes 262,144

absl::StatusOr<Reply> Receive(const ReplyDesk& desk, const v1::ReceiveReplyRequest& request,
                              Transaction& tx) {
  if (request.mail().empty() || request.mail().size() > kMostReceived) {
    const std::string why = absl::StrCat("A mail of 1 to ", kMostReceived, " octets is needed.");
    return Error(absl::StatusCode::kInvalidArgument, why,
                 {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{"mail", why}}});
  }
  return TakeIn(
      desk, ReadIncoming(request.mail(), request.truncated(), desk.authserv_id, *desk.zones()), tx);
}

absl::StatusOr<v1::ListRepliesResponse> ListReplies(const Caller&,
                                                    const v1::ListRepliesRequest& request,
                                                    Transaction& tx) {
  ListQuery query{.kind = "Reply", .parent = "", .list = {}, .after = ""};
  if (request.state() != Reply::STATE_UNSPECIFIED) {
    query.list = absl::StrCat("replies@", Reply::State_Name(request.state()));
  }
  ASSIGN_OR_RETURN(auto page,
                   ListPage<Reply>(query, request.page_size(), request.page_token(), tx));
  v1::ListRepliesResponse response;
  for (Reply& reply : page.first) *response.add_replies() = std::move(reply);
  response.set_next_page_token(page.second);
  return response;
}

// The reply of `request`, which nobody has decided on yet, decided by `caller`.
template <class Request>
absl::StatusOr<Reply> Decided(const Caller& caller, const Request& request, Reply::State state,
                              Transaction& tx) {
  ASSIGN_OR_RETURN(Reply reply, tx.Get<Reply>(request.name(), request.etag()));
  if (reply.state() != Reply::STATE_AWAITS_OFFICER) {
    const std::string is = Reply::State_Name(reply.state());
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat("The reply is decided: it is in ", is, "."),
                 {.reason = "WRONG_STATE", .metadata = {{"state", is}}, .violations = {}});
  }
  reply.set_state(state);
  reply.set_decided_by(caller.principal);
  reply.mutable_decide_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  reply.set_remark(request.remark());
  return reply;
}

absl::StatusOr<Reply> ApplyReply(const Caller& caller, const v1::ApplyReplyRequest& request,
                                 Transaction& tx) {
  ASSIGN_OR_RETURN(Reply reply, Decided(caller, request, Reply::STATE_APPLIED_BY_OFFICER, tx));
  RETURN_IF_ERROR(Apply(reply, tx));
  return tx.Put(std::move(reply));
}

absl::StatusOr<Reply> DismissReply(const Caller& caller, const v1::DismissReplyRequest& request,
                                   Transaction& tx) {
  ASSIGN_OR_RETURN(Reply reply, Decided(caller, request, Reply::STATE_DISMISSED, tx));
  return tx.Put(std::move(reply));
}

// Words of somebody who was asked about slots may answer them.
absl::Status LookCloser(Incoming& incoming, ReplySubject& subject, Transaction& tx) {
  const bool may_answer_slots = incoming.reply.kind() == Reply::KIND_OTHER &&
                                !incoming.by_a_machine &&
                                absl::StartsWith(subject.about, "proposals/");
  if (!may_answer_slots) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto proposal, tx.Get<v1::Proposal>(subject.about));
  ASSIGN_OR_RETURN(const auto person, tx.Get<v1::Person>(subject.person));
  ASSIGN_OR_RETURN(const auto city, tx.Get<v1::City>(person.city()));
  TakeForSlotAnswers(proposal, CatalogueFor(person, city).language(), incoming);
  for (SlotAnswer& answer : *incoming.reply.mutable_slot_answers()) {
    answer.set_person(person.name());
  }
  if (incoming.reply.message_id().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto copies,
                   tx.ListDocuments({.kind = "Reply",
                                     .parent = "",
                                     .list = absl::StrCat("replies@", incoming.reply.message_id()),
                                     .after = "",
                                     .limit = 1}));
  subject.known.came_before = !copies.empty();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Reply> TakeIn(const ReplyDesk& desk, Incoming incoming, Transaction& tx) {
  auto kept = tx.Get<Reply>(incoming.reply.name());
  if (!absl::IsNotFound(kept.status())) return kept;
  const std::vector<std::string> tokens = TokensIn(incoming.to, desk.office);
  ASSIGN_OR_RETURN(ReplySubject subject, SubjectOf(incoming, tokens, desk.key, desk.office, tx));
  RETURN_IF_ERROR(LookCloser(incoming, subject, tx));
  Reply& reply = incoming.reply;
  reply.set_about(subject.about);
  reply.set_person(subject.person);
  reply.set_host(subject.host);
  reply.mutable_receive_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  SetProofs(incoming, tokens, subject.known, reply);
  for (const Reply::Doubt doubt : DoubtsOf(incoming, tokens, subject.known, reply)) {
    reply.add_doubts(doubt);
  }
  reply.set_state(reply.doubts().empty() ? Reply::STATE_APPLIED : Reply::STATE_AWAITS_OFFICER);
  if (reply.doubts().empty()) RETURN_IF_ERROR(Apply(reply, tx));
  return tx.Put(reply);
}

std::vector<Method> ReplyMethods(const ReplyDesk& desk) {
  const std::string service = "neshast.v1.ReplyService.";
  return {
      Bind<v1::ReceiveReplyRequest, Reply>(
          service + "ReceiveReply", [desk](const Caller&, const v1::ReceiveReplyRequest& request,
                                           Transaction& tx) { return Receive(desk, request, tx); }),
      BindGet<v1::GetReplyRequest, Reply>(service + "GetReply"),
      Bind(service + "ListReplies", &ListReplies),
      Bind(service + "ApplyReply", &ApplyReply),
      Bind(service + "DismissReply", &DismissReply),
  };
}

}  // namespace neshast
