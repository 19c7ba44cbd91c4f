// A document kept, and the partnership that follows it.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "neshast/v1/document.pb.h"
#include "store/store.h"

namespace neshast {

// Puts `document` as it stands on `today`, and in the same transaction raises the partnership of
// the one other city where it has two parties. `may_fall`: a partnership that no document keeps in
// force any more falls asleep.
absl::StatusOr<v1::Document> Keep(v1::Document document, const std::string& today, bool may_fall,
                                  Transaction& tx);

}  // namespace neshast
