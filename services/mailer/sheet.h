// What a mail says, before it is text or HTML.
#pragma once

#include <string>
#include <vector>

namespace neshast {

// "Time in Xi'an: Tuesday …"; several lines where there are several.
struct SheetRow {
  std::string label;
  std::vector<std::string> lines;
  bool is_link = false;
};

// A letter of a protocol office, every value plain text.
struct Sheet {
  std::string language;  // of what the catalogue says
  bool right_to_left = false;
  std::string subject;
  std::string salutation;
  std::string opening;
  std::vector<SheetRow> rows;
  std::vector<std::string> notes;  // paragraphs behind the rows
  std::string closing;
  std::string signature;
};

// The rows alone, a line each.
std::string RowsAsText(const Sheet& sheet);

// The whole, without markup. In a script that runs from right to left every value of a row stands
// in an isolate, so that "UTC+03:30" and names in other scripts keep their order.
std::string AsText(const Sheet& sheet);

// The whole as an HTML document without pictures, scripts and links but its own; every value is
// escaped, so that what people wrote is never markup.
std::string AsHtml(const Sheet& sheet);

}  // namespace neshast
