// What a text from outside must be, by the kind of text it is.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "neshast/v1/rules.pb.h"

namespace neshast {

// Why `text` breaks `rules`, as a sentence; empty where it does not. An empty text breaks only
// `required`.
std::string WhyBadText(const v1::FieldRules& rules, const std::string& text);

}  // namespace neshast
