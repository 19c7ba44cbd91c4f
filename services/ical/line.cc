#include "ical/line.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ical/text.h"

namespace neshast::ical {
namespace {

constexpr size_t kOctets = 75;  // of a line without its end; RFC 5545 section 3.1

bool IsInsideCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::string Fold(absl::string_view line) {
  std::string folded;
  size_t room = kOctets;
  while (line.size() > room) {
    size_t cut = room;
    while (IsInsideCharacter(line[cut])) --cut;
    absl::StrAppend(&folded, line.substr(0, cut), "\r\n ");
    line.remove_prefix(cut);
    room = kOctets - 1;  // the blank counts
  }
  return absl::StrCat(folded, line, "\r\n");
}

}  // namespace

Line& Line::Parameter(absl::string_view name, absl::string_view text) {
  std::string value = EncodeParameter(text);
  value.resize(value.find_last_not_of('\\') + 1);
  absl::StrAppend(&text_, ";", name, "=\"", value, "\"");
  return *this;
}

Line& Line::Token(absl::string_view name, absl::string_view token) {
  absl::StrAppend(&text_, ";", name, "=", token);
  return *this;
}

std::string Line::Text(absl::string_view text) const {
  return Value(EscapeText(text));
}

std::string Line::Value(absl::string_view value) const {
  std::string line = Clean(absl::StrCat(text_, ":", value));
  line.erase(std::remove(line.begin(), line.end(), '\n'), line.end());
  return Fold(line);
}

}  // namespace neshast::ical
