#include "cli/yaml.h"

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>
#include <regex>

namespace neshast::cli {
namespace {

using Json = nlohmann::ordered_json;

// Words that YAML 1.1 or 1.2 reads as a truth value, a null or a number are no plain texts.
bool IsPlain(const std::string& text) {
  static const std::regex kPlain("[A-Za-z][A-Za-z0-9_/.-]*");
  static const std::regex kSpecial("(?:true|false|yes|no|on|off|null|y|n|nan|inf)",
                                   std::regex::icase);
  return std::regex_match(text, kPlain) && !std::regex_match(text, kSpecial);
}

void Write(const Json& json, YAML::Emitter& yaml) {
  switch (json.type()) {
    case Json::value_t::object:
      if (json.empty()) yaml << YAML::Flow;
      yaml << YAML::BeginMap;
      for (const auto& [key, value] : json.items()) {
        yaml << YAML::Key;
        Write(key, yaml);
        yaml << YAML::Value;
        Write(value, yaml);
      }
      yaml << YAML::EndMap;
      return;
    case Json::value_t::array:
      if (json.empty()) yaml << YAML::Flow;
      yaml << YAML::BeginSeq;
      for (const Json& element : json) Write(element, yaml);
      yaml << YAML::EndSeq;
      return;
    case Json::value_t::string: {
      const auto& text = json.get_ref<const std::string&>();
      if (!IsPlain(text)) yaml << YAML::DoubleQuoted;
      yaml << text;
      return;
    }
    default:
      yaml << json.dump();
  }
}

}  // namespace

std::string YamlOf(const std::string& json) {
  YAML::Emitter yaml;
  Write(Json::parse(json), yaml);
  return yaml.c_str();
}

}  // namespace neshast::cli
