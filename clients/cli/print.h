// How answers are shown: as tables for people, as JSON or YAML for programs.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace neshast::cli {

enum class Format { kTable, kJson, kYaml };

// What a text stands for; on a terminal it has a colour of its own.
enum class Tone { kPlain, kHeading, kQuiet, kGood, kFair, kBad };

struct Cell {
  Cell(std::string text, Tone tone = Tone::kPlain) : text(std::move(text)), tone(tone) {}
  Cell(const char* text) : Cell(std::string(text)) {}

  std::string text;
  Tone tone;
};

using Row = std::vector<Cell>;

// `text` in the colour of `tone`. As it is where the output is no terminal, TERM is "dumb" or
// NO_COLOR is set (no-color.org).
std::string Painted(const std::string& text, Tone tone);

// Prints rows with their columns aligned; the first row is the heading. Every line begins with
// `indent` spaces.
void PrintTable(const std::vector<Row>& rows, int indent = 0);

// Prints `message` as one document in JSON or YAML, with every field that has a default value too.
// False, and nothing printed, where `format` is kTable.
bool PrintDocument(Format format, const google::protobuf::Message& message);

// Prints `message` of a stream: JSON on one line, YAML after "---". False for kTable.
bool PrintStreamed(Format format, const google::protobuf::Message& message);

// Fills `message` from JSON. An error sentence, empty on success.
std::string ParseJson(const std::string& json, google::protobuf::Message& message);

}  // namespace neshast::cli
