// The entries of a draft.
#pragma once

#include <google/protobuf/empty.pb.h>

#include <string>

#include "absl/status/statusor.h"
#include "neshast/v1/minutes_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// The methods of MinutesService of these names.
absl::StatusOr<v1::MinutesEntry> CreateEntry(const Caller& caller,
                                             const v1::CreateEntryRequest& request,
                                             Transaction& tx);
absl::StatusOr<v1::MinutesEntry> UpdateEntry(const Caller& caller,
                                             const v1::UpdateEntryRequest& request,
                                             Transaction& tx);
absl::StatusOr<v1::MinutesEntry> SetTranslation(const Caller& caller,
                                                const v1::SetTranslationRequest& request,
                                                Transaction& tx);
absl::StatusOr<google::protobuf::Empty> DeleteEntry(const Caller& caller,
                                                    const v1::DeleteEntryRequest& request,
                                                    Transaction& tx);

// Stores `entry`, new in `minutes`, which count it. RESOURCE_EXHAUSTED / MINUTES_FULL.
absl::StatusOr<v1::MinutesEntry> AddEntry(v1::MinutesEntry entry, v1::Minutes minutes,
                                          Transaction& tx);

}  // namespace neshast
