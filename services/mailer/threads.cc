#include "mailer/threads.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "mailer/proposal_plan.h"
#include "neshast/v1/zone_alert.pb.h"
#include "rpc/policy.h"
#include "rpc/references.h"

namespace neshast {
namespace {

using v1::Mail;
using v1::Proposal;
using v1::Session;

constexpr int kPage = 1000;

// The document of this name, nullopt where there is none.
template <class Resource>
absl::StatusOr<std::optional<Resource>> Find(const std::string& name, Transaction& tx) {
  auto found = tx.Get<Resource>(name);
  if (absl::IsNotFound(found.status())) return std::optional<Resource>();
  RETURN_IF_ERROR(found.status());
  return std::optional<Resource>(*std::move(found));
}

// Adds who was told of `subject`.
absl::Status AddTold(const std::string& subject, Transaction& tx, std::set<std::string>& people) {
  ListQuery query{.kind = "Told", .parent = subject, .list = {}, .after = "", .limit = kPage};
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<v1::Told> page, tx.List<v1::Told>(query));
    for (const v1::Told& told : page) {
      people.insert(absl::StrCat("people/", told.name().substr(told.name().rfind('/') + 1)));
    }
    if (page.size() < static_cast<size_t>(kPage)) return absl::OkStatus();
    query.after = page.back().name();
  }
}

absl::StatusOr<Thread> Load(const std::string& subject, const std::string& note,
                            const std::string& person, Transaction& tx) {
  Thread thread{
      .subject = subject, .host = "", .note = note, .addressee = {}, .due = {}, .over = ""};
  ASSIGN_OR_RETURN(auto found, Find<v1::Person>(person, tx));
  if (found) thread.addressee.person = *std::move(found);
  ASSIGN_OR_RETURN(thread.addressee.told, Find<v1::Told>(note, tx));
  if (thread.addressee.told && !thread.addressee.told->mail().empty()) {
    ASSIGN_OR_RETURN(thread.addressee.last, Find<Mail>(thread.addressee.told->mail(), tx));
  }
  return thread;
}

// Whether new zone rules moved `session` and the host has not decided yet what to keep: until then
// nobody is told twice.
absl::StatusOr<bool> AwaitsDecision(const Session& session, Transaction& tx) {
  ListQuery query{.kind = "ZoneAlert",
                  .parent = "",
                  .list = ReferrersOf(session.name()),
                  .after = "",
                  .limit = kPage};
  ASSIGN_OR_RETURN(const std::vector<v1::ZoneAlert> alerts, tx.List<v1::ZoneAlert>(query));
  return std::any_of(alerts.begin(), alerts.end(), [&](const v1::ZoneAlert& alert) {
    return alert.state() == v1::ZoneAlert::STATE_OPEN &&
           alert.after().instant().seconds() == session.start_time().instant().seconds();
  });
}

// Invitation, updates and cancellation of one person.
absl::StatusOr<Thread> InvitationThread(const Session& session, const std::string& person,
                                        bool named, Transaction& tx) {
  ASSIGN_OR_RETURN(Thread thread,
                   Load(session.name(), ToldName(session.name(), person), person, tx));
  thread.host = session.host();
  thread.addressee.named = named;
  if (IsOver(session, tx.now())) {
    thread.over = "The session was over before the mail could be sent.";
    return thread;
  }
  thread.due = LetterDue(session, thread.addressee, tx.now());
  if (thread.due && thread.due->kind == Mail::KIND_UPDATE) {
    ASSIGN_OR_RETURN(const bool waits, AwaitsDecision(session, tx));
    if (waits) thread.due.reset();
    thread.is_stale = waits;
  }
  return thread;
}

absl::StatusOr<Thread> ReminderThread(const Session& session, const Addressee& invited,
                                      const std::string& person, Transaction& tx) {
  ASSIGN_OR_RETURN(Thread thread,
                   Load(session.name(), RemindedName(session.name(), person), person, tx));
  thread.host = session.host();
  thread.addressee.named = invited.named;
  thread.due = ReminderDue(session, invited, thread.addressee, tx.now());
  thread.is_stale = !thread.due && IsReminderStale(session, thread.addressee);
  if (absl::FromUnixSeconds(session.start_time().instant().seconds()) <= tx.now()) {
    thread.over = "The session had begun before its reminder could be sent.";
  }
  return thread;
}

absl::StatusOr<std::vector<Thread>> SessionThreads(const std::string& name, Transaction& tx) {
  ASSIGN_OR_RETURN(const auto session, tx.Get<Session>(name));
  std::vector<Thread> threads;
  if (session.state() == Session::STATE_DRAFT || IsOver(session, tx.now())) return threads;
  const std::vector<std::string> called = ObjectOf(session).people;
  const std::set<std::string> named(called.begin(), called.end());
  std::set<std::string> people = named;
  RETURN_IF_ERROR(AddTold(name, tx, people));
  for (const std::string& person : people) {
    const bool is_named = named.count(person) > 0;
    ASSIGN_OR_RETURN(threads.emplace_back(), InvitationThread(session, person, is_named, tx));
    ASSIGN_OR_RETURN(Thread reminders,
                     ReminderThread(session, threads.back().addressee, person, tx));
    threads.push_back(std::move(reminders));
  }
  return threads;
}

absl::StatusOr<Thread> ProposalThread(const Proposal& proposal, const std::string& person,
                                      const Mail* mail, Transaction& tx) {
  ASSIGN_OR_RETURN(Thread thread,
                   Load(proposal.name(), ToldName(proposal.name(), person), person, tx));
  thread.host = proposal.host();
  thread.addressee.named = RecipientOf(proposal, person) != nullptr;
  thread.due = LetterDue(proposal, thread.addressee, tx.now());
  thread.is_stale = !thread.due && IsStale(proposal, thread.addressee);
  const bool asks = mail != nullptr && mail->kind() != Mail::KIND_PROPOSAL_CLOSED;
  if (asks && proposal.state() == Proposal::STATE_SENT && !TakesAnswers(proposal, tx.now())) {
    thread.over = "The time to answer was over before the mail could be sent.";
  }
  return thread;
}

absl::StatusOr<std::vector<Thread>> ProposalThreads(const std::string& name, Transaction& tx) {
  ASSIGN_OR_RETURN(const auto proposal, tx.Get<Proposal>(name));
  std::vector<Thread> threads;
  if (proposal.state() == Proposal::STATE_DRAFT) return threads;
  std::set<std::string> people;
  for (const auto& recipient : proposal.recipients()) people.insert(recipient.person());
  RETURN_IF_ERROR(AddTold(name, tx, people));
  for (const std::string& person : people) {
    ASSIGN_OR_RETURN(threads.emplace_back(), ProposalThread(proposal, person, nullptr, tx));
  }
  return threads;
}

// Where a mail about an address waits, it stays: each goes to an address of its own.
absl::StatusOr<Thread> AddressThread(const std::string& person, Transaction& tx) {
  ASSIGN_OR_RETURN(Thread thread, Load(person, ToldName(person, person), person, tx));
  thread.due = AddressLetterDue(thread.addressee);
  thread.addressee.last.reset();
  return thread;
}

}  // namespace

absl::StatusOr<std::vector<Thread>> ThreadsOf(const std::string& subject, Transaction& tx) {
  std::vector<Thread> threads;
  if (absl::StartsWith(subject, "sessions/")) {
    ASSIGN_OR_RETURN(threads, SessionThreads(subject, tx));
  } else if (absl::StartsWith(subject, "proposals/")) {
    ASSIGN_OR_RETURN(threads, ProposalThreads(subject, tx));
  } else {
    ASSIGN_OR_RETURN(threads.emplace_back(), AddressThread(subject, tx));
  }
  threads.erase(std::remove_if(threads.begin(), threads.end(),
                               [](const Thread& thread) {
                                 return !thread.due &&
                                        !(thread.is_stale && IsWaiting(thread.addressee));
                               }),
                threads.end());
  return threads;
}

absl::StatusOr<Thread> ThreadOf(const Mail& mail, Transaction& tx) {
  if (!mail.proposal().empty()) {
    ASSIGN_OR_RETURN(const auto proposal, tx.Get<Proposal>(mail.proposal()));
    return ProposalThread(proposal, mail.person(), &mail, tx);
  }
  if (mail.session().empty()) {
    ASSIGN_OR_RETURN(Thread thread, AddressThread(mail.person(), tx));
    thread.due.reset();
    return thread;
  }
  ASSIGN_OR_RETURN(const auto session, tx.Get<Session>(mail.session()));
  const std::vector<std::string> people = ObjectOf(session).people;
  const bool named = std::find(people.begin(), people.end(), mail.person()) != people.end();
  ASSIGN_OR_RETURN(Thread thread, InvitationThread(session, mail.person(), named, tx));
  if (mail.kind() != Mail::KIND_REMINDER) return thread;
  return ReminderThread(session, thread.addressee, mail.person(), tx);
}

absl::StatusOr<Occasion> OccasionOf(const Mail& mail, const v1::Person& person, Transaction& tx) {
  Occasion occasion;
  occasion.person = person;
  ASSIGN_OR_RETURN(occasion.city, tx.Get<v1::City>(person.city()));
  ASSIGN_OR_RETURN(occasion.host, tx.Get<v1::City>(mail.host()));
  std::string session = mail.session();
  if (!mail.proposal().empty()) {
    ASSIGN_OR_RETURN(occasion.proposal, tx.Get<Proposal>(mail.proposal()));
    session = occasion.proposal.session();
  }
  if (session.empty()) return occasion;
  ASSIGN_OR_RETURN(occasion.session, tx.Get<Session>(session));
  for (const v1::Delegation& delegation : occasion.session.delegations()) {
    ASSIGN_OR_RETURN(occasion.cities.emplace_back(), tx.Get<v1::City>(delegation.city()));
  }
  return occasion;
}

}  // namespace neshast
