// Minutes are sealed: their text is fixed, with the log's chain, by the server's key.
#pragma once

#include "absl/status/statusor.h"
#include "minutes/seal_key.h"
#include "neshast/v1/minutes_service.pb.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// The methods of MinutesService of these names.
absl::StatusOr<v1::Minutes> SealMinutes(SealKey& key, const v1::SealMinutesRequest& request,
                                        Transaction& tx);
absl::StatusOr<v1::ExportSealedResponse> ExportSealed(const Caller& caller,
                                                      const v1::ExportSealedRequest& request,
                                                      Transaction& tx);

}  // namespace neshast
