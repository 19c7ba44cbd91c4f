#include "replies/subject.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "invitations/responses.h"
#include "mailer/plan.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/proposal.pb.h"
#include "proposals/standing.h"
#include "rpc/policy.h"

namespace neshast {
namespace {

using v1::Reply;

// The document of this name, nullopt where there is none.
template <class Resource>
absl::StatusOr<std::optional<Resource>> Find(const std::string& name, Transaction& tx) {
  auto found = tx.Get<Resource>(name);
  if (absl::IsNotFound(found.status())) return std::optional<Resource>();
  RETURN_IF_ERROR(found.status());
  return std::optional<Resource>(*std::move(found));
}

// The id before the at sign of a UID or Message-ID of ours; empty where it is none. Some programs
// change the case.
std::string OwnId(absl::string_view text, const mail::Address& office) {
  const std::string lower = absl::AsciiStrToLower(text);
  const std::pair<std::string, std::string> parts = absl::StrSplit(lower, absl::MaxSplits('@', 1));
  const bool is_id =
      parts.first.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  return is_id && parts.second == office.domain() ? parts.first : "";
}

// The first mail of ours in the thread.
absl::StatusOr<std::optional<v1::Mail>> MailIn(const std::vector<std::string>& thread,
                                               const mail::Address& office, Transaction& tx) {
  constexpr size_t kMost = 20;
  for (size_t i = 0; i < std::min(thread.size(), kMost); ++i) {
    const std::string id = OwnId(thread[i], office);
    if (id.empty()) continue;
    ASSIGN_OR_RETURN(auto mail, Find<v1::Mail>(absl::StrCat("mails/", id), tx));
    if (mail) return mail;
  }
  return std::optional<v1::Mail>();
}

absl::StatusOr<std::string> AddressOf(const std::string& person, Transaction& tx) {
  ASSIGN_OR_RETURN(const auto found, Find<v1::Person>(person, tx));
  if (!found) return "";
  // As a mail's own addresses are written.
  const auto address = mail::Address::Read(found->mail_address());
  return address.ok() ? address->text() : "";
}

struct Candidate {
  std::string person;
  std::string address;
  std::string token;
};

absl::StatusOr<std::vector<Candidate>> CandidatesOf(const std::string& subject,
                                                    const std::vector<std::string>& people,
                                                    const LinkKey& key, Transaction& tx) {
  std::vector<Candidate> candidates;
  for (const std::string& person : people) {
    ASSIGN_OR_RETURN(std::string address, AddressOf(person, tx));
    candidates.push_back({person, std::move(address), ReplyToken(key, subject, person)});
  }
  return candidates;
}

// The one whom the mail can be from, null where nobody fits.
const Candidate* Choose(const Incoming& incoming, const std::vector<std::string>& tokens,
                        const std::vector<Candidate>& candidates) {
  const auto first = [&](auto fits) -> const Candidate* {
    const auto found = std::find_if(candidates.begin(), candidates.end(), fits);
    return found == candidates.end() ? nullptr : &*found;
  };
  const Candidate* chosen = first([&](const Candidate& each) {
    return std::find(tokens.begin(), tokens.end(), each.token) != tokens.end();
  });
  if (chosen == nullptr) {
    chosen = first([&](const Candidate& each) {
      return IsSameAddress(each.address, incoming.reply.attendee());
    });
  }
  if (chosen != nullptr || !incoming.from) return chosen;
  return first(
      [&](const Candidate& each) { return IsSameAddress(each.address, incoming.from->text()); });
}

absl::StatusOr<ReplySubject> SessionSubject(const Incoming& incoming,
                                            const std::vector<std::string>& tokens,
                                            const LinkKey& key, const mail::Address& office,
                                            Transaction& tx) {
  ReplySubject subject;
  const std::string id = OwnId(incoming.uid, office);
  if (id.empty()) return subject;
  ASSIGN_OR_RETURN(const auto session, Find<v1::Session>(absl::StrCat("sessions/", id), tx));
  if (!session) return subject;
  subject.about = session->name();
  subject.host = session->host();
  subject.known.subject = true;
  subject.known.takes_answers = TakesAnswers(*session, tx.now());
  ASSIGN_OR_RETURN(const auto mail, MailIn(incoming.thread, office, tx));
  std::vector<std::string> people = ObjectOf(*session).people;
  // Who is not called any more may answer still.
  if (mail && mail->session() == session->name()) people.push_back(mail->person());
  ASSIGN_OR_RETURN(const auto candidates, CandidatesOf(session->name(), people, key, tx));
  const Candidate* chosen = Choose(incoming, tokens, candidates);
  if (chosen == nullptr) return subject;
  subject.person = chosen->person;
  subject.known.is_called = IsCalled(*session, chosen->person);
  subject.known.address = chosen->address;
  subject.known.token = chosen->token;
  ASSIGN_OR_RETURN(const auto told, Find<v1::Told>(ToldName(session->name(), chosen->person), tx));
  if (told) subject.known.told = told->sequence();
  ASSIGN_OR_RETURN(subject.known.applied,
                   Find<v1::InvitationResponse>(ResponseName(session->name(), chosen->person), tx));
  return subject;
}

// The mail that did not arrive.
absl::StatusOr<ReplySubject> BouncedSubject(const Incoming& incoming, const LinkKey& key,
                                            const mail::Address& office, Transaction& tx) {
  ReplySubject subject;
  ASSIGN_OR_RETURN(const auto mail, MailIn(incoming.thread, office, tx));
  if (!mail) return subject;
  const std::string& about = mail->session().empty() ? mail->proposal() : mail->session();
  subject.about = mail->name();
  subject.person = mail->person();
  subject.host = mail->host();
  subject.known.subject = true;
  subject.known.token = ReplyToken(key, about, mail->person());
  subject.known.address = mail->address();
  if (subject.known.address.empty()) {
    ASSIGN_OR_RETURN(subject.known.address, AddressOf(mail->person(), tx));
  }
  return subject;
}

// The subject that a proposal and one who is asked are.
absl::StatusOr<ReplySubject> ProposalSubject(const v1::Proposal& proposal,
                                             const std::string& person, const LinkKey& key,
                                             Transaction& tx) {
  ReplySubject subject{
      .about = proposal.name(), .person = person, .host = proposal.host(), .known = {}};
  subject.known.subject = true;
  subject.known.takes_answers = CheckTakesAnswers(proposal, tx.now()).ok();
  subject.known.is_called =
      std::any_of(proposal.recipients().begin(), proposal.recipients().end(),
                  [&](const v1::ProposalRecipient& each) { return each.person() == person; });
  subject.known.token = ReplyToken(key, proposal.name(), person);
  ASSIGN_OR_RETURN(subject.known.address, AddressOf(person, tx));
  return subject;
}

// Of the proposals that stand, the one and the person whose token is one of `tokens`: some programs
// do not say which mail they answer.
absl::StatusOr<ReplySubject> ProposalByToken(const std::vector<std::string>& tokens,
                                             const LinkKey& key, Transaction& tx) {
  constexpr int kMostProposals = 1000;
  if (tokens.empty()) return ReplySubject();
  ASSIGN_OR_RETURN(
      const auto proposals,
      tx.List<v1::Proposal>(
          {.kind = "Proposal", .parent = "", .list = {}, .after = "", .limit = kMostProposals}));
  for (const v1::Proposal& proposal : proposals) {
    if (proposal.state() != v1::Proposal::STATE_SENT) continue;
    for (const v1::ProposalRecipient& each : proposal.recipients()) {
      const std::string token = ReplyToken(key, proposal.name(), each.person());
      if (std::find(tokens.begin(), tokens.end(), token) == tokens.end()) continue;
      return ProposalSubject(proposal, each.person(), key, tx);
    }
  }
  return ReplySubject();
}

// Words are about what the mail of ours was that they answer.
absl::StatusOr<ReplySubject> WordsSubject(const Incoming& incoming,
                                          const std::vector<std::string>& tokens,
                                          const LinkKey& key, const mail::Address& office,
                                          Transaction& tx) {
  ASSIGN_OR_RETURN(const auto mail, MailIn(incoming.thread, office, tx));
  if (!mail) return ProposalByToken(tokens, key, tx);
  if (!mail->proposal().empty()) {
    ASSIGN_OR_RETURN(const auto proposal, Find<v1::Proposal>(mail->proposal(), tx));
    if (proposal) return ProposalSubject(*proposal, mail->person(), key, tx);
  }
  ReplySubject subject{
      .about = mail->session(), .person = mail->person(), .host = mail->host(), .known = {}};
  subject.known.subject = true;
  subject.known.token = ReplyToken(key, subject.about, mail->person());
  ASSIGN_OR_RETURN(subject.known.address, AddressOf(mail->person(), tx));
  return subject;
}

// When the mail with this SEQUENCE was queued; nullopt where there was none.
absl::StatusOr<std::optional<int64_t>> QueuedAt(const v1::Session& session,
                                                const std::string& person, int sequence,
                                                Transaction& tx) {
  for (const auto kind : {v1::Mail::KIND_INVITATION, v1::Mail::KIND_UPDATE}) {
    const Letter letter{.kind = kind, .sequence = sequence, .digest = {}, .address = {}};
    ASSIGN_OR_RETURN(const auto mail, Find<v1::Mail>(MailName(session.name(), person, letter), tx));
    if (mail) return std::optional<int64_t>(mail->create_time().seconds());
  }
  return std::optional<int64_t>();
}

}  // namespace

absl::StatusOr<ReplySubject> SubjectOf(const Incoming& incoming,
                                       const std::vector<std::string>& tokens, const LinkKey& key,
                                       const mail::Address& office, Transaction& tx) {
  switch (incoming.reply.kind()) {
    case Reply::KIND_ANSWER:
    case Reply::KIND_COUNTER:
    case Reply::KIND_REFRESH:
      return SessionSubject(incoming, tokens, key, office, tx);
    case Reply::KIND_BOUNCE:
      return BouncedSubject(incoming, key, office, tx);
    default:
      break;
  }
  return WordsSubject(incoming, tokens, key, office, tx);
}

absl::StatusOr<bool> IsForTheTimeNow(const v1::Session& session, const std::string& person,
                                     int sequence, Transaction& tx) {
  ASSIGN_OR_RETURN(const auto told, Find<v1::Told>(ToldName(session.name(), person), tx));
  ASSIGN_OR_RETURN(const auto answering, Find<v1::Person>(person, tx));
  if (!told || !answering) return false;
  if (sequence >= told->sequence() && told->digest() == DigestFor(session, answering->city())) {
    return true;
  }
  if (session.moves().empty()) return true;
  ASSIGN_OR_RETURN(const auto queued, QueuedAt(session, person, sequence, tx));
  return queued && session.moves().rbegin()->move_time().seconds() < *queued;
}

}  // namespace neshast
