// The words in which names and values of the contract are written and shown.
#pragma once

#include <google/protobuf/generated_enum_reflection.h>

#include <string>
#include <vector>

#include "neshast/v1/text.pb.h"

namespace neshast::cli {

// "xian" of "cities" as "cities/xian"; what has a slash already stays as it is.
std::string ResourceName(const std::string& collection, const std::string& id);

// "xian" of "cities/xian".
std::string IdOf(const std::string& name);

// The English text or, where there is none, the original or any other.
std::string TextOf(const v1::LocalizedText& text);

// Texts given as LANGUAGE=TEXT; one without a language is English.
v1::LocalizedText LocalizedTextOf(const std::vector<std::string>& given);

// "Havana", "Havana and Xi'an", "Havana, Lahore and Xi'an".
std::string Enumerated(const std::vector<std::string>& items);

// "1 hour", "3 hours".
std::string Counted(int64_t count, const std::string& noun);

// "3", "2.7": points of a ledger, to a tenth.
std::string PointsInWords(double points);

// "mayors-dialogue" for KIND_MAYORS_DIALOGUE, by the enum's own prefix; "unspecified" for zero.
std::string WordOf(const google::protobuf::EnumDescriptor& type, int value);

template <class Enum>
std::string WordOf(Enum value) {
  return WordOf(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

// All words of an enum but that of zero, in its order.
std::vector<std::string> WordsOf(const google::protobuf::EnumDescriptor& type);

template <class Enum>
std::vector<std::string> WordsOf() {
  return WordsOf(*google::protobuf::GetEnumDescriptor<Enum>());
}

// The value that `word` stands for; zero where it stands for none.
template <class Enum>
Enum ValueOf(const std::string& word) {
  const auto& type = *google::protobuf::GetEnumDescriptor<Enum>();
  for (int i = 0; i < type.value_count(); ++i) {
    const int number = type.value(i)->number();
    if (WordOf(type, number) == word) return static_cast<Enum>(number);
  }
  return static_cast<Enum>(0);
}

}  // namespace neshast::cli
