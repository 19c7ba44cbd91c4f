// A sync token that is accepted names a revision there has been, and each of ours is read back.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "changes/sync_token.h"

namespace {

constexpr char kEpoch[] = "5f2c61";
constexpr int64_t kNewest = 1000;

// What a client sends, whatever it is.
void ReadAny(const std::string& token) {
  const auto read = neshast::ReadSyncToken(token, kEpoch, kNewest);
  if (read.ok() && (*read < 0 || *read > kNewest)) std::abort();
  if (!read.ok() && !absl::IsInvalidArgument(read.status()) && !absl::IsOutOfRange(read.status())) {
    std::abort();
  }
}

// A token of ours, of any revision: only those up to the newest are of this history.
void ReadOwn(int64_t revision) {
  const std::string token = neshast::SyncToken(kEpoch, revision);
  const auto read = neshast::ReadSyncToken(token, kEpoch, kNewest);
  const bool ours = revision >= 0 && revision <= kNewest;
  if (read.ok() != ours || (ours && *read != revision)) std::abort();
  const auto other = neshast::ReadSyncToken(token, "another", kNewest);
  if (revision >= 0 && !absl::IsOutOfRange(other.status())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  ReadAny(bytes);
  // Past the Base64 and past the epoch, where random bytes seldom come.
  ReadAny(absl::WebSafeBase64Escape(bytes));
  ReadAny(absl::WebSafeBase64Escape(absl::StrCat("sync|", kEpoch, "|", bytes)));
  int64_t revision = 0;
  std::memcpy(&revision, data, std::min(size, sizeof revision));
  ReadOwn(revision);
  return 0;
}
