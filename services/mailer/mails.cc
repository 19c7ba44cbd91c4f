#include "mailer/mails.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "mailer/threads.h"
#include "neshast/v1/mail_service.pb.h"
#include "rpc/standard_methods.h"

namespace neshast {
namespace {

using v1::Mail;

absl::StatusOr<v1::ListMailsResponse> ListMails(const Caller&, const v1::ListMailsRequest& request,
                                                Transaction& tx) {
  ListQuery query{.kind = "Mail", .parent = "", .list = {}, .after = ""};
  if (!request.session().empty()) query.list = absl::StrCat("mails@", request.session());
  ASSIGN_OR_RETURN(auto page, ListPage<Mail>(query, request.page_size(), request.page_token(), tx));
  v1::ListMailsResponse response;
  for (Mail& mail : page.first) *response.add_mails() = std::move(mail);
  response.set_next_page_token(page.second);
  return response;
}

absl::Status WrongState(const Mail& mail, absl::string_view sentence) {
  return Error(absl::StatusCode::kFailedPrecondition, sentence,
               {.reason = "WRONG_STATE",
                .metadata = {{"state", Mail::State_Name(mail.state())}},
                .violations = {}});
}

absl::StatusOr<Mail> ResendMail(const Caller&, const v1::ResendMailRequest& request,
                                Transaction& tx) {
  ASSIGN_OR_RETURN(Mail mail, tx.Get<Mail>(request.name()));
  if (mail.state() != Mail::STATE_REFUSED && mail.state() != Mail::STATE_BOUNCED) {
    return WrongState(mail, "A mail that was refused or bounced can be sent again.");
  }
  ASSIGN_OR_RETURN(const Thread thread, ThreadOf(mail, tx));
  if (!thread.addressee.told || thread.addressee.told->mail() != mail.name()) {
    return WrongState(mail, "A later mail to this person says what is so now.");
  }
  if (!thread.over.empty()) return WrongState(mail, thread.over);
  mail.set_state(Mail::STATE_QUEUED);
  mail.mutable_create_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  *mail.mutable_next_attempt_time() = mail.create_time();
  return tx.Put(std::move(mail));
}

}  // namespace

std::vector<Method> MailMethods() {
  const std::string service = "neshast.v1.MailService.";
  return {
      Bind(service + "ListMails", &ListMails),
      Bind(service + "ResendMail", &ResendMail),
  };
}

}  // namespace neshast
