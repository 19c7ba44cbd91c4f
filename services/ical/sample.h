// Invitations of Isfahan's protocol office, for the tests and for the readers that are not ours.
#pragma once

#include <string>
#include <vector>

#include "ical/invitation.h"

namespace neshast::ical {

// The dialogue of the mayors of Isfahan and Xi'an, on 1 December 2026 at 10:00 in Isfahan, for the
// mayor of Xi'an. `zones` must outlive it.
Invitation MayorsDialogue(const ZoneDatabase& zones);

// The same session in the wall clock of `zone`, starting at `utc` ("2026-12-01T06:30").
Invitation MayorsDialogue(const ZoneDatabase& zones, const char* zone, const char* utc);

// Texts that try to open a line, a parameter or a component of their own, and some that only look
// so.
std::vector<std::string> HostileTexts();

// The dialogue with `text` in every place where people write.
Invitation WithText(Invitation invitation, const std::string& text);

// What must come back of `text` as somebody's name.
std::string NameFrom(const std::string& text);

}  // namespace neshast::ical
