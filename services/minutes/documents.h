// Minutes and entries as they lie in the store, and what several of their methods ask of them.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "neshast/v1/minutes.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

inline constexpr int kMostEntries = 5000;
inline constexpr int kMostMinutes = 9;  // of a session: the first and its amendments

// "sessions/x/minutes/1".
std::string MinutesName(const std::string& session, int number);

// "sessions/x" for "sessions/x/minutes/1".
std::string SessionOfMinutes(const std::string& minutes);

// The newest minutes of a session. NOT_FOUND / RESOURCE_NOT_FOUND (of the first) where it has none.
absl::StatusOr<v1::Minutes> NewestMinutes(const std::string& session, Transaction& tx);

// The minutes that the entry of this name stands in.
absl::StatusOr<v1::Minutes> MinutesOfEntry(const std::string& entry, Transaction& tx);

// All entries in the order in which they are to be read: by place, then by name.
absl::StatusOr<std::vector<v1::MinutesEntry>> EntriesOf(const v1::Minutes& minutes,
                                                        Transaction& tx);

// Gives minutes the state `state`, and every entry too: who may see one changes with it.
absl::Status SetState(v1::Minutes::State state, v1::Minutes& minutes, Transaction& tx);

// Writes who may see `minutes` into every one of its entries.
absl::Status StampEntries(const v1::Minutes& minutes, Transaction& tx);

// FAILED_PRECONDITION / NOT_A_PARTY (metadata: city) where `city` is no party or has withdrawn.
absl::Status CheckParty(const v1::Minutes& minutes, const std::string& city);

// The party that `city` is, or that.
absl::StatusOr<v1::MinutesParty*> PartyOf(v1::Minutes& minutes, const std::string& city);

// FAILED_PRECONDITION / WRONG_STATE (metadata: state): only `may`, such as "a draft can be
// changed".
absl::Status WrongState(const v1::Minutes& minutes, absl::string_view may);

// That, unless the minutes are a draft.
absl::Status CheckDraft(const v1::Minutes& minutes);

// RESOURCE_EXHAUSTED / MINUTES_FULL (metadata: of, limit).
absl::Status Full(const std::string& of, int64_t limit);

// INVALID_ARGUMENT / INVALID_FIELD with this one violation.
absl::Status InvalidField(const std::string& field, const std::string& why);

// PERMISSION_DENIED / ACTION_FORBIDDEN with this sentence.
absl::Status Forbidden(absl::string_view sentence);

// Whether the time for corrections of the present version is over.
bool IsClosed(const v1::Minutes& minutes, absl::Time now);

}  // namespace neshast
