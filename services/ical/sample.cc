#include "ical/sample.h"

#include "ical/text.h"

namespace neshast::ical {
namespace {

Instant At(const char* utc) {
  return Instant(ParseWallTime(utc)->time_since_epoch());
}

}  // namespace

Invitation MayorsDialogue(const ZoneDatabase& zones, const char* zone, const char* utc) {
  Invitation invitation;
  invitation.uid = "isfahan-xian-2026@neshast.isfahan.example";
  invitation.sequence = 2;
  invitation.stamped = At("2026-11-24T09:00");
  invitation.created = At("2026-11-20T08:00");
  invitation.modified = At("2026-11-24T08:59:30");
  invitation.starts = At(utc);
  invitation.length = std::chrono::minutes(90);
  invitation.zone = *zones.Find(zone);
  invitation.summary =
      "گفت‌وگوی شهرداران اصفهان و شی‌آن · "
      "伊斯法罕与西安市长对话";
  invitation.description = "1. Opening; 2. City diplomacy, crisis and aid\nPath: C:\\agenda";
  invitation.location = "Isfahan, Naqsh-e Jahan hall";
  invitation.url = "https://neshast.isfahan.example/s/4f1c?lang=fa";
  invitation.language = "fa";
  invitation.conferences = {
      {"https://neshast.isfahan.example/j/4f1c", {Feature::kAudio, Feature::kVideo}, "By browser"},
      {"tel:+983132222222,,4711", {Feature::kPhone}, "By \"telephone\""}};
  invitation.organizer = {"Protocol office, Isfahan", "protocol@isfahan.example"};
  invitation.attendee = {"Li Wei, 李伟", "li.wei@xian.example", Role::kRequired,
                         Answer::kNeedsAction, true};
  return invitation;
}

Invitation MayorsDialogue(const ZoneDatabase& zones) {
  return MayorsDialogue(zones, "Asia/Tehran", "2026-12-01T06:30");
}

std::vector<std::string> HostileTexts() {
  return {
      "Agenda\r\nBCC: all@press.example",
      "Agenda\nATTENDEE:mailto:evil@press.example",
      "Agenda\rEND:VEVENT\rBEGIN:VEVENT",
      "Agenda\r\n ATTENDEE:mailto:evil@press.example",
      "Agenda\xE2\x80\xA8"
      "BEGIN:VALARM",
      "Agenda\xE2\x80\xA9"
      "BEGIN:VALARM",
      "Agenda\xC2\x85"
      "METHOD:CANCEL",
      "Agenda\x0B"
      "METHOD:CANCEL\x0C\x1C\x1D\x1E\x1F",
      std::string("Agenda\0METHOD:CANCEL", 20),
      "Li \"Evil\" Wei",
      "Li Wei\";PARTSTAT=\"ACCEPTED",
      "Li Wei;PARTSTAT=ACCEPTED",
      "Li Wei:mailto:evil@press.example",
      "Li Wei, Wang Fang; et al.",
      "^n ^^ ^' ^",
      "\\n \\, \\; \\\\ \\",
      "C:\\new\\agenda",
      "Li Wei\\",
      "Li Wei\\\x01",
      "\xFF\xFE broken \xC3 bytes \xED\xA0\x80",
      "\x1B[31mred\x7F",
      "tab\there",
      "  blanks around  ",
      "=?utf-8?q?encoded?=",
      "<script>alert(1)</script>",
      std::string(200, 'x') + "سلام" + std::string(200, 'y'),
      "نشست شهرداران در اصفهان؛ گفت‌وگو",
      "🇮🇷🇨🇳🇮🇷🇨🇳🇮🇷🇨🇳🇮🇷🇨🇳🇮🇷🇨🇳🇮🇷🇨🇳🇮🇷🇨🇳🇮🇷🇨🇳",
  };
}

Invitation WithText(Invitation invitation, const std::string& text) {
  invitation.summary = invitation.description = invitation.location = text;
  invitation.organizer.name = invitation.attendee.name = invitation.conferences[0].label = text;
  return invitation;
}

std::string NameFrom(const std::string& text) {
  const std::string clean = Clean(text);
  return clean.substr(0, clean.find_last_not_of('\\') + 1);
}

}  // namespace neshast::ical
