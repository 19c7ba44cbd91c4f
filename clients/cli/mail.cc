// mail list, mail resend
#include "cli/commands.h"
#include "cli/lookup.h"
#include "cli/times.h"
#include "cli/words.h"
#include "neshast/v1/mail_service.grpc.pb.h"

namespace neshast::cli {
namespace {

using Stub = v1::MailService::Stub;
using v1::Mail;

Tone ToneOf(Mail::State state) {
  if (state == Mail::STATE_ACCEPTED) return Tone::kGood;
  if (state == Mail::STATE_REFUSED || state == Mail::STATE_BOUNCED) return Tone::kBad;
  return state == Mail::STATE_SUPERSEDED ? Tone::kQuiet : Tone::kPlain;
}

void Show(Connection& connection, const v1::ListMailsResponse& mails) {
  if (PrintDocument(connection.format, mails)) return;
  Lookup lookup(connection);
  std::vector<Row> rows{{"MAIL", "ABOUT", "TO", "SAYS", "STATE", "TRIES", "LAST ANSWER"}};
  for (const Mail& mail : mails.mails()) {
    const std::string& about = mail.proposal().empty() ? mail.session() : mail.proposal();
    rows.push_back({IdOf(mail.name()), IdOf(about), lookup.Person(mail.person()),
                    WordOf(mail.kind()), Cell(WordOf(mail.state()), ToneOf(mail.state())),
                    std::to_string(mail.attempts()), mail.last_answer()});
  }
  PrintTable(rows);
}

void List(Connection& connection, const std::string& session) {
  v1::ListMailsRequest request;
  if (!session.empty()) request.set_session(ResourceName("sessions", session));
  const auto mails = connection.ListAll(&Stub::ListMails, request);
  if (mails) Show(connection, *mails);
}

void Resend(Connection& connection, const std::string& id) {
  const auto mail = connection.Call(&Stub::ResendMail, Named<v1::ResendMailRequest>("mails", id));
  if (!mail) return;
  v1::ListMailsResponse mails;
  *mails.add_mails() = *mail;
  if (!PrintDocument(connection.format, *mail)) Show(connection, mails);
}

}  // namespace

void AddMailCommands(CLI::App& app, Connection& connection) {
  CLI::App* mail = AddNoun(app, "mail", "Mails to people and what became of them");
  auto session = std::make_shared<std::string>();
  AddVerb(
      *mail, "list", "Mails and their states",
      [&connection, session] { List(connection, *session); },
      "  neshast mail list --session SESSION\n")
      ->add_option("--session", *session, "Only of this session");
  auto id = std::make_shared<std::string>();
  AddVerb(*mail, "resend", "Send a mail that was refused or bounced again",
          [&connection, id] { Resend(connection, *id); })
      ->add_option("mail", *id, "Its id, as `mail list` shows it")
      ->required();
}

}  // namespace neshast::cli
