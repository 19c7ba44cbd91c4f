// The part of a mail that its writer wrote: without what it quotes and without the signature.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace neshast {

// The lines of `text` that are neither empty nor quoted: none that begins with ">", nor the line
// before those that says who wrote them; none below the signature's "--", nor below a line that
// introduces a quotation whose lines are not marked: "-----Original Message-----", a rule of
// underscores, a block of header lines, or "On … <protocol@isfahan.example> wrote:" in whatever
// language, known by its address or year and the colon at its end.
std::vector<std::string> OwnLines(absl::string_view text);

}  // namespace neshast
