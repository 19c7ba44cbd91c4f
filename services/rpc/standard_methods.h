// The standard methods (AIP-131 to 135) of a resource, written once for all resources.
#pragma once

#include <google/protobuf/empty.pb.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "rpc/mask.h"
#include "rpc/page.h"
#include "rpc/policy.h"
#include "rpc/validate.h"
#include "store/store.h"

namespace neshast {

// ALREADY_EXISTS / RESOURCE_EXISTS if something stands at `name`.
inline absl::Status CheckFree(Transaction& tx, const std::string& name) {
  const auto taken = tx.GetDocument(name);
  if (absl::IsNotFound(taken.status())) return absl::OkStatus();
  RETURN_IF_ERROR(taken.status());
  return Error(absl::StatusCode::kAlreadyExists, absl::StrCat("The name ", name, " is taken."),
               {.reason = "RESOURCE_EXISTS", .metadata = {{"name", name}}, .violations = {}});
}

// `changed` as stored, or, where `validate_only`, as it would be.
template <class Resource>
absl::StatusOr<Resource> PutUnless(bool validate_only, Resource changed, Transaction& tx) {
  if (!validate_only) return tx.Put(std::move(changed));
  changed.clear_etag();
  return changed;
}

// Creates `resource` under the name `name` for `caller`.
template <class Resource>
absl::StatusOr<Resource> Create(const Caller& caller, v1::Action action, Resource resource,
                                std::string name, Transaction& tx) {
  ClearOutputOnly(resource);
  resource.set_name(std::move(name));
  RETURN_IF_ERROR(CheckMay(caller, action, ObjectOf(resource), resource.name()));
  RETURN_IF_ERROR(CheckFree(tx, resource.name()));
  return tx.Put(std::move(resource));
}

// Changes the resource that `changed` names, by its mask.
template <class Resource>
absl::StatusOr<Resource> Merge(const Resource& changed, const google::protobuf::FieldMask& mask,
                               Transaction& tx) {
  ASSIGN_OR_RETURN(Resource resource, tx.Get<Resource>(changed.name(), changed.etag()));
  RETURN_IF_ERROR(ApplyMask(mask, changed, resource));
  return resource;
}

// A page of resources; `query` says which. The caller's own view is the adaptor's matter.
template <class Resource>
absl::StatusOr<std::pair<std::vector<Resource>, std::string>> ListPage(ListQuery query,
                                                                       int page_size,
                                                                       const std::string& token,
                                                                       Transaction& tx) {
  const std::string binding =
      absl::StrCat(query.kind, "|", query.parent, "|", query.list.value_or(""));
  ASSIGN_OR_RETURN(const Page page, ReadPage(page_size, token, binding));
  query.after = page.after;
  query.limit = page.size + 1;  // one more tells whether there is a next page
  ASSIGN_OR_RETURN(std::vector<Resource> resources, tx.List<Resource>(query));
  std::string next;
  if (resources.size() > static_cast<size_t>(page.size)) {
    resources.pop_back();
    next = PageToken(resources.back().name(), binding);
  }
  return std::make_pair(std::move(resources), std::move(next));
}

}  // namespace neshast
