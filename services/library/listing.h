// What a caller may see of the library, the newest first. Internal to library.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "rpc/caller.h"
#include "store/store.h"

namespace neshast {

// What to list: of `kind`, with, where they are not empty, this city and this topic.
struct Listing {
  std::string kind;
  std::string city = {};
  std::string topic = {};
  int page_size = 0;
  std::string page_token = {};
};

// A page of names and the token of the next page. What the caller may not see is in neither.
absl::StatusOr<std::pair<std::vector<std::string>, std::string>> ListNames(const Caller& caller,
                                                                           const Listing& listing,
                                                                           Transaction& tx);

// The resources of that page.
template <class Resource>
absl::StatusOr<std::pair<std::vector<Resource>, std::string>> ListNewest(const Caller& caller,
                                                                         const Listing& listing,
                                                                         Transaction& tx) {
  ASSIGN_OR_RETURN(auto page, ListNames(caller, listing, tx));
  std::vector<Resource> resources;
  for (const std::string& name : page.first) {
    ASSIGN_OR_RETURN(Resource resource, tx.Get<Resource>(name));
    resources.push_back(std::move(resource));
  }
  return std::make_pair(std::move(resources), std::move(page.second));
}

}  // namespace neshast
