#include "minutes/corrections.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "minutes/documents.h"
#include "minutes/entries.h"
#include "sessions/random_id.h"

namespace neshast {
namespace {

using v1::Correction;
using v1::Minutes;
using v1::MinutesEntry;
using v1::Translation;

constexpr int kMostCorrections = 200;  // of an entry

absl::Status CheckLaidBefore(const Minutes& minutes) {
  if (minutes.state() == Minutes::STATE_CIRCULATED || minutes.state() == Minutes::STATE_ADOPTED) {
    return absl::OkStatus();
  }
  return WrongState(minutes, "what is circulated and not sealed can be commented on");
}

// Once the time is over or all have adopted.
bool IsLate(const Minutes& minutes, absl::Time now) {
  return minutes.state() != Minutes::STATE_CIRCULATED || IsClosed(minutes, now);
}

// The city that the caller comments for: the given one or its own. The protocol office records what
// any party has sent; everybody else comments for the own city.
absl::StatusOr<std::string> CityOf(const Caller& caller, const std::string& given,
                                   const Minutes& minutes) {
  const std::string city = given.empty() ? caller.city : given;
  if (caller.role != v1::ROLE_PROTOCOL_OFFICER && city != caller.city) {
    return Forbidden("You can comment for your own city only.");
  }
  RETURN_IF_ERROR(CheckParty(minutes, city));
  return city;
}

// An interpreter speaks of translations, and for nobody.
absl::StatusOr<std::string> CityOfCorrection(const Caller& caller, const MinutesEntry& entry,
                                             const v1::FileCorrectionRequest& request,
                                             const Minutes& minutes) {
  if (caller.role != v1::ROLE_INTERPRETER) return CityOf(caller, request.city(), minutes);
  if (request.language() == entry.language()) {
    return Forbidden("An interpreter corrects translations; the original is the parties'.");
  }
  return std::string();
}

// The text of `entry` in `language`; null where there is none.
std::string* TextIn(const std::string& language, MinutesEntry& entry) {
  if (language == entry.language()) return entry.mutable_text();
  for (Translation& translation : *entry.mutable_translations()) {
    if (translation.language() == language) return translation.mutable_text();
  }
  return nullptr;
}

absl::Status CheckCorrigible(const v1::FileCorrectionRequest& request, MinutesEntry& entry) {
  if (entry.type() == MinutesEntry::TYPE_STATEMENT) {
    return InvalidField("name", "A statement is its party's own; annex another one.");
  }
  if (TextIn(request.language(), entry) == nullptr) {
    return InvalidField("language", "The entry has no text in this language.");
  }
  if (entry.corrections_size() >= kMostCorrections) {
    return Full("corrections of an entry", kMostCorrections);
  }
  return absl::OkStatus();
}

// Counts a correction that came in time; its city is not silent.
absl::Status CountCorrection(const std::string& city, Minutes minutes, Transaction& tx) {
  minutes.set_open_corrections(minutes.open_corrections() + 1);
  for (v1::MinutesParty& party : *minutes.mutable_parties()) {
    if (party.city() == city) party.set_has_corrected(true);
  }
  return tx.PutMessage(minutes).status();
}

absl::Status AlreadyDecided(const std::string& state, absl::string_view why) {
  return Error(absl::StatusCode::kFailedPrecondition, why,
               {.reason = "WRONG_STATE", .metadata = {{"state", state}}, .violations = {}});
}

// The correction of this id, which the host may decide.
absl::StatusOr<Correction*> CorrectionToDecide(const v1::DecideCorrectionRequest& request,
                                               MinutesEntry& entry) {
  Correction* found = nullptr;
  for (Correction& each : *entry.mutable_corrections()) {
    if (each.id() == request.correction_id()) found = &each;
  }
  if (found == nullptr) {
    return InvalidField("correction_id", "Nobody has filed such a correction of the entry.");
  }
  if (found->late()) {
    return AlreadyDecided("LATE", "The correction came late: it is recorded and not merged.");
  }
  const std::string state = Correction::State_Name(found->state());
  if (found->state() != Correction::STATE_FILED) {
    return AlreadyDecided(state, absl::StrCat("The correction is decided: it is in ", state, "."));
  }
  for (const Correction& other : entry.corrections()) {
    if (request.accept() && other.state() == Correction::STATE_ACCEPTED &&
        other.language() == found->language()) {
      return AlreadyDecided("STATE_ACCEPTED",
                            "Another correction of the same text is accepted; reissue the minutes "
                            "or reject this one.");
    }
  }
  return found;
}

}  // namespace

absl::StatusOr<MinutesEntry> FileCorrection(const Caller& caller,
                                            const v1::FileCorrectionRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(const Minutes minutes, MinutesOfEntry(request.name(), tx));
  RETURN_IF_ERROR(CheckLaidBefore(minutes));
  ASSIGN_OR_RETURN(MinutesEntry entry, tx.Get<MinutesEntry>(request.name()));
  ASSIGN_OR_RETURN(const std::string city, CityOfCorrection(caller, entry, request, minutes));
  RETURN_IF_ERROR(CheckCorrigible(request, entry));
  Correction& correction = *entry.add_corrections();
  correction.set_id(RandomId());
  correction.set_city(city);
  correction.set_principal(caller.principal);
  correction.set_person(caller.person);
  correction.set_language(request.language());
  correction.set_text(request.text());
  correction.set_remark(request.remark());
  correction.mutable_file_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  correction.set_late(IsLate(minutes, tx.now()));
  correction.set_version(minutes.version());
  correction.set_state(Correction::STATE_FILED);
  if (!correction.late()) RETURN_IF_ERROR(CountCorrection(city, minutes, tx));
  return tx.Put(std::move(entry));
}

absl::StatusOr<MinutesEntry> DecideCorrection(const Caller&,
                                              const v1::DecideCorrectionRequest& request,
                                              Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, MinutesOfEntry(request.name(), tx));
  if (minutes.state() != Minutes::STATE_CIRCULATED) {
    return WrongState(minutes, "corrections of what is circulated are decided");
  }
  ASSIGN_OR_RETURN(MinutesEntry entry, tx.Get<MinutesEntry>(request.name(), request.etag()));
  ASSIGN_OR_RETURN(Correction* const correction, CorrectionToDecide(request, entry));
  if (!request.accept() && request.remark().empty()) {
    return InvalidField("remark", "Say why the correction is rejected.");
  }
  correction->set_host_remark(request.remark());
  correction->set_state(request.accept() ? Correction::STATE_ACCEPTED : Correction::STATE_REJECTED);
  minutes.set_open_corrections(minutes.open_corrections() - 1);
  if (request.accept()) minutes.set_accepted_corrections(minutes.accepted_corrections() + 1);
  RETURN_IF_ERROR(tx.PutMessage(minutes).status());
  return tx.Put(std::move(entry));
}

absl::StatusOr<MinutesEntry> AnnexStatement(const Caller& caller,
                                            const v1::AnnexStatementRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, tx.Get<Minutes>(request.parent()));
  RETURN_IF_ERROR(CheckLaidBefore(minutes));
  if (caller.role == v1::ROLE_EXPERT || caller.role == v1::ROLE_INTERPRETER) {
    return Forbidden("A statement is a delegation's; ask its secretary.");
  }
  ASSIGN_OR_RETURN(const std::string city, CityOf(caller, request.city(), minutes));
  MinutesEntry entry;
  entry.set_name(absl::StrCat(minutes.name(), "/entries/", RandomId()));
  entry.set_type(MinutesEntry::TYPE_STATEMENT);
  entry.set_city(city);
  entry.set_speaker(caller.person);
  entry.set_language(request.language());
  entry.set_text(request.text());
  entry.set_late(IsLate(minutes, tx.now()));
  return AddEntry(std::move(entry), std::move(minutes), tx);
}

bool ApplyAccepted(MinutesEntry& entry) {
  std::set<std::string> corrected;  // languages
  for (Correction& correction : *entry.mutable_corrections()) {
    if (correction.state() != Correction::STATE_ACCEPTED) continue;
    std::string* const text = TextIn(correction.language(), entry);
    if (text != nullptr) *text = correction.text();
    correction.set_state(Correction::STATE_APPLIED);
    corrected.insert(correction.language());
  }
  for (Translation& translation : *entry.mutable_translations()) {
    if (corrected.count(translation.language()) > 0) {
      translation.set_outdated(false);
    } else if (corrected.count(entry.language()) > 0) {
      translation.set_outdated(true);
    }
  }
  return !corrected.empty();
}

}  // namespace neshast
