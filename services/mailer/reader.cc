#include "mailer/reader.h"

#include <spdlog/spdlog.h>

#include <set>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "mailer/proposal_plan.h"
#include "mailer/threads.h"
#include "neshast/v1/zone_alert.pb.h"
#include "rpc/references.h"
#include "sessions/index.h"

namespace neshast {
namespace {

constexpr char kPosition[] = "mailPositions/letters";
constexpr int kPage = 100;
constexpr int64_t kUnstored = 1000;                      // entries that are read again at most
constexpr int64_t kHorizon = int64_t{20} * 366 * 86400;  // seconds; nobody books later
constexpr int kMostSessions = 1000;

v1::MailPosition PositionAt(int64_t revision) {
  v1::MailPosition position;
  position.set_name(kPosition);
  position.set_revision(revision);
  return position;
}

// The last mail of `thread` is not to be sent any more, if it waits.
absl::Status Withdraw(const Thread& thread, Transaction& tx) {
  if (!IsWaiting(thread.addressee)) return absl::OkStatus();
  v1::Mail overtaken = *thread.addressee.last;
  overtaken.set_state(v1::Mail::STATE_SUPERSEDED);
  overtaken.clear_next_attempt_time();
  return tx.PutMessage(overtaken).status();
}

v1::Mail MailFor(const Thread& thread, const std::string& domain, const std::string& office,
                 absl::Time now) {
  const Letter& letter = *thread.due;
  const v1::Person& person = thread.addressee.person;
  v1::Mail mail;
  mail.set_name(MailName(thread.subject, person.name(), letter));
  if (absl::StartsWith(thread.subject, "sessions/")) mail.set_session(thread.subject);
  if (absl::StartsWith(thread.subject, "proposals/")) mail.set_proposal(thread.subject);
  mail.set_host(thread.host.empty() ? office : thread.host);
  mail.set_person(person.name());
  mail.set_kind(letter.kind);
  if (letter.kind == v1::Mail::KIND_ADDRESS_CHANGED) {
    mail.set_address(thread.addressee.told->address());
  }
  mail.set_sequence(letter.sequence);
  mail.set_message_id(absl::StrCat(mail.name().substr(mail.name().find('/') + 1), "@", domain));
  mail.set_state(v1::Mail::STATE_QUEUED);
  mail.mutable_create_time()->set_seconds(absl::ToUnixSeconds(now));
  *mail.mutable_next_attempt_time() = mail.create_time();
  return mail;
}

// Does what is to do in `thread`: queues the mail that is due, in place of the last one where that
// still waits, and notes what the person counts as told.
absl::Status Queue(const Thread& thread, const std::string& domain, const std::string& office,
                   Transaction& tx) {
  RETURN_IF_ERROR(Withdraw(thread, tx));
  if (!thread.due) return absl::OkStatus();
  const Letter& letter = *thread.due;
  v1::Told told;
  told.set_name(thread.note);
  told.set_sequence(letter.sequence);
  told.set_digest(letter.digest);
  told.set_address(letter.address);
  told.set_cancelled(letter.kind == v1::Mail::KIND_CANCELLATION ||
                     letter.kind == v1::Mail::KIND_PROPOSAL_CLOSED);
  if (letter.kind != v1::Mail::KIND_UNSPECIFIED) {
    const v1::Mail mail = MailFor(thread, domain, office, tx.now());
    told.set_mail(mail.name());
    RETURN_IF_ERROR(tx.PutMessage(mail).status());
  }
  return tx.PutMessage(told).status();
}

// The proposals that name `person`.
absl::Status AddProposals(const std::string& person, Transaction& tx,
                          std::set<std::string>& subjects) {
  ListQuery query{.kind = "Proposal",
                  .parent = "",
                  .list = ReferrersOf(person),
                  .after = "",
                  .limit = kMostSessions};
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<v1::Proposal> page, tx.List<v1::Proposal>(query));
    for (const v1::Proposal& proposal : page) {
      if (TakesAnswers(proposal, tx.now())) subjects.insert(proposal.name());
    }
    if (page.size() < static_cast<size_t>(kMostSessions)) return absl::OkStatus();
    query.after = page.back().name();
  }
}

// What a change may make somebody due for: itself; the session whose hour was decided on; of a
// person who got an address, the address, the coming sessions and the open proposals.
absl::StatusOr<std::set<std::string>> SubjectsOf(const Change& change, Transaction& tx) {
  if (change.kind == "ZoneAlert") {
    ASSIGN_OR_RETURN(const auto alert, tx.Get<v1::ZoneAlert>(change.name));
    return std::set<std::string>{alert.session()};
  }
  std::set<std::string> subjects = {change.name};
  if (change.kind != "Person") return subjects;
  ASSIGN_OR_RETURN(const auto person, tx.Get<v1::Person>(change.name));
  if (person.mail_address().empty()) return subjects;
  OccupancyQuery query{.party = change.name, .after_holder = "", .limit = kMostSessions};
  query.begins = absl::ToUnixSeconds(tx.now());
  query.ends = query.begins + kHorizon;
  query.least = Occupancy::Strength::kBusy;
  ASSIGN_OR_RETURN(const std::vector<Occupancy> busy, tx.Occupied(query));
  for (const Occupancy& each : busy) subjects.insert(each.holder);
  RETURN_IF_ERROR(AddProposals(change.name, tx, subjects));
  return subjects;
}

bool IsFollowed(const Change& change) {
  return !change.deleted && (change.kind == "Session" || change.kind == "Proposal" ||
                             change.kind == "Person" || change.kind == "ZoneAlert");
}

// The sessions whose reminders are due from the one after `reminded` until now, and the time until
// the next one's are.
struct Coming {
  std::vector<Occupancy> due;
  absl::Duration wait = absl::InfiniteDuration();
};

absl::StatusOr<Coming> ComingAfter(const std::pair<int64_t, std::string>& reminded,
                                   Transaction& tx) {
  Coming coming;
  const int64_t now = absl::ToUnixSeconds(tx.now());
  OccupancyQuery query{.party = kReminders, .begins = now, .ends = now + 1};
  query.after_begins = reminded.first;
  query.after_holder = reminded.second;
  query.limit = kMostSessions;
  ASSIGN_OR_RETURN(coming.due, tx.Occupied(query));
  query.ends = now + kHorizon;
  query.after_begins = now;
  query.after_holder = "~";  // behind every name
  query.limit = 1;
  ASSIGN_OR_RETURN(const std::vector<Occupancy> next, tx.Occupied(query));
  if (!next.empty()) coming.wait = absl::FromUnixSeconds(next[0].begins) - tx.now();
  if (coming.due.size() == static_cast<size_t>(kMostSessions)) coming.wait = absl::ZeroDuration();
  return coming;
}

static_assert(kReminderLead == absl::Seconds(kLongestOccupancy), "as the index has it");

bool IsForNow(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status);
}

}  // namespace

absl::Status LogReader::LoadPosition() {
  if (read_) return absl::OkStatus();
  return store_.Read([this](Transaction& tx) -> absl::Status {
    const auto position = tx.Get<v1::MailPosition>(kPosition);
    if (!position.ok() && !absl::IsNotFound(position.status())) return position.status();
    read_ = stored_ = position.ok() ? position->revision() : 0;
    return absl::OkStatus();
  });
}

absl::StatusOr<LogReader::Progress> LogReader::ReadOn() {
  RETURN_IF_ERROR(LoadPosition());
  std::vector<Change> changes;
  RETURN_IF_ERROR(store_.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(changes,
                     tx.Changes({.after = *read_, .limit = kPage, .audiences = std::nullopt}));
    return absl::OkStatus();
  }));
  Progress progress{.more = changes.size() == static_cast<size_t>(kPage), .mails = false};
  for (const Change& change : changes) {
    if (change.kind == "Mail") progress.mails = true;
    if (IsFollowed(change)) {
      const absl::Status status = Follow(change, progress);
      if (IsForNow(status)) return status;
      // One broken document must not keep all the others from their mails.
      if (!status.ok()) spdlog::warn("mail: {} is passed over: {}", change.name, status.ToString());
    }
    read_ = change.revision;
  }
  if (*read_ - stored_ >= kUnstored) RETURN_IF_ERROR(StorePosition(*read_));
  return progress;
}

absl::Status LogReader::Follow(const Change& change, Progress& progress) {
  std::set<std::string> subjects;
  absl::Status status = store_.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(subjects, SubjectsOf(change, tx));
    return absl::OkStatus();
  });
  for (const std::string& subject : subjects) {
    const auto told = Tell(subject, change.revision);
    if (!told.ok()) status = told.status();
    progress.mails = progress.mails || (told.ok() && *told);
  }
  return status;
}

absl::StatusOr<bool> LogReader::Tell(const std::string& subject, std::optional<int64_t> revision) {
  bool due = false;
  RETURN_IF_ERROR(store_.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const auto threads, ThreadsOf(subject, tx));
    due = !threads.empty();
    return absl::OkStatus();
  }));
  if (!due) return false;
  RETURN_IF_ERROR(WriteAndWait(store_, {.actor = "system", .action = "queue mail"},
                               [&](Transaction& tx) -> absl::Status {
                                 // Once more inside the write: it may have changed since.
                                 ASSIGN_OR_RETURN(const auto threads, ThreadsOf(subject, tx));
                                 for (const Thread& thread : threads) {
                                   RETURN_IF_ERROR(Queue(thread, domain_, office_, tx));
                                 }
                                 if (!revision) return absl::OkStatus();
                                 // Before this change: a person's change may concern more than
                                 // this subject.
                                 return tx.PutMessage(PositionAt(*revision - 1)).status();
                               }));
  if (revision) stored_ = *revision - 1;
  return true;
}

absl::StatusOr<LogReader::Reminded> LogReader::Remind() {
  Coming coming;
  RETURN_IF_ERROR(store_.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(coming, ComingAfter(reminded_, tx));
    return absl::OkStatus();
  }));
  Reminded reminded{.mails = false, .wait = coming.wait};
  for (const Occupancy& each : coming.due) {
    const auto told = Tell(each.holder, std::nullopt);
    if (IsForNow(told.status())) return told.status();
    if (!told.ok()) {
      spdlog::warn("mail: nobody is reminded of {}: {}", each.holder, told.status().ToString());
    }
    reminded.mails = reminded.mails || (told.ok() && *told);
    reminded_ = {each.begins, each.holder};
  }
  return reminded;
}

absl::Status LogReader::StorePosition(int64_t revision) {
  RETURN_IF_ERROR(
      WriteAndWait(store_, {.actor = "system", .action = "read for mail"},
                   [&](Transaction& tx) { return tx.PutMessage(PositionAt(revision)).status(); }));
  stored_ = revision;
  return absl::OkStatus();
}

}  // namespace neshast
