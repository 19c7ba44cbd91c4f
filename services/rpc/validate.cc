#include "rpc/validate.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "errors.h"
#include "neshast/v1/rules.pb.h"
#include "rpc/text_rules.h"

namespace neshast {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kMostViolations = 100;
constexpr int kMostItems = 1000;
constexpr int kDeepest = 16;
constexpr int64_t kYear1900 = -2208988800;
constexpr int64_t kYear2200 = 7258118400;

// Which fields of an updated resource are taken, and so must be there if they are required.
// Everywhere else, everything required must be there.
struct Taken {
  const FieldMask* mask = nullptr;  // null: everything
  std::string prefix = {};          // path within the resource: "start_time."

  bool Whole(const std::string& field) const {
    if (mask == nullptr) return true;
    const std::string path = prefix + field;
    for (const std::string& taken : mask->paths()) {
      if (taken == "*" || taken == path || absl::StartsWith(path, taken + ".")) return true;
    }
    // Without a mask, what is populated is taken, each field whole.
    return mask->paths().empty() && !prefix.empty();
  }
  Taken Inside(const std::string& field) const {
    return Whole(field) ? Taken{} : Taken{mask, prefix + field + "."};
  }
};

// What is taken of the message field `field` of a request.
Taken TakenOf(const Message& request, const FieldDescriptor& field) {
  const FieldDescriptor* mask = request.GetDescriptor()->FindFieldByName("update_mask");
  if (mask == nullptr || mask == &field) return {};
  return {&static_cast<const FieldMask&>(request.GetReflection()->GetMessage(request, mask))};
}

class Checker {
 public:
  void Check(const Message& message, const std::string& path, const Taken& taken, int depth) {
    if (depth > kDeepest) return Bad(path, "It is nested too deeply.");
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->field(i);
      v1::FieldRules rules = field->options().GetExtension(v1::rules);
      if (rules.output_only()) continue;
      if (!taken.Whole(field->name())) {
        rules.set_required(false);
        rules.set_min_items(0);
      }
      // An update must name what it changes, though a creation need not.
      if (depth == 1 && taken.mask != nullptr && field->name() == "name") rules.set_required(true);
      const std::string name =
          path.empty() ? field->name() : absl::StrCat(path, ".", field->name());
      if (field->is_map()) {
        CheckMap(message, field, rules, name);
      } else if (field->is_repeated()) {
        CheckRepeated(message, field, rules, name, depth);
      } else {
        CheckOne(message, field, rules, name,
                 depth == 0 ? TakenOf(message, *field) : taken.Inside(field->name()), depth);
        CheckOrder(message, *field, rules.after(), name);
      }
    }
  }

  std::vector<FieldViolation> Take() { return std::move(violations_); }
  bool cut() const { return cut_; }  // there are more than were listed

 private:
  void Bad(const std::string& path, std::string why) {
    if (violations_.size() == kMostViolations) {
      cut_ = true;
    } else {
      violations_.push_back({path, std::move(why)});
    }
  }

  void CheckCount(int count, const v1::FieldRules& rules, const std::string& path) {
    const int most = rules.max_items() == 0 ? kMostItems : static_cast<int>(rules.max_items());
    if (count < static_cast<int>(rules.min_items()) || (rules.required() && count == 0)) {
      Bad(path,
          absl::StrCat("It needs at least ", std::max(1u, rules.min_items()), " element(s)."));
    }
    if (count > most) {
      Bad(path, absl::StrCat("It has ", count, " elements; at most ", most, " are allowed."));
    }
  }

  void CheckText(const v1::FieldRules& rules, const std::string& text, const std::string& path) {
    std::string why = WhyBadText(rules, text);
    if (!why.empty()) Bad(path, std::move(why));
  }

  // Our maps are texts by language.
  void CheckMap(const Message& message, const FieldDescriptor* field, const v1::FieldRules& rules,
                const std::string& path) {
    const Reflection* reflection = message.GetReflection();
    const int count = reflection->FieldSize(message, field);
    CheckCount(count, rules, path);
    v1::FieldRules key_rules;
    key_rules.set_required(true);
    key_rules.set_language(true);
    v1::FieldRules text_rules;
    text_rules.set_required(true);
    text_rules.set_max_text(rules.max_text());
    for (int i = 0; i < std::min(count, kMostItems); ++i) {
      const Message& entry = reflection->GetRepeatedMessage(message, field, i);
      const auto* type = entry.GetDescriptor();
      const std::string key = entry.GetReflection()->GetString(entry, type->map_key());
      const std::string at = absl::StrCat(path, "[", key, "]");
      if (const std::string why = WhyBadText(key_rules, key); !why.empty()) {
        Bad(path, absl::StrCat("A language is wrong. ", why));  // no path quotes a bad key
        continue;
      }
      CheckText(text_rules, entry.GetReflection()->GetString(entry, type->map_value()), at);
    }
  }

  void CheckRepeated(const Message& message, const FieldDescriptor* field,
                     const v1::FieldRules& rules, const std::string& path, int depth) {
    const Reflection* reflection = message.GetReflection();
    const int count = reflection->FieldSize(message, field);
    CheckCount(count, rules, path);
    v1::FieldRules item_rules = rules;
    item_rules.set_required(true);
    for (int i = 0; i < std::min(count, kMostItems); ++i) {
      const std::string at = absl::StrCat(path, "[", i, "]");
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Check(reflection->GetRepeatedMessage(message, field, i), at, Taken{}, depth + 1);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        CheckText(item_rules, reflection->GetRepeatedString(message, field, i), at);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
        CheckEnum(reflection->GetRepeatedEnumValue(message, field, i), field, item_rules, at);
      }
    }
  }

  void CheckEnum(int value, const FieldDescriptor* field, const v1::FieldRules& rules,
                 const std::string& path) {
    if (field->enum_type()->FindValueByNumber(value) == nullptr) Bad(path, "It has no such value.");
    if (rules.required() && value == 0) Bad(path, "It is required.");
  }

  void CheckOne(const Message& message, const FieldDescriptor* field, const v1::FieldRules& rules,
                const std::string& path, const Taken& taken, int depth) {
    const Reflection* reflection = message.GetReflection();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        if (field->type() == FieldDescriptor::TYPE_STRING) {
          CheckText(rules, reflection->GetString(message, field), path);
        }
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        CheckEnum(reflection->GetEnumValue(message, field), field, rules, path);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        CheckInteger(reflection->GetInt32(message, field), rules, path);
        break;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (!reflection->HasField(message, field)) {
          if (rules.required()) Bad(path, "It is required.");
        } else {
          CheckMessage(reflection->GetMessage(message, field), rules, path, taken, depth);
        }
        break;
      default:
        break;
    }
  }

  void CheckInteger(int64_t value, const v1::FieldRules& rules, const std::string& path) {
    if (rules.min() == 0 && rules.max() == 0) return;
    if (value < rules.min() || value > rules.max()) {
      Bad(path,
          absl::StrCat("It is ", value, "; it must be ", rules.min(), " to ", rules.max(), "."));
    }
  }

  // Integers of proto3 are always set; a 0 is as good as any other.
  void CheckOrder(const Message& message, const FieldDescriptor& field, const std::string& before,
                  const std::string& path) {
    if (before.empty()) return;
    const FieldDescriptor& first = *message.GetDescriptor()->FindFieldByName(before);
    const Reflection& reflection = *message.GetReflection();
    bool ordered = true;
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
      ordered = reflection.GetInt32(message, &first) < reflection.GetInt32(message, &field);
    } else if (!reflection.HasField(message, &first) || !reflection.HasField(message, &field)) {
      return;
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {  // ISO dates
      ordered = reflection.GetString(message, &first) < reflection.GetString(message, &field);
    } else {
      const auto instant = [&](const FieldDescriptor& each) {
        const auto& time =
            static_cast<const google::protobuf::Timestamp&>(reflection.GetMessage(message, &each));
        return std::pair(time.seconds(), time.nanos());
      };
      ordered = instant(first) < instant(field);
    }
    if (!ordered) Bad(path, absl::StrCat("It must be after ", before, "."));
  }

  void CheckMessage(const Message& message, const v1::FieldRules& rules, const std::string& path,
                    const Taken& taken, int depth) {
    if (message.GetDescriptor() == google::protobuf::Duration::descriptor()) {
      const auto& duration = static_cast<const google::protobuf::Duration&>(message);
      if (duration.nanos() != 0 || duration.seconds() < rules.min_seconds() ||
          (rules.max_seconds() != 0 && duration.seconds() > rules.max_seconds())) {
        Bad(path, absl::StrCat("It must be ", rules.min_seconds(), " to ", rules.max_seconds(),
                               " whole seconds."));
      }
    } else if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
      const auto& time = static_cast<const google::protobuf::Timestamp&>(message);
      if (time.seconds() < kYear1900 || time.seconds() > kYear2200 || time.nanos() < 0 ||
          time.nanos() > 999999999) {
        Bad(path, "It is no time between the years 1900 and 2200.");
      }
    } else {
      Check(message, path, taken, depth + 1);
    }
  }

  std::vector<FieldViolation> violations_;
  bool cut_ = false;
};

}  // namespace

absl::Status Validate(const Message& request) {
  Checker checker;
  checker.Check(request, "", Taken{}, 0);
  std::vector<FieldViolation> violations = checker.Take();
  if (violations.empty()) return absl::OkStatus();
  std::string sentence =
      absl::StrCat(checker.cut() ? "More than " : "", violations.size(), " field(s) are wrong:");
  for (size_t i = 0; i < std::min<size_t>(violations.size(), 5); ++i) {
    absl::StrAppend(&sentence, " ", violations[i].field, ": ", violations[i].description);
  }
  return Error(absl::StatusCode::kInvalidArgument, sentence,
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(violations)});
}

void ClearOutputOnly(Message& message) {
  const Reflection* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->options().GetExtension(v1::rules).output_only()) {
      reflection->ClearField(&message, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_map()) {
      if (!field->is_repeated()) {
        ClearOutputOnly(*reflection->MutableMessage(&message, field));
      } else {
        for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
          ClearOutputOnly(*reflection->MutableRepeatedMessage(&message, field, i));
        }
      }
    }
  }
}

}  // namespace neshast
