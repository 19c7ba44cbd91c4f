// Lists with filters that no index answers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "rpc/page.h"
#include "rpc/policy.h"
#include "store/store.h"

namespace neshast {

// Whether `caller` may see `resource`, at least masked.
template <class Resource>
bool Sees(const Caller& caller, v1::Action action, const Resource& resource) {
  const Verdict verdict = Authorize(caller, action, ObjectOf(resource));
  return verdict == Verdict::kAllow || verdict == Verdict::kMasked;
}

// The page that `request` asks for of those resources of `query` that `wanted`, a function
// absl::StatusOr<bool>(Resource&), takes; it may change them. Pages are full, so that what was not
// taken leaves no gap to be counted.
template <class Resource, class Request, class Wanted>
absl::StatusOr<std::pair<std::vector<Resource>, std::string>> FilteredPage(ListQuery query,
                                                                           const Request& request,
                                                                           const Wanted& wanted,
                                                                           Transaction& tx) {
  Request asked = request;
  asked.clear_page_size();
  asked.clear_page_token();
  const std::string binding =
      absl::StrCat(Request::descriptor()->name(), "|", asked.SerializeAsString());
  ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token(), binding));
  query.after = page.after;
  query.limit = page.size + 1;
  std::vector<Resource> found;
  const size_t most = static_cast<size_t>(page.size);
  for (bool more = true; more && found.size() <= most;) {
    ASSIGN_OR_RETURN(std::vector<Resource> batch, tx.List<Resource>(query));
    more = batch.size() == static_cast<size_t>(query.limit);
    if (more) query.after = batch.back().name();
    for (Resource& each : batch) {
      ASSIGN_OR_RETURN(const bool taken, wanted(each));
      if (taken) found.push_back(std::move(each));
    }
  }
  if (found.size() <= most) return std::make_pair(std::move(found), std::string());
  found.resize(most);
  std::string next = PageToken(found.back().name(), binding);
  return std::make_pair(std::move(found), std::move(next));
}

}  // namespace neshast
