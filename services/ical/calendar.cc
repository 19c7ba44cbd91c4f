#include "ical/calendar.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ical/refusal.h"
#include "ical/text.h"
#include "status_macros.h"

namespace neshast::ical {
namespace {

// The next line of `text`, without its end; `text` goes on behind it.
absl::string_view NextLine(absl::string_view& text) {
  const size_t end = text.find('\n');
  absl::string_view line = text.substr(0, end);
  text.remove_prefix(end == absl::string_view::npos ? text.size() : end + 1);
  while (absl::ConsumeSuffix(&line, "\r")) {
  }
  return line;
}

bool Continues(absl::string_view text) {
  return !text.empty() && (text[0] == ' ' || text[0] == '\t');
}

absl::StatusOr<std::string> NextUnfolded(absl::string_view& text) {
  std::string line(NextLine(text));
  while (line.size() <= kMaxLine && Continues(text)) {
    absl::StrAppend(&line, NextLine(text).substr(1));
  }
  if (line.size() > kMaxLine) {
    return OutOfBounds("text",
                       absl::StrCat("A line of the calendar is longer than ", kMaxLine, " bytes."));
  }
  if (!IsUtf8(line)) return InvalidField("text", "The calendar text is not UTF-8.");
  return line;
}

bool IsName(absl::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return absl::ascii_isalnum(c) || c == '-'; });
}

// Where the first of `stops` stands outside quotes; the length of `line` if nowhere.
size_t FindUnquoted(absl::string_view line, absl::string_view stops) {
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (!quoted && absl::StrContains(stops, line[i])) return i;
  }
  return line.size();
}

Parameter ReadParameter(absl::string_view text) {
  const size_t equals = std::min(text.find('='), text.size());
  std::string value(text.substr(std::min(equals + 1, text.size())));
  value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
  return {absl::AsciiStrToUpper(text.substr(0, equals)), DecodeParameter(value)};
}

// A property without a name where `line` has not the form of one.
absl::StatusOr<Property> ReadProperty(absl::string_view line) {
  const size_t colon = FindUnquoted(line, ":");
  absl::string_view head = line.substr(0, colon);
  const size_t end = std::min(head.find(';'), head.size());
  Property property{
      .name = absl::AsciiStrToUpper(head.substr(0, end)), .parameters = {}, .value = {}};
  if (colon == line.size() || !IsName(property.name)) return Property();
  property.value = std::string(line.substr(colon + 1));
  head.remove_prefix(end);
  while (absl::ConsumePrefix(&head, ";")) {
    if (property.parameters.size() == kMaxParameters) {
      return OutOfBounds(property.name, absl::StrCat("A property of the calendar has more than ",
                                                     kMaxParameters, " parameters."));
    }
    const size_t next = FindUnquoted(head, ";");
    property.parameters.push_back(ReadParameter(head.substr(0, next)));
    head.remove_prefix(next);
  }
  return property;
}

std::string NameIn(const Property& property) {
  return absl::AsciiStrToUpper(absl::StripAsciiWhitespace(property.value));
}

// Takes properties one by one; `open_` holds the components that are not closed yet.
class Builder {
 public:
  absl::Status Add(Property property) {
    if (property.name == "BEGIN") return Begin(NameIn(property));
    if (done_ || open_.empty()) {
      return InvalidField("text", "The text is not one calendar: something stands outside of it.");
    }
    if (property.name == "END") return End(NameIn(property));
    open_.back().properties.push_back(std::move(property));
    return absl::OkStatus();
  }

  absl::StatusOr<Component> Take() && {
    if (!done_) return InvalidField("text", "The calendar is not closed by END:VCALENDAR.");
    return std::move(calendar_);
  }

 private:
  absl::Status Begin(std::string name) {
    if (open_.size() == kMaxDepth) {
      return OutOfBounds("text", absl::StrCat("The calendar nests components deeper than ",
                                              kMaxDepth, " levels."));
    }
    if (done_ || open_.empty() != (name == "VCALENDAR")) {
      return InvalidField("text", "The text is not one calendar that begins with VCALENDAR.");
    }
    open_.push_back({.name = std::move(name), .properties = {}, .components = {}});
    return absl::OkStatus();
  }

  absl::Status End(const std::string& name) {
    if (open_.back().name != name) {
      return InvalidField("text", "The components of the calendar are not closed in order.");
    }
    Component closed = std::move(open_.back());
    open_.pop_back();
    if (open_.empty()) {
      calendar_ = std::move(closed);
      done_ = true;
    } else {
      open_.back().components.push_back(std::move(closed));
    }
    return absl::OkStatus();
  }

  std::vector<Component> open_;
  Component calendar_;
  bool done_ = false;
};

}  // namespace

absl::string_view Property::ParameterValue(absl::string_view parameter) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& one) { return one.name == parameter; });
  return found == parameters.end() ? absl::string_view() : found->value;
}

absl::StatusOr<Component> ReadCalendar(absl::string_view text) {
  if (text.size() > kMaxText) {
    return OutOfBounds("text",
                       absl::StrCat("The calendar text is longer than ", kMaxText, " bytes."));
  }
  if (absl::StrContains(text, '\0')) {
    return InvalidField("text", "The calendar text holds a NUL.");
  }
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");  // a byte order mark
  Builder builder;
  int lines = 0;
  while (!text.empty()) {
    ASSIGN_OR_RETURN(const std::string line, NextUnfolded(text));
    if (++lines > kMaxProperties) {
      return OutOfBounds(
          "text", absl::StrCat("The calendar has more than ", kMaxProperties, " properties."));
    }
    ASSIGN_OR_RETURN(Property property, ReadProperty(line));
    if (property.name.empty()) continue;
    RETURN_IF_ERROR(builder.Add(std::move(property)));
  }
  return std::move(builder).Take();
}

}  // namespace neshast::ical
