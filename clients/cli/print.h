// How answers are shown.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace neshast::cli {

enum class Format { kTable, kJson };

// Prints `message` as indented JSON.
void PrintJson(const google::protobuf::Message& message);

// Prints rows with their columns aligned; the first row is the heading.
void PrintTable(const std::vector<std::vector<std::string>>& rows);

// Fills `message` from JSON. An error sentence, empty on success.
std::string ParseJson(const std::string& json, google::protobuf::Message& message);

}  // namespace neshast::cli
