#include "rpc/references.h"

#include <google/protobuf/descriptor.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "neshast/v1/rules.pb.h"

namespace neshast {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void Collect(const Message& message, const std::string& path, bool top,
             std::vector<std::pair<std::string, std::string>>& found) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const v1::FieldRules& rules = field->options().GetExtension(v1::rules);
    if (rules.output_only() || field->is_map() || (top && field->name() == "name")) continue;
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      std::string at = absl::StrCat(path, path.empty() ? "" : ".", field->name());
      if (field->is_repeated()) absl::StrAppend(&at, "[", i, "]");
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Collect(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                     : reflection->GetMessage(message, field),
                at, false, found);
      } else if (!rules.resource().empty()) {
        found.emplace_back(at, field->is_repeated()
                                   ? reflection->GetRepeatedString(message, field, i)
                                   : reflection->GetString(message, field));
      }
    }
  }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ReferencesOf(const Message& resource,
                                                              const std::string& path) {
  std::vector<std::pair<std::string, std::string>> found;
  Collect(resource, path, true, found);
  return found;
}

absl::Status CheckReferences(const Message& resource, const std::string& path, Transaction& tx) {
  ErrorDetail detail{.reason = "REFERENCE_NOT_FOUND", .metadata = {}, .violations = {}};
  std::string missing;
  std::set<std::string> there;
  for (const auto& [field, name] : ReferencesOf(resource, path)) {
    if (there.count(name) != 0) continue;
    const auto document = tx.GetDocument(name);
    if (document.ok()) {
      there.insert(name);
    } else if (!absl::IsNotFound(document.status())) {
      return document.status();
    } else {
      detail.metadata = {{"field", field}, {"name", name}};
      detail.violations.push_back({field, absl::StrCat("There is no ", name, ".")});
      absl::StrAppend(&missing, missing.empty() ? "" : ", ", name);
    }
  }
  if (detail.violations.empty()) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("The request names what does not exist: ", missing, "."), detail);
}

absl::Status CheckUnused(const std::string& name, Transaction& tx) {
  for (const char* kind : {"Session", "Person", "Organization", "ExpertGroup", "Network", "Hold",
                           "Principal", "Series", "Proposal", "Practice", "Initiative", "Minutes",
                           "MinutesEntry", "Document", "Letter", "Commitment"}) {
    ASSIGN_OR_RETURN(
        const auto referrers,
        tx.ListDocuments(
            {.kind = kind, .parent = "", .list = ReferrersOf(name), .after = "", .limit = 1}));
    if (referrers.empty()) continue;
    // Of the library the name alone might tell what not everybody may know of.
    std::string referrer = referrers[0].name;
    if (referrers[0].kind == "Practice") referrer = "practices/-";
    if (referrers[0].kind == "Initiative") referrer = "initiatives/-";
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat(referrer, " refers to ", name, "; change that first."),
                 {.reason = "RESOURCE_IN_USE",
                  .metadata = {{"name", name}, {"referrer", referrer}},
                  .violations = {}});
  }
  return absl::OkStatus();
}

std::string ReferrersOf(const std::string& name) {
  return absl::StrCat("refers@", name);
}

}  // namespace neshast
