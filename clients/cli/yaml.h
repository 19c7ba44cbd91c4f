// JSON as YAML.
#pragma once

#include <string>

namespace neshast::cli {

// The same document as `json` in YAML's block style, its keys in the same order. Texts that a
// reader of YAML could take for something else ("no", a date) stand in quotes.
std::string YamlOf(const std::string& json);

}  // namespace neshast::cli
