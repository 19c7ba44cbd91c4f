#include "minutes/documents.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "errors.h"

namespace neshast {

using v1::Minutes;
using v1::MinutesEntry;

std::string MinutesName(const std::string& session, int number) {
  return absl::StrCat(session, "/minutes/", number);
}

std::string SessionOfMinutes(const std::string& minutes) {
  return ParentOf(minutes);
}

absl::StatusOr<Minutes> NewestMinutes(const std::string& session, Transaction& tx) {
  ASSIGN_OR_RETURN(Minutes newest, tx.Get<Minutes>(MinutesName(session, 1)));
  for (int number = 2; number <= kMostMinutes; ++number) {
    auto next = tx.Get<Minutes>(MinutesName(session, number));
    if (absl::IsNotFound(next.status())) break;
    ASSIGN_OR_RETURN(newest, std::move(next));
  }
  return newest;
}

absl::StatusOr<Minutes> MinutesOfEntry(const std::string& entry, Transaction& tx) {
  return tx.Get<Minutes>(ParentOf(entry));
}

absl::StatusOr<std::vector<MinutesEntry>> EntriesOf(const Minutes& minutes, Transaction& tx) {
  ASSIGN_OR_RETURN(
      std::vector<MinutesEntry> entries,
      tx.List<MinutesEntry>(
          {.kind = "MinutesEntry", .parent = minutes.name(), .limit = kMostEntries + 1}));
  std::sort(entries.begin(), entries.end(), [](const MinutesEntry& a, const MinutesEntry& b) {
    return std::forward_as_tuple(a.place(), a.name()) < std::forward_as_tuple(b.place(), b.name());
  });
  return entries;
}

absl::Status StampEntries(const Minutes& minutes, Transaction& tx) {
  ASSIGN_OR_RETURN(std::vector<MinutesEntry> entries, EntriesOf(minutes, tx));
  for (MinutesEntry& entry : entries) {
    *entry.mutable_circle() = minutes.circle();
    RETURN_IF_ERROR(tx.PutMessage(entry).status());
  }
  return absl::OkStatus();
}

absl::Status SetState(Minutes::State state, Minutes& minutes, Transaction& tx) {
  minutes.set_state(state);
  minutes.mutable_circle()->set_state(state);
  return StampEntries(minutes, tx);
}

absl::Status CheckParty(const Minutes& minutes, const std::string& city) {
  for (const v1::MinutesParty& party : minutes.parties()) {
    if (party.city() == city && party.state() != v1::MinutesParty::STATE_WITHDRAWN) {
      return absl::OkStatus();
    }
  }
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(city, " is no party to the minutes, or has withdrawn from them."),
               {.reason = "NOT_A_PARTY", .metadata = {{"city", city}}, .violations = {}});
}

absl::StatusOr<v1::MinutesParty*> PartyOf(Minutes& minutes, const std::string& city) {
  RETURN_IF_ERROR(CheckParty(minutes, city));
  auto& parties = *minutes.mutable_parties();
  return &*std::find_if(parties.begin(), parties.end(),
                        [&](const v1::MinutesParty& party) { return party.city() == city; });
}

absl::Status WrongState(const Minutes& minutes, absl::string_view may) {
  const std::string state = Minutes::State_Name(minutes.state());
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The minutes are in ", state, ": only ", may, "."),
               {.reason = "WRONG_STATE", .metadata = {{"state", state}}, .violations = {}});
}

absl::Status CheckDraft(const Minutes& minutes) {
  if (minutes.state() == Minutes::STATE_DRAFT) return absl::OkStatus();
  return WrongState(minutes, "a draft can be changed");
}

absl::Status Full(const std::string& of, int64_t limit) {
  return Error(absl::StatusCode::kResourceExhausted,
               absl::StrCat("Minutes hold at most ", limit, " ", of, "."),
               {.reason = "MINUTES_FULL",
                .metadata = {{"of", of}, {"limit", absl::StrCat(limit)}},
                .violations = {}});
}

absl::Status InvalidField(const std::string& field, const std::string& why) {
  return Error(absl::StatusCode::kInvalidArgument, absl::StrCat(field, ": ", why),
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = {{field, why}}});
}

absl::Status Forbidden(absl::string_view sentence) {
  return Error(absl::StatusCode::kPermissionDenied, sentence,
               {.reason = "ACTION_FORBIDDEN", .metadata = {}, .violations = {}});
}

bool IsClosed(const Minutes& minutes, absl::Time now) {
  return absl::ToUnixSeconds(now) >= minutes.close_time().seconds();
}

}  // namespace neshast
