#include "mail/imap.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "mail/parse.h"
#include "status_macros.h"

namespace neshast::mail {
namespace {

constexpr size_t kMostTalk = 1 << 20;  // Octets of an answer that holds no mail.

// The number that follows `word` in an answer: "17" after "UID " in "3 FETCH (UID 17 ...".
std::string NumberAfter(absl::string_view line, absl::string_view word) {
  const size_t at = line.find(word);
  if (at == absl::string_view::npos) return "";
  line.remove_prefix(at + word.size());
  return std::string(line.substr(0, line.find_first_not_of("0123456789")));
}

}  // namespace

ImapIntake::ImapIntake(MailServer server, std::string folder)
    : server_(std::move(server)),
      folder_(absl::StrCat("\"", absl::StrReplaceAll(folder, {{"\\", "\\\\"}, {"\"", "\\\""}}),
                           "\"")) {}

absl::Status ImapIntake::Open() {
  connection_.reset();
  ASSIGN_OR_RETURN(connection_, ImapConnection::Open(server_));
  ASSIGN_OR_RETURN(const std::vector<ImapAnswer> answers,
                   connection_->Run(absl::StrCat("SELECT ", folder_), kMostTalk));
  for (const ImapAnswer& answer : answers) {
    const std::string validity = NumberAfter(answer.line, "[UIDVALIDITY ");
    if (!validity.empty()) validity_ = validity;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Arrival>> ImapIntake::Fetch(int most) {
  RETURN_IF_ERROR(Open());
  absl::StatusOr<std::vector<Arrival>> arrivals = FetchOpen(most);
  if (!arrivals.ok()) connection_.reset();
  return arrivals;
}

absl::StatusOr<std::vector<Arrival>> ImapIntake::FetchOpen(int most) {
  std::vector<std::string> uids;
  ASSIGN_OR_RETURN(const auto found, connection_->Run("UID SEARCH UNSEEN", kMostTalk));
  for (const ImapAnswer& answer : found) {
    absl::string_view line = answer.line;
    if (!absl::ConsumePrefix(&line, "SEARCH")) continue;
    for (absl::string_view uid : absl::StrSplit(line, ' ', absl::SkipEmpty()))
      uids.emplace_back(uid);
  }
  if (uids.size() > static_cast<size_t>(most)) uids.resize(most);
  std::vector<Arrival> arrivals;
  if (uids.empty()) return arrivals;
  ASSIGN_OR_RETURN(
      const auto sizes,
      connection_->Run(absl::StrCat("UID FETCH ", absl::StrJoin(uids, ","), " (RFC822.SIZE)"),
                       kMostTalk));
  for (const ImapAnswer& answer : sizes) {
    const std::string uid = NumberAfter(answer.line, "UID ");
    int64_t size = 0;
    if (uid.empty() || !absl::SimpleAtoi(NumberAfter(answer.line, "RFC822.SIZE "), &size)) continue;
    Arrival arrival{.id = absl::StrCat(validity_, ".", uid), .bytes = {}};
    arrival.too_large = size > static_cast<int64_t>(kMostMailOctets);
    if (!arrival.too_large) {
      ASSIGN_OR_RETURN(arrival.bytes, FetchBytes(uid));
    }
    arrivals.push_back(std::move(arrival));
  }
  return arrivals;
}

absl::StatusOr<std::string> ImapIntake::FetchBytes(absl::string_view uid) {
  ASSIGN_OR_RETURN(auto answers, connection_->Run(absl::StrCat("UID FETCH ", uid, " (BODY.PEEK[])"),
                                                  kMostMailOctets + kMostTalk));
  for (ImapAnswer& answer : answers) {
    if (NumberAfter(answer.line, "UID ") == uid && answer.literals.size() == 1) {
      return std::move(answer.literals.front());
    }
  }
  return ServerError("MAIL_TRY_LATER", server_, "lists a mail that it does not give.");
}

absl::Status ImapIntake::MarkTaken(const std::string& id) {
  if (!connection_) RETURN_IF_ERROR(Open());
  const std::pair<std::string, std::string> parts = absl::StrSplit(id, absl::MaxSplits('.', 1));
  uint32_t uid = 0;
  if (parts.first != validity_ || !absl::SimpleAtoi(parts.second, &uid)) {
    return ServerError("MAIL_TRY_LATER", server_, "has numbered the mailbox anew.");
  }
  const absl::Status status =
      connection_->Run(absl::StrCat("UID STORE ", uid, " +FLAGS.SILENT (\\Seen)"), kMostTalk)
          .status();
  if (!status.ok()) connection_.reset();
  return status;
}

}  // namespace neshast::mail
