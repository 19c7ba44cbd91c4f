#include "mailer/reader.h"

#include <spdlog/spdlog.h>

#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "mailer/addressees.h"

namespace neshast {
namespace {

constexpr char kPosition[] = "mailPositions/sessions";
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

// The mail for `letter`, queued, in place of the last one where that still waits.
absl::Status Queue(const v1::Session& session, const Addressee& addressee, const Letter& letter,
                   const std::string& domain, Transaction& tx) {
  if (addressee.last && addressee.last->state() == v1::Mail::STATE_QUEUED) {
    v1::Mail overtaken = *addressee.last;
    overtaken.set_state(v1::Mail::STATE_SUPERSEDED);
    overtaken.clear_next_attempt_time();
    RETURN_IF_ERROR(tx.PutMessage(overtaken).status());
  }
  const std::string& person = addressee.person.name();
  v1::Mail mail;
  mail.set_name(MailName(session, person, letter));
  mail.set_session(session.name());
  mail.set_host(session.host());
  mail.set_person(person);
  mail.set_kind(letter.kind);
  mail.set_sequence(letter.sequence);
  mail.set_message_id(absl::StrCat(mail.name().substr(mail.name().find('/') + 1), "@", domain));
  mail.set_state(v1::Mail::STATE_QUEUED);
  mail.mutable_create_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  *mail.mutable_next_attempt_time() = mail.create_time();
  v1::Told told;
  told.set_name(ToldName(session.name(), person));
  told.set_sequence(letter.sequence);
  told.set_digest(letter.digest);
  told.set_mail(mail.name());
  told.set_cancelled(letter.kind == v1::Mail::KIND_CANCELLATION);
  RETURN_IF_ERROR(tx.PutMessage(mail).status());
  return tx.PutMessage(told).status();
}

// The sessions that a change may make somebody due for: itself, or, of a person who got an address,
// the coming ones.
absl::StatusOr<std::set<std::string>> SessionsOf(const Change& change, Transaction& tx) {
  std::set<std::string> sessions;
  if (change.kind == "Session") sessions.insert(change.name);
  if (change.kind != "Person") return sessions;
  ASSIGN_OR_RETURN(const auto person, tx.Get<v1::Person>(change.name));
  if (person.mail_address().empty()) return sessions;
  OccupancyQuery query{.party = change.name, .after_holder = "", .limit = kMostSessions};
  query.begins = absl::ToUnixSeconds(tx.now());
  query.ends = query.begins + kHorizon;
  query.least = Occupancy::Strength::kBusy;
  ASSIGN_OR_RETURN(const std::vector<Occupancy> busy, tx.Occupied(query));
  for (const Occupancy& each : busy) sessions.insert(each.holder);
  return sessions;
}

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
    if (!change.deleted && (change.kind == "Session" || change.kind == "Person")) {
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
  std::set<std::string> sessions;
  absl::Status status = store_.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(sessions, SessionsOf(change, tx));
    return absl::OkStatus();
  });
  for (const std::string& session : sessions) {
    const auto told = Tell(session, change.revision);
    if (!told.ok()) status = told.status();
    progress.mails = progress.mails || (told.ok() && *told);
  }
  return status;
}

absl::StatusOr<bool> LogReader::Tell(const std::string& name, int64_t revision) {
  bool due = false;
  RETURN_IF_ERROR(store_.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const auto session, tx.Get<v1::Session>(name));
    ASSIGN_OR_RETURN(const auto letters, DueOf(session, tx));
    due = !letters.empty();
    return absl::OkStatus();
  }));
  if (!due) return false;
  RETURN_IF_ERROR(WriteAndWait(store_, {.actor = "system", .action = "queue mail"},
                               [&](Transaction& tx) -> absl::Status {
                                 // Once more inside the write: the session may have changed since.
                                 ASSIGN_OR_RETURN(const auto session, tx.Get<v1::Session>(name));
                                 ASSIGN_OR_RETURN(const auto letters, DueOf(session, tx));
                                 for (const auto& [addressee, letter] : letters) {
                                   RETURN_IF_ERROR(Queue(session, addressee, letter, domain_, tx));
                                 }
                                 // Before this change: a person's change may concern more sessions
                                 // than this one.
                                 return tx.PutMessage(PositionAt(revision - 1)).status();
                               }));
  stored_ = revision - 1;
  return true;
}

absl::Status LogReader::StorePosition(int64_t revision) {
  RETURN_IF_ERROR(
      WriteAndWait(store_, {.actor = "system", .action = "read for mail"},
                   [&](Transaction& tx) { return tx.PutMessage(PositionAt(revision)).status(); }));
  stored_ = revision;
  return absl::OkStatus();
}

}  // namespace neshast
