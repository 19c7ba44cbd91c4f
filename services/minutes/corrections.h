// What parties would have otherwise: corrections, kept side by side, and annexed statements.
#pragma once

#include "absl/status/statusor.h"
#include "neshast/v1/minutes_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// The methods of MinutesService of these names.
absl::StatusOr<v1::MinutesEntry> FileCorrection(const Caller& caller,
                                                const v1::FileCorrectionRequest& request,
                                                Transaction& tx);
absl::StatusOr<v1::MinutesEntry> DecideCorrection(const Caller& caller,
                                                  const v1::DecideCorrectionRequest& request,
                                                  Transaction& tx);
absl::StatusOr<v1::MinutesEntry> AnnexStatement(const Caller& caller,
                                                const v1::AnnexStatementRequest& request,
                                                Transaction& tx);

// Writes the corrections of `entry` that were accepted into its texts. Whether there were any.
bool ApplyAccepted(v1::MinutesEntry& entry);

}  // namespace neshast
