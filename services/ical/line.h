// Writing one property.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace neshast::ical {

// A property in the making: Line("SUMMARY").Token("LANGUAGE", "fa").Text(title).
//
// Whatever goes in, one line comes out, folded at 75 octets and never inside a character, that ends
// in CR LF: control characters cannot pass. We write the lines ourselves because libical 3.0.16
// does not encode "^" and quotes in parameters, puts a prefix before zone names, changes X-
// properties and lets control characters through; the lines of an invitation are few.
class Line {
 public:
  explicit Line(absl::string_view name) : text_(name) {}

  // A parameter that people wrote: quoted and encoded, without the backslashes at its end. Before
  // the closing quote libical takes one for an escape and reads on into the next parameter.
  Line& Parameter(absl::string_view name, absl::string_view text);

  // A parameter of our own making, or checked before: written as it is.
  Line& Token(absl::string_view name, absl::string_view token);

  // The whole line, whose value people wrote.
  std::string Text(absl::string_view text) const;

  // The whole line, whose value is of our own making, or checked before.
  std::string Value(absl::string_view value) const;

 private:
  std::string text_;
};

}  // namespace neshast::ical
