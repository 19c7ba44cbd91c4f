#include "minutes/entries.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "agenda/tree.h"
#include "minutes/documents.h"
#include "rpc/references.h"
#include "rpc/standard_methods.h"
#include "sessions/random_id.h"

namespace neshast {
namespace {

using v1::Minutes;
using v1::MinutesEntry;
using v1::Translation;

bool IsAuthoritative(const Minutes& minutes, const std::string& language) {
  for (const v1::MinutesLanguage& of : minutes.languages()) {
    if (of.language() == language) return of.standing() == v1::STANDING_AUTHORITATIVE;
  }
  return false;
}

void AddFaultsOfTranslations(const Minutes& minutes, const MinutesEntry& entry,
                             std::vector<FieldViolation>& faults) {
  std::set<std::string> languages = {entry.language()};
  for (int i = 0; i < entry.translations_size(); ++i) {
    const Translation& translation = entry.translations(i);
    const std::string path = absl::StrCat("entry.translations[", i, "]");
    if (!languages.insert(translation.language()).second) {
      faults.push_back({path + ".language", "There is a text in this language already."});
    }
    if (translation.standing() == v1::STANDING_AUTHORITATIVE &&
        !IsAuthoritative(minutes, translation.language())) {
      faults.push_back({path + ".standing",
                        "The language is none of the authoritative languages of the minutes."});
    }
  }
}

// INVALID_ARGUMENT / INVALID_FIELD unless the entry is about no item or about one that stands on
// the agenda of the session: what was only proposed, or refused, was not dealt with.
absl::Status CheckAgendaItem(const Minutes& minutes, const MinutesEntry& entry, Transaction& tx) {
  if (entry.agenda_item().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const v1::Session session,
                   tx.Get<v1::Session>(SessionOfMinutes(minutes.name())));
  const v1::AgendaItem* item = FindItem(session.agenda(), entry.agenda_item());
  if (item != nullptr && StandsOnAgenda(*item)) return absl::OkStatus();
  return InvalidField("entry.agenda_item", "It is no item of the agenda of this session.");
}

// Everything that is wrong with an entry as the host enters it.
absl::Status CheckEntry(const Minutes& minutes, const MinutesEntry& entry, Transaction& tx) {
  RETURN_IF_ERROR(CheckAgendaItem(minutes, entry, tx));
  std::vector<FieldViolation> faults;
  if (entry.type() == MinutesEntry::TYPE_STATEMENT) {
    faults.push_back({"entry.type", "AnnexStatement annexes statements."});
  }
  AddFaultsOfTranslations(minutes, entry, faults);
  const bool amends_other =
      !entry.amends().empty() &&
      (minutes.amends().empty() || ParentOf(entry.amends()) != minutes.amends() ||
       !tx.Get<MinutesEntry>(entry.amends()).ok());
  if (amends_other) faults.push_back({"entry.amends", "It is no entry of the amended minutes."});
  if (!faults.empty()) {
    const std::string sentence = absl::StrCat(faults[0].field, ": ", faults[0].description);
    return Error(absl::StatusCode::kInvalidArgument, sentence,
                 {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(faults)});
  }
  if (!entry.city().empty()) RETURN_IF_ERROR(CheckParty(minutes, entry.city()));
  return CheckReferences(entry, "entry", tx);
}

// A translation that stayed as it was while the original changed is behind it.
void MarkOutdated(const MinutesEntry& before, MinutesEntry& after) {
  const bool changed = before.text() != after.text();
  for (Translation& translation : *after.mutable_translations()) {
    for (const Translation& old : before.translations()) {
      if (old.language() != translation.language() || old.text() != translation.text()) continue;
      translation.set_outdated(changed || old.outdated());
    }
  }
}

// The minutes of an entry, which must be a draft.
absl::StatusOr<Minutes> DraftOf(const std::string& entry, Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, MinutesOfEntry(entry, tx));
  RETURN_IF_ERROR(CheckDraft(minutes));
  return minutes;
}

}  // namespace

absl::StatusOr<MinutesEntry> AddEntry(MinutesEntry entry, Minutes minutes, Transaction& tx) {
  if (minutes.entry_count() >= kMostEntries) return Full("entries", kMostEntries);
  if (entry.place() == 0) entry.set_place(absl::ToUnixMillis(tx.now()));
  entry.mutable_create_time()->set_seconds(absl::ToUnixSeconds(tx.now()));
  *entry.mutable_circle() = minutes.circle();
  minutes.set_entry_count(minutes.entry_count() + 1);
  RETURN_IF_ERROR(tx.PutMessage(minutes).status());
  return tx.Put(std::move(entry));
}

absl::StatusOr<MinutesEntry> CreateEntry(const Caller&, const v1::CreateEntryRequest& request,
                                         Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, tx.Get<Minutes>(request.parent()));
  RETURN_IF_ERROR(CheckDraft(minutes));
  MinutesEntry entry = request.entry();
  ClearOutputOnly(entry);
  entry.set_name(absl::StrCat(minutes.name(), "/entries/",
                              request.entry_id().empty() ? RandomId() : request.entry_id()));
  RETURN_IF_ERROR(CheckEntry(minutes, entry, tx));
  RETURN_IF_ERROR(CheckFree(tx, entry.name()));
  return AddEntry(std::move(entry), std::move(minutes), tx);
}

absl::StatusOr<MinutesEntry> UpdateEntry(const Caller&, const v1::UpdateEntryRequest& request,
                                         Transaction& tx) {
  ASSIGN_OR_RETURN(const Minutes minutes, DraftOf(request.entry().name(), tx));
  ASSIGN_OR_RETURN(const MinutesEntry before, tx.Get<MinutesEntry>(request.entry().name()));
  ASSIGN_OR_RETURN(MinutesEntry entry, Merge(request.entry(), request.update_mask(), tx));
  RETURN_IF_ERROR(CheckEntry(minutes, entry, tx));
  MarkOutdated(before, entry);
  return tx.Put(std::move(entry));
}

absl::StatusOr<MinutesEntry> SetTranslation(const Caller&, const v1::SetTranslationRequest& request,
                                            Transaction& tx) {
  ASSIGN_OR_RETURN(const Minutes minutes, DraftOf(request.name(), tx));
  ASSIGN_OR_RETURN(MinutesEntry entry, tx.Get<MinutesEntry>(request.name(), request.etag()));
  Translation* text = nullptr;
  for (Translation& each : *entry.mutable_translations()) {
    if (each.language() == request.translation().language()) text = &each;
  }
  if (text == nullptr) text = entry.add_translations();
  *text = request.translation();
  text->set_outdated(false);
  RETURN_IF_ERROR(CheckEntry(minutes, entry, tx));
  return tx.Put(std::move(entry));
}

absl::StatusOr<google::protobuf::Empty> DeleteEntry(const Caller&,
                                                    const v1::DeleteEntryRequest& request,
                                                    Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes minutes, DraftOf(request.name(), tx));
  RETURN_IF_ERROR(tx.Get<MinutesEntry>(request.name(), request.etag()).status());
  RETURN_IF_ERROR(tx.Delete(request.name()));
  minutes.set_entry_count(minutes.entry_count() - 1);
  RETURN_IF_ERROR(tx.PutMessage(minutes).status());
  return google::protobuf::Empty();
}

}  // namespace neshast
