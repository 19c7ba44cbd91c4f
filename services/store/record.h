// What every engine does with a message before it writes it: one body, one digest, a sound index.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"
#include "store/store.h"

namespace neshast {

// A message ready to be written.
struct Record {
  std::string name;
  std::string kind;
  std::string parent;
  std::string body;    // without its etag; the same bytes for the same message
  std::string digest;  // SHA-256 of the body
  Index index;         // lists, audience, labels and words sorted and unique, occupancy by (begins,
                       // party)
};

// Prepares `message`. Of several intervals of one party that begin together one remains: as strong,
// as long and as lasting as any of them.
//
// INTERNAL: no `name`, a word posted twice, an interval that does not end after it begins or is
// longer than kLongestOccupancy, a party, list, audience, word or label that is empty or holds a
// line break. They are defects of the caller or of the indexer, never of a client.
absl::StatusOr<Record> MakeRecord(const google::protobuf::Message& message, const Indexer& indexer);

// A list of labels as one text and back: one a line.
std::string JoinLines(const std::vector<std::string>& labels);
std::vector<std::string> SplitLines(absl::string_view text);

}  // namespace neshast
