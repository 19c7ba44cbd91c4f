#include "directory/confusable.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/person.pb.h"
#include "store/chain.h"

namespace neshast {
namespace {

// Its reading is safe from any thread; nullptr where ICU lacks its data.
const USpoofChecker* Checker() {
  static const USpoofChecker* const checker = [] {
    UErrorCode error = U_ZERO_ERROR;
    return uspoof_open(&error);
  }();
  return checker;
}

icu::UnicodeString WhatIsSeen(absl::string_view name) {
  const auto whole = icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())});
  icu::UnicodeString seen;
  for (int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
    const UChar32 character = whole.char32At(i);
    if (!u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) seen.append(character);
  }
  return seen;
}

std::set<std::string> TextsOf(const v1::LocalizedText& text) {
  std::set<std::string> texts;
  for (const auto& [language, each] : text.texts()) texts.insert(each);
  return texts;
}

}  // namespace

std::string SkeletonOf(absl::string_view name) {
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString skeleton;
  uspoof_getSkeletonUnicodeString(Checker(), 0, WhatIsSeen(name), skeleton, &error);
  if (U_FAILURE(error)) return std::string(name);  // only itself looks like it
  std::string text;
  return skeleton.toUTF8String(text);
}

std::set<std::string> NamesOf(const google::protobuf::Message& resource) {
  if (const auto* city = dynamic_cast<const v1::City*>(&resource)) {
    return TextsOf(city->display_name());
  }
  if (const auto* organization = dynamic_cast<const v1::Organization*>(&resource)) {
    return TextsOf(organization->display_name());
  }
  if (const auto* person = dynamic_cast<const v1::Person*>(&resource)) {
    return {person->own_name(), person->latin_name()};
  }
  return {};
}

std::string LookAlikesOf(absl::string_view name) {
  return absl::StrCat("confusable@", absl::BytesToHexString(Sha256(SkeletonOf(name))));
}

std::set<std::string> LookAlikesIn(const google::protobuf::Message& resource) {
  std::set<std::string> lists;
  for (const std::string& name : NamesOf(resource)) lists.insert(LookAlikesOf(name));
  return lists;
}

}  // namespace neshast
