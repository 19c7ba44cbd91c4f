#include "minutes/life.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "minutes/canonical.h"
#include "minutes/corrections.h"
#include "minutes/documents.h"
#include "minutes/start.h"

namespace neshast {
namespace {

using v1::Minutes;
using v1::MinutesEntry;
using v1::MinutesParty;

constexpr int64_t kDefaultWindow = 7 * 86400;                // seconds
constexpr size_t kMostTextBytes = size_t{32} * 1024 * 1024;  // of all entries together

absl::Status CheckSize(const std::vector<MinutesEntry>& entries) {
  size_t bytes = 0;
  for (const MinutesEntry& entry : entries) bytes += entry.ByteSizeLong();
  return bytes > kMostTextBytes ? Full("bytes", kMostTextBytes) : absl::OkStatus();
}

// Lays the entries before the parties as the next version.
absl::Status Lay(const google::protobuf::Duration& window, const std::vector<MinutesEntry>& entries,
                 absl::Time now, Minutes& minutes) {
  RETURN_IF_ERROR(CheckSize(entries));
  const int64_t begins = absl::ToUnixSeconds(now);
  minutes.set_version(minutes.version() + 1);
  minutes.set_text_digest(TextDigestOf(entries));
  minutes.mutable_circulate_time()->set_seconds(begins);
  minutes.mutable_close_time()->set_seconds(
      begins + (window.seconds() == 0 ? kDefaultWindow : window.seconds()));
  return absl::OkStatus();
}

// Nobody has said anything of the new version yet; what was said of the last one is kept.
void AskAgain(Minutes& minutes) {
  for (MinutesParty& party : *minutes.mutable_parties()) {
    if (party.state() == MinutesParty::STATE_WITHDRAWN) continue;
    if (party.has_adoption()) *minutes.add_lapsed_adoptions() = party.adoption();
    MinutesParty asked;
    asked.set_city(party.city());
    asked.set_state(MinutesParty::STATE_AWAITED);
    party = std::move(asked);
  }
}

}  // namespace

absl::StatusOr<Minutes> CirculateMinutes(const Caller&, const v1::CirculateMinutesRequest& request,
                                         Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, tx.Get<Minutes>(request.name(), request.etag()));
  if (minutes.state() != Minutes::STATE_DRAFT) return WrongState(minutes, "a draft is circulated");
  ASSIGN_OR_RETURN(const std::vector<MinutesEntry> entries, EntriesOf(minutes, tx));
  RETURN_IF_ERROR(Lay(request.correction_window(), entries, tx.now(), minutes));
  minutes.set_silence_procedure(request.silence_procedure());
  RETURN_IF_ERROR(SetState(Minutes::STATE_CIRCULATED, minutes, tx));
  return tx.Put(std::move(minutes));
}

absl::StatusOr<Minutes> ReissueMinutes(const Caller&, const v1::ReissueMinutesRequest& request,
                                       Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, tx.Get<Minutes>(request.name(), request.etag()));
  if (minutes.state() != Minutes::STATE_CIRCULATED || minutes.accepted_corrections() == 0) {
    return WrongState(minutes, "what is circulated and has an accepted correction is reissued");
  }
  ASSIGN_OR_RETURN(std::vector<MinutesEntry> entries, EntriesOf(minutes, tx));
  for (MinutesEntry& entry : entries) {
    if (ApplyAccepted(entry)) RETURN_IF_ERROR(tx.PutMessage(entry).status());
  }
  RETURN_IF_ERROR(Lay(request.correction_window(), entries, tx.now(), minutes));
  minutes.set_accepted_corrections(0);
  AskAgain(minutes);
  return tx.Put(std::move(minutes));
}

absl::StatusOr<Minutes> AmendMinutes(const Caller&, const v1::AmendMinutesRequest& request,
                                     Transaction& tx) {
  ASSIGN_OR_RETURN(const Minutes sealed, tx.Get<Minutes>(request.name()));
  const std::string session = SessionOfMinutes(sealed.name());
  ASSIGN_OR_RETURN(const Minutes newest, NewestMinutes(session, tx));
  if (sealed.state() != Minutes::STATE_SEALED || newest.name() != sealed.name()) {
    return WrongState(newest, "the newest minutes of a session are amended, once sealed");
  }
  int number = 0;
  if (!absl::SimpleAtoi(sealed.name().substr(sealed.name().rfind('/') + 1), &number) ||
      number >= kMostMinutes) {
    return Full("amendments", kMostMinutes - 1);
  }
  return tx.Put(AmendmentOf(sealed, MinutesName(session, number + 1), request.reason()));
}

}  // namespace neshast
