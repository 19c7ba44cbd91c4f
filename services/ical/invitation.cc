#include "ical/invitation.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "errors.h"
#include "ical/address.h"
#include "ical/date_time.h"
#include "ical/line.h"
#include "ical/time_zone.h"
#include "status_macros.h"

namespace neshast::ical {
namespace {

constexpr const char* kMethods[] = {"REQUEST", "CANCEL", "DECLINECOUNTER"};
constexpr const char* kRoles[] = {"CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT"};
constexpr const char* kFeatures[] = {"AUDIO", "CHAT",   "FEED", "MODERATOR",
                                     "PHONE", "SCREEN", "VIDEO"};

bool IsUid(absl::string_view uid) {
  return !uid.empty() && uid.size() <= 255 &&
         std::all_of(uid.begin(), uid.end(), [](char c) { return absl::ascii_isgraph(c); });
}

bool IsLanguage(absl::string_view language) {
  return language.size() <= 35 && std::all_of(language.begin(), language.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '-';
         });
}

absl::Status Check(const Invitation& invitation) {
  std::vector<FieldViolation> violations;
  const auto require = [&](bool holds, std::string field, std::string sentence) {
    if (!holds) violations.push_back({std::move(field), std::move(sentence)});
  };
  require(IsUid(invitation.uid), "uid", "The uid must be 1 to 255 printable ASCII characters.");
  require(invitation.sequence >= 0, "sequence", "The sequence counts from 0.");
  require(invitation.length.count() > 0, "length", "The session must last some time.");
  require(invitation.in_utc || invitation.zone != nullptr, "zone",
          "The session must have a time zone.");
  require(IsAddress(invitation.organizer.address), "organizer.address",
          "The organizer's mail address must be of the form local@domain.");
  require(IsAddress(invitation.attendee.address), "attendee.address",
          "The attendee's mail address must be of the form local@domain.");
  require(IsLanguage(invitation.language), "language", "The language must be a BCP 47 tag.");
  require(invitation.url.empty() || IsLink(invitation.url), "url",
          "The link must be an https, http, tel or sip URI.");
  for (size_t i = 0; i < invitation.conferences.size(); ++i) {
    require(IsLink(invitation.conferences[i].uri), absl::StrCat("conferences[", i, "].uri"),
            "The link must be an https, http, tel or sip URI.");
  }
  if (violations.empty()) return absl::OkStatus();
  return Error(absl::StatusCode::kInvalidArgument, "The invitation cannot be written as it is.",
               {.reason = "INVALID_FIELD", .metadata = {}, .violations = std::move(violations)});
}

// Whether readers who know the zone and the wall time arrive at `instant`.
bool WallTimeTells(const Zone& zone, Instant instant) {
  return zone.Read(zone.ToWall(instant)).earlier == instant;
}

std::string TimeLine(absl::string_view name, const Zone* zone, Instant instant, bool in_utc) {
  if (in_utc) return Line(name).Value(FormatUtc(instant));
  return Line(name).Token("TZID", zone->name()).Value(FormatLocal(zone->ToWall(instant)));
}

std::string TextLine(absl::string_view name, absl::string_view text, const std::string& language) {
  if (text.empty()) return "";
  Line line(name);
  if (!language.empty()) line.Token("LANGUAGE", language);
  return line.Text(text);
}

std::string ConferenceLine(const Conference& conference) {
  Line line("CONFERENCE");
  line.Token("VALUE", "URI");
  if (!conference.features.empty()) {
    line.Token("FEATURE", absl::StrJoin(conference.features, ",", [](std::string* out, Feature f) {
                 out->append(kFeatures[static_cast<int>(f)]);
               }));
  }
  if (!conference.label.empty()) line.Parameter("LABEL", conference.label);
  return line.Value(conference.uri);
}

std::string OrganizerLine(const Organizer& organizer) {
  Line line("ORGANIZER");
  if (!organizer.name.empty()) line.Parameter("CN", organizer.name);
  return line.Value(ToMailto(organizer.address));
}

std::string AttendeeLine(const Attendee& attendee) {
  Line line("ATTENDEE");
  if (!attendee.name.empty()) line.Parameter("CN", attendee.name);
  line.Token("CUTYPE", "INDIVIDUAL").Token("ROLE", kRoles[static_cast<int>(attendee.role)]);
  line.Token("PARTSTAT", NameOf(attendee.answer)).Token("RSVP", attendee.rsvp ? "TRUE" : "FALSE");
  return line.Value(ToMailto(attendee.address));
}

const char* StatusOf(const Invitation& invitation) {
  if (invitation.method == Method::kCancel) return "CANCELLED";
  return invitation.certainty == Certainty::kConfirmed ? "CONFIRMED" : "TENTATIVE";
}

std::string EventLines(const Invitation& invitation, bool in_utc) {
  const Instant ends = invitation.starts + invitation.length;
  std::string lines = Line("BEGIN").Value("VEVENT") + Line("UID").Text(invitation.uid);
  lines += Line("SEQUENCE").Value(absl::StrCat(invitation.sequence));
  lines += Line("DTSTAMP").Value(FormatUtc(invitation.stamped));
  lines += Line("CREATED").Value(FormatUtc(invitation.created));
  lines += Line("LAST-MODIFIED").Value(FormatUtc(invitation.modified));
  lines += TimeLine("DTSTART", invitation.zone, invitation.starts, in_utc);
  lines += TimeLine("DTEND", invitation.zone, ends, in_utc);
  lines += Line("STATUS").Value(StatusOf(invitation));
  lines += Line("TRANSP").Value("OPAQUE");
  lines += TextLine("SUMMARY", invitation.summary, invitation.language);
  lines += TextLine("DESCRIPTION", invitation.description, invitation.language);
  lines += TextLine("LOCATION", invitation.location, invitation.language);
  if (!invitation.url.empty()) lines += Line("URL").Value(invitation.url);
  for (const Conference& conference : invitation.conferences) lines += ConferenceLine(conference);
  lines += OrganizerLine(invitation.organizer) + AttendeeLine(invitation.attendee);
  return lines + Line("END").Value("VEVENT");
}

}  // namespace

absl::StatusOr<std::string> WriteInvitation(const Invitation& invitation) {
  RETURN_IF_ERROR(Check(invitation));
  const Instant ends = invitation.starts + invitation.length;
  const bool in_utc = invitation.in_utc || !WallTimeTells(*invitation.zone, invitation.starts) ||
                      !WallTimeTells(*invitation.zone, ends);
  std::string text = Line("BEGIN").Value("VCALENDAR") + Line("VERSION").Value("2.0");
  text += Line("PRODID").Value("-//Neshast//neshastd//EN");
  text += Line("CALSCALE").Value("GREGORIAN");
  text += Line("METHOD").Value(kMethods[static_cast<int>(invitation.method)]);
  if (!in_utc) text += TimeZoneLines(*invitation.zone, invitation.starts, ends);
  return text + EventLines(invitation, in_utc) + Line("END").Value("VCALENDAR");
}

}  // namespace neshast::ical
