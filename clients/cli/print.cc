#include "cli/print.h"

#include <google/protobuf/util/json_util.h>
#include <unistd.h>
#include <wchar.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "cli/yaml.h"

namespace neshast::cli {
namespace {

// Columns on a terminal: Chinese takes two, joiners and accents none.
size_t WidthOf(const std::string& text) {
  size_t width = 0;
  std::mbstate_t state{};
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    wchar_t character = 0;
    const size_t length = std::mbrtowc(&character, at, end - at, &state);
    if (length == 0 || length > text.size()) return text.size();  // No UTF-8.
    width += static_cast<size_t>(std::max(0, wcwidth(character)));
    at += length;
  }
  return width;
}

bool ColoursWanted() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  return isatty(STDOUT_FILENO) == 1 && set("NO_COLOR").empty() && set("TERM") != "dumb";
}

const char* CodeOf(Tone tone) {
  switch (tone) {
    case Tone::kHeading:
      return "\033[1m";
    case Tone::kQuiet:
      return "\033[2m";
    case Tone::kGood:
      return "\033[32m";
    case Tone::kFair:
      return "\033[33m";
    case Tone::kBad:
      return "\033[31m";
    case Tone::kPlain:
      break;
  }
  return "";
}

std::string ToJson(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) std::cerr << "neshast: " << status.ToString() << "\n";
  return json;
}

}  // namespace

std::string Painted(const std::string& text, Tone tone) {
  static const bool wanted = ColoursWanted();
  if (!wanted || tone == Tone::kPlain) return text;
  return CodeOf(tone) + text + "\033[0m";
}

void PrintTable(const std::vector<Row>& rows, int indent) {
  std::vector<size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], WidthOf(row[i].text));
  }
  bool heading = true;
  for (const Row& row : rows) {
    std::cout << std::string(indent, ' ');
    for (size_t i = 0; i < row.size(); ++i) {
      std::cout << Painted(row[i].text, heading ? Tone::kHeading : row[i].tone);
      if (i + 1 < row.size()) std::cout << std::string(widths[i] - WidthOf(row[i].text) + 2, ' ');
    }
    std::cout << "\n";
    heading = false;
  }
}

bool PrintDocument(Format format, const google::protobuf::Message& message) {
  if (format == Format::kTable) return false;
  if (format == Format::kJson) {
    std::cout << ToJson(message, true);
  } else {
    std::cout << YamlOf(ToJson(message, false)) << "\n";
  }
  return true;
}

bool PrintStreamed(Format format, const google::protobuf::Message& message) {
  if (format == Format::kTable) return false;
  if (format == Format::kJson) {
    std::cout << ToJson(message, false) << std::endl;
  } else {
    std::cout << "---\n" << YamlOf(ToJson(message, false)) << std::endl;
  }
  return true;
}

std::string ParseJson(const std::string& json, google::protobuf::Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  return status.ok() ? "" : status.ToString();
}

}  // namespace neshast::cli
