#include "cli/words.h"

#include <cmath>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace neshast::cli {

std::string ResourceName(const std::string& collection, const std::string& id) {
  return absl::StrContains(id, '/') ? id : absl::StrCat(collection, "/", id);
}

std::string IdOf(const std::string& name) {
  return name.substr(name.rfind('/') + 1);
}

std::string TextOf(const v1::LocalizedText& text) {
  const auto& texts = text.texts();
  for (const std::string& language : {std::string("en"), text.original()}) {
    if (const auto found = texts.find(language); found != texts.end()) return found->second;
  }
  return texts.empty() ? "" : texts.begin()->second;
}

v1::LocalizedText LocalizedTextOf(const std::vector<std::string>& given) {
  v1::LocalizedText text;
  for (const std::string& each : given) {
    const size_t equals = each.find('=');
    const bool named = equals != std::string::npos;
    (*text.mutable_texts())[named ? each.substr(0, equals) : "en"] =
        named ? each.substr(equals + 1) : each;
  }
  return text;
}

std::string Enumerated(const std::vector<std::string>& items) {
  std::string text;
  for (size_t i = 0; i < items.size(); ++i) {
    const char* before = i == 0 ? "" : i + 1 == items.size() ? " and " : ", ";
    absl::StrAppend(&text, before, items[i]);
  }
  return text;
}

std::string Counted(int64_t count, const std::string& noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

std::string PointsInWords(double points) {
  return absl::StrCat(std::round(points * 10) / 10);
}

std::string WordOf(const google::protobuf::EnumDescriptor& type, int value) {
  constexpr size_t kZeroSuffix = std::string_view("UNSPECIFIED").size();
  const size_t prefix = type.FindValueByNumber(0)->name().size() - kZeroSuffix;
  const auto* found = type.FindValueByNumber(value);
  if (found == nullptr) return absl::StrCat(value);  // Of a newer server.
  return absl::StrReplaceAll(absl::AsciiStrToLower(found->name().substr(prefix)), {{"_", "-"}});
}

std::vector<std::string> WordsOf(const google::protobuf::EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 1; i < type.value_count(); ++i) {
    words.push_back(WordOf(type, type.value(i)->number()));
  }
  return words;
}

}  // namespace neshast::cli
