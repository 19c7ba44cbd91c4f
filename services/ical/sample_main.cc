// Prints invitations with what a reader must find in them, one JSON object a line, for
// icalendar_test.py.
#include <iostream>
#include <nlohmann/json.hpp>

#include "ical/sample.h"
#include "ical/text.h"

namespace {

using namespace neshast;

void Print(const ical::Invitation& invitation) {
  const nlohmann::json sample = {{"calendar", *ical::WriteInvitation(invitation)},
                                 {"summary", ical::Clean(invitation.summary)},
                                 {"description", ical::Clean(invitation.description)},
                                 {"attendee", ical::NameFrom(invitation.attendee.name)},
                                 {"starts", FormatInstant(invitation.starts)},
                                 {"ends", FormatInstant(invitation.starts + invitation.length)},
                                 {"zone", invitation.zone->name()}};
  std::cout << sample.dump() << "\n";
}

}  // namespace

int main() {
  const auto zones = *ZoneDatabase::Open();
  for (const std::string& text : ical::HostileTexts()) {
    Print(ical::WithText(ical::MayorsDialogue(*zones), text));
  }
  for (const char* zone : {"Asia/Tehran", "Europe/Rome", "America/Havana", "Asia/Kathmandu",
                           "Africa/Casablanca", "Asia/Shanghai", "Asia/Beirut", "Asia/Kabul"}) {
    for (const char* utc : {"2026-03-27T12:00", "2026-10-24T23:30", "2026-10-26T12:00",
                            "2026-11-20T14:00", "2027-02-20T10:00"}) {
      Print(ical::MayorsDialogue(*zones, zone, utc));
    }
  }
}
