#include "library/listing.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "rpc/page.h"
#include "search/readers.h"
#include "search/subject.h"

namespace neshast {

absl::StatusOr<std::pair<std::vector<std::string>, std::string>> ListNames(const Caller& caller,
                                                                           const Listing& listing,
                                                                           Transaction& tx) {
  const std::string binding = absl::StrCat(listing.kind, "|", listing.city, "|", listing.topic);
  ASSIGN_OR_RETURN(const Page page, ReadPage(listing.page_size, listing.page_token, binding));
  SearchQuery query{
      .terms = {{{{WordOfLabel(listing.kind)}}}}, .readers = ReadersOf(caller), .limit = page.size};
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &query.offset)) {
    return absl::InternalError("A page token of ours holds no number.");
  }
  if (!listing.city.empty()) query.labels.push_back({absl::StrCat(kCityLabel, listing.city)});
  if (!listing.topic.empty()) query.labels.push_back({absl::StrCat(kTopicLabel, listing.topic)});
  ASSIGN_OR_RETURN(SearchAnswer answer, tx.Search(query));
  std::string next;
  if (query.offset + page.size < answer.total) {
    next = PageToken(absl::StrCat(query.offset + page.size), binding);
  }
  return std::make_pair(std::move(answer.names), std::move(next));
}

}  // namespace neshast
