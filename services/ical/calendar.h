// Reading iCalendar text, from anybody, into components and their properties: syntax only.
//
// Nothing is expanded, converted or looked up here, so the work grows with the length of the text
// and the text has bounds; a rule of recurrence is a value like any other. The reader is our own,
// since the bounds need every line taken apart before anything else sees it, and a second parser
// behind the guard could read the same bytes otherwise than the guard did.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace neshast::ical {

// What one text may hold: bytes, lines after unfolding, bytes of such a line, parameters of a
// property, components within each other (VCALENDAR is the first).
inline constexpr size_t kMaxText = 128 * 1024;
inline constexpr int kMaxProperties = 1000;
inline constexpr size_t kMaxLine = 8 * 1024;
inline constexpr int kMaxParameters = 50;
inline constexpr int kMaxDepth = 4;

// A parameter. `name` in capitals; `value` without its quotes and decoded (RFC 6868); several
// values stay joined by their commas.
struct Parameter {
  std::string name;
  std::string value;
};

// A property. `name` in capitals; `value` as it stands in the text, still escaped.
struct Property {
  std::string name;
  std::vector<Parameter> parameters;
  std::string value;

  // The value of the first parameter of this name (in capitals); empty if there is none.
  absl::string_view ParameterValue(absl::string_view parameter) const;
};

// A component, `name` in capitals, with what it holds in the order of the text.
struct Component {
  std::string name;
  std::vector<Property> properties;
  std::vector<Component> components;
};

// The VCALENDAR that `text` (UTF-8, see ToUtf8) holds. Lines may end in LF alone, and names be in
// any case. A line that is no property is passed over: clients break long texts without folding
// them. INVALID_ARGUMENT: OUT_OF_BOUNDS beyond one of the bounds above; INVALID_FIELD for text that
// is not UTF-8, holds a NUL, or is not one VCALENDAR whose components are closed in order.
absl::StatusOr<Component> ReadCalendar(absl::string_view text);

}  // namespace neshast::ical
