#include "changes/sync_token.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "errors.h"

namespace neshast {

std::string SyncToken(const std::string& epoch, int64_t revision) {
  return absl::WebSafeBase64Escape(absl::StrCat("sync|", epoch, "|", revision));
}

absl::StatusOr<int64_t> ReadSyncToken(const std::string& token, const std::string& epoch,
                                      int64_t newest) {
  if (token.empty()) return 0;
  std::string text;
  int64_t revision = 0;
  std::vector<std::string> parts;
  if (absl::WebSafeBase64Unescape(token, &text)) parts = absl::StrSplit(text, '|');
  if (parts.size() != 3 || parts[0] != "sync" || !absl::SimpleAtoi(parts[2], &revision) ||
      revision < 0) {
    return Error(absl::StatusCode::kInvalidArgument, "This is no sync token of ours.",
                 {.reason = "INVALID_FIELD",
                  .metadata = {},
                  .violations = {{"sync_token", "It is no sync token."}}});
  }
  if (parts[1] != epoch || revision > newest) {
    return Error(absl::StatusCode::kOutOfRange,
                 "The sync token is of a history that is gone: start over with an empty one.",
                 {.reason = "SYNC_TOKEN_EXPIRED", .metadata = {}, .violations = {}});
  }
  return revision;
}

}  // namespace neshast
