// libical as a reader that is not ours, for the tests.
#pragma once

#include <libical/ical.h>

#include <memory>
#include <string>

namespace neshast::ical {

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using LibicalComponent = std::unique_ptr<icalcomponent, FreeComponent>;

inline LibicalComponent ReadByLibical(const std::string& text) {
  icalerror_set_errors_are_fatal(false);
  return LibicalComponent(icalparser_parse_string(text.c_str()));
}

inline icalcomponent* FirstOf(const LibicalComponent& calendar, icalcomponent_kind kind) {
  return icalcomponent_get_first_component(calendar.get(), kind);
}

// The unescaped value of the first property of that kind; empty if there is none.
inline std::string ValueOf(icalcomponent* component, icalproperty_kind kind) {
  icalproperty* property = icalcomponent_get_first_property(component, kind);
  if (property == nullptr) return "";
  const icalvalue* value = icalproperty_get_value(property);
  const char* text = icalvalue_get_text(value);
  return text == nullptr ? "" : text;
}

// The decoded CN of the first property of that kind; empty if there is none.
inline std::string NameIn(icalcomponent* component, icalproperty_kind kind) {
  icalproperty* property = icalcomponent_get_first_property(component, kind);
  icalparameter* name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
  return name == nullptr ? "" : icalparameter_get_cn(name);
}

}  // namespace neshast::ical
