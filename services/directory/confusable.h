// Names that look the same and are not: a false city writes its name with a Cyrillic letter, or
// with another apostrophe than Xi'an has. Who enters such a name is warned, never refused.
#pragma once

#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "store/store.h"

namespace neshast {

// What two names have in common exactly when a reader cannot tell them apart: the skeleton of
// Unicode UTS #39 (ICU's table), without characters that are not seen, such as the joiners of
// Persian. Not for people to read.
std::string SkeletonOf(absl::string_view name);

// The names that a City, an Organization (in every language) or a Person (in its own script and in
// Latin letters) goes by; none of anything else.
std::set<std::string> NamesOf(const google::protobuf::Message& resource);

// The list in which everything stands that goes by a name with the skeleton of `name`.
std::string LookAlikesOf(absl::string_view name);

// The lists in which `resource` stands by its names.
std::set<std::string> LookAlikesIn(const google::protobuf::Message& resource);

// The names of the resources of `kind` among those that look like `resource` in one of its names
// and differ from it there; sorted. Itself aside.
template <class Resource>
absl::StatusOr<std::set<std::string>> ConfusableWith(const Resource& resource, Transaction& tx) {
  std::set<std::string> found;
  for (const std::string& name : NamesOf(resource)) {
    ASSIGN_OR_RETURN(const auto others, tx.List<Resource>({.kind = Resource::descriptor()->name(),
                                                           .list = LookAlikesOf(name),
                                                           .limit = 100}));
    for (const Resource& other : others) {
      if (other.name() == resource.name()) continue;
      for (const std::string& theirs : NamesOf(other)) {
        if (theirs != name && SkeletonOf(theirs) == SkeletonOf(name)) found.insert(other.name());
      }
    }
  }
  return found;
}

// `resource`, as an answer, with its warning; anything that has none as it is.
template <class Resource>
absl::StatusOr<Resource> WithWarning(Resource resource, Transaction& tx) {
  if constexpr (requires { resource.confusable_with(); }) {
    ASSIGN_OR_RETURN(const auto found, ConfusableWith(resource, tx));
    resource.mutable_confusable_with()->Assign(found.begin(), found.end());
  }
  return resource;
}

}  // namespace neshast
