// How a search is answered from postings, alike on every engine: an engine only reads rows.
//
// The rank is BM25 with a fixed average length and a fixed number of documents, and with the
// frequency of a word among what the caller may see: what is hidden moves nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "store/store.h"

namespace neshast {

// Documents with the same readers and labels stand on one shelf.
struct Shelf {
  std::vector<std::string> readers;
  std::vector<std::string> labels;
};

// A shelf as one text and back: the readers one a line, an empty line, the labels one a line.
std::string ShelfText(const Searchable& searchable);
Shelf ShelfOf(absl::string_view text);

// Positions as bytes, small where they are near each other, and back.
std::string PackPositions(const std::vector<int>& positions);
std::vector<int> UnpackPositions(absl::string_view bytes);

// One row of the postings; `positions` packed, valid during the call only.
struct PostingRow {
  int64_t document = 0;
  int64_t shelf = 0;
  int weight = 0;
  absl::string_view positions;
};

// What an engine reads for a search.
class PostingSource {
 public:
  virtual ~PostingSource() = default;

  // Every posting of `word`, or of every word that begins so.
  virtual absl::Status Postings(const SoughtWord& word,
                                const std::function<void(const PostingRow&)>& take) = 0;
  virtual absl::StatusOr<std::string> ShelfTextOf(int64_t shelf) = 0;
  // When the document begins and ends.
  virtual absl::StatusOr<std::pair<std::string, std::string>> DatesOf(int64_t document) = 0;
  virtual absl::StatusOr<std::string> NameOf(int64_t document) = 0;
};

absl::StatusOr<SearchAnswer> AnswerSearch(const SearchQuery& query, PostingSource& source);

}  // namespace neshast
