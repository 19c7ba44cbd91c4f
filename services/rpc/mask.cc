#include "rpc/mask.h"

#include <google/protobuf/util/field_mask_util.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "neshast/v1/rules.pb.h"
#include "rpc/validate.h"

namespace neshast {
namespace {

using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;

using Path = std::vector<const google::protobuf::FieldDescriptor*>;

// Whether no client may change what stands at `path`.
bool IsOurs(const Path& path) {
  return path.front()->name() == "name" || path.front()->name() == "etag" ||
         std::any_of(path.begin(), path.end(), [](const auto* field) {
           return field->options().GetExtension(v1::rules).output_only();
         });
}

FieldMask WholeMask(const Message& from, bool populated_only) {
  FieldMask mask;
  for (int i = 0; i < from.GetDescriptor()->field_count(); ++i) {
    const auto* field = from.GetDescriptor()->field(i);
    const bool populated = field->is_repeated() ? from.GetReflection()->FieldSize(from, field) > 0
                                                : from.GetReflection()->HasField(from, field);
    if (populated || !populated_only) mask.add_paths(field->name());
  }
  return mask;
}

absl::Status UnknownPath(const std::string& path) {
  return Error(absl::StatusCode::kInvalidArgument,
               absl::StrCat("The mask names \"", path, "\", which cannot be changed."),
               {.reason = "INVALID_FIELD",
                .metadata = {},
                .violations = {{"update_mask", absl::StrCat("No field \"", path, "\".")}}});
}

}  // namespace

absl::Status ApplyMask(const FieldMask& mask, const Message& from, Message& to) {
  const bool all = mask.paths_size() == 1 && mask.paths(0) == "*";
  FieldMask asked = mask.paths().empty() || all ? WholeMask(from, !all) : mask;
  FieldMask kept;
  for (const std::string& path : asked.paths()) {
    Path fields;
    // The empty path is valid to protobuf, and names nothing.
    if (!FieldMaskUtil::GetFieldDescriptors(from.GetDescriptor(), path, &fields) ||
        fields.empty()) {
      return UnknownPath(path);
    }
    if (!IsOurs(fields)) kept.add_paths(path);
  }
  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  const std::unique_ptr<Message> source(from.New());
  source->CopyFrom(from);
  ClearOutputOnly(*source);
  FieldMaskUtil::MergeMessageTo(*source, kept, options, &to);
  return absl::OkStatus();
}

}  // namespace neshast
