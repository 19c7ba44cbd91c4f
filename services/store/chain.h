// The chain of hashes through the log: whoever alters an entry, or a document behind the log's
// back, breaks it at that revision. The end of the chain proves the whole; an engine has no part in
// this.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "store/store.h"

namespace neshast {

// 32 bytes, not hexadecimal.
std::string Sha256(absl::string_view bytes);

// The hash of `change`: SHA-256 over `previous_hash` (empty for revision 1) and every field of the
// change but its hash. Numbers are 8 bytes, little-endian, the time in Unix microseconds; texts and
// lists are preceded by their length, so that no two changes have one encoding.
std::string ChainHash(absl::string_view previous_hash, const Change& change);

struct VerifiedLog {
  int64_t revision = 0;   // the newest, 0 in an empty store
  std::string hash;       // its hash: whoever kept it elsewhere can compare
  int64_t documents = 0;  // that are live, each equal to its newest entry
};

// Walks the whole log: revisions without gaps, every hash, every document against the newest entry
// of its name. Time grows with the log, memory hardly. Indexes (lists, occupancy) are not read:
// they follow from the documents.
//
// DATA_LOSS / LOG_BROKEN, with metadata `revision`: the first revision that is not as it was
// written.
absl::StatusOr<VerifiedLog> VerifyLog(Transaction& transaction);

}  // namespace neshast
