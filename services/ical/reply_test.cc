#include "ical/reply.h"

#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace neshast::ical {
namespace {

const ZoneDatabase& Zones() {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return *zones;
}

// A reply as a client writes it (lines end in LF here; each is read with CR LF too) and what it
// says.
struct Case {
  const char* client;
  const char* text;
  Reply::Method method;
  Answer answer;
  const char* attendee;
  int sequence;
  const char* comment;
  const char* stamped;
  const char* starts = "";  // of the proposal: instant, zone
  const char* zone = "";
  const char* ends = "";
};

constexpr Case kCases[] = {
    {"OutlookAccepts", R"(BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:REPLY
X-MS-OLK-FORCEINSPECTOROPEN:TRUE
BEGIN:VTIMEZONE
TZID:Iran Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0330
TZOFFSETTO:+0330
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=ACCEPTED:mailto:Li.Wei@Xian.example
CLASS:PUBLIC
CREATED:20261124T101500Z
DTEND;TZID="Iran Standard Time":20261201T113000
DTSTAMP:20261124T101500Z
DTSTART;TZID="Iran Standard Time":20261201T100000
LAST-MODIFIED:20261124T101500Z
PRIORITY:5
SEQUENCE:2
SUMMARY;LANGUAGE=zh-cn:Accepted: Mayors' dialogue
TRANSP:OPAQUE
UID:isfahan-xian-2026@neshast.isfahan.example
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MICROSOFT-CDO-IMPORTANCE:1
X-MS-OLK-AUTOFILLLOCATION:FALSE
END:VEVENT
END:VCALENDAR
)",
     Reply::Method::kReply, Answer::kAccepted, "li.wei@xian.example", 2, "",
     "2026-11-24T10:15:00Z"},
    {"OutlookProposesAnotherTime", R"(BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:COUNTER
BEGIN:VTIMEZONE
TZID:China Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=TENTATIVE:mailto:li.wei@xian.example
COMMENT:The morning of Isfahan suits us\, but an hour later.\n
DTSTART;TZID="China Standard Time":20261201T153000
DTEND;TZID="China Standard Time":20261201T170000
DTSTAMP:20261124T101500Z
SEQUENCE:2
UID:isfahan-xian-2026@neshast.isfahan.example
X-MS-OLK-ORIGINALSTART:20261201T063000Z
X-MS-OLK-ORIGINALEND:20261201T080000Z
END:VEVENT
END:VCALENDAR
)",
     Reply::Method::kCounter, Answer::kTentative, "li.wei@xian.example", 2,
     "The morning of Isfahan suits us, but an hour later.", "2026-11-24T10:15:00Z",
     "2026-12-01T07:30:00Z", "Asia/Shanghai", "2026-12-01T09:00:00Z"},
    {"ExchangeDeclines", R"(BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=DECLINED;CN="Müller, Jan":MAILTO:jan.mueller@freiburg.example
COMMENT;LANGUAGE=de-DE:Leider verhindert.\n
UID:isfahan-xian-2026@neshast.isfahan.example
SUMMARY;LANGUAGE=de-DE:Abgelehnt: Dialog
DTSTART;TZID=W. Europe Standard Time:20261201T073000
DTEND;TZID=W. Europe Standard Time:20261201T090000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261124T101500Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:0
LOCATION;LANGUAGE=de-DE:
X-MICROSOFT-CDO-APPT-SEQUENCE:0
X-MICROSOFT-CDO-OWNERAPPTID:-1
X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
X-MICROSOFT-DISALLOW-COUNTER:FALSE
END:VEVENT
END:VCALENDAR
)",
     Reply::Method::kReply, Answer::kDeclined, "jan.mueller@freiburg.example", 0,
     "Leider verhindert.", "2026-11-24T10:15:00Z"},
    {"GoogleAccepts", R"(BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20261201T063000Z
DTEND:20261201T080000Z
DTSTAMP:20261124T101500Z
ORGANIZER;CN=protocol@isfahan.example:mailto:protocol@isfahan.example
UID:isfahan-xian-2026@neshast.isfahan.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=giulia.
 rossi@firenze.example;X-NUM-GUESTS=0:mailto:giulia.rossi@firenze.example
X-MICROSOFT-CDO-OWNERAPPTID:1234567
COMMENT:Con piacere\; a presto
CREATED:20261120T080000Z
DESCRIPTION:
LAST-MODIFIED:20261124T101500Z
LOCATION:
SEQUENCE:2
STATUS:CONFIRMED
SUMMARY:Mayors' dialogue
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
)",
     Reply::Method::kReply, Answer::kAccepted, "giulia.rossi@firenze.example", 2,
     "Con piacere; a presto", "2026-11-24T10:15:00Z"},
    {"GoogleProposesAnotherTime", R"(BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:COUNTER
BEGIN:VEVENT
DTSTART:20261202T063000Z
DTEND:20261202T080000Z
DTSTAMP:20261124T101500Z
ORGANIZER;CN=protocol@isfahan.example:mailto:protocol@isfahan.example
UID:isfahan-xian-2026@neshast.isfahan.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=Giulia:mailto:giulia.rossi@firenze.example
SEQUENCE:2
END:VEVENT
END:VCALENDAR
)",
     Reply::Method::kCounter, Answer::kTentative, "giulia.rossi@firenze.example", 2, "",
     "2026-11-24T10:15:00Z", "2026-12-02T06:30:00Z", "UTC", "2026-12-02T08:00:00Z"},
    {"AppleSaysPerhaps", R"(BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 15.1//EN
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;CN="Anna ""Nune"" Sargsyan";CUTYPE=INDIVIDUAL;EMAIL="anna@yerevan.example";PARTSTAT=TENTATIVE;ROLE=REQ-PARTICIPANT:urn:uuid:6F5902AC-237F-4d9a-9F3A-0D5D1E7A1C11
DTEND;TZID=Asia/Yerevan:20261201T120000
DTSTAMP:20261124T101500Z
DTSTART;TZID=Asia/Yerevan:20261201T103000
LAST-MODIFIED:20261124T101500Z
ORGANIZER;CN="Protocol office, Isfahan":mailto:protocol@isfahan.example
SEQUENCE:2
SUMMARY:Mayors' dialogue
UID:isfahan-xian-2026@neshast.isfahan.example
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
BEGIN:VALARM
ACTION:NONE
TRIGGER;VALUE=DATE-TIME:19760401T005545Z
UID:8C5B2C0B-0000-4000-8000-000000000000
END:VALARM
END:VEVENT
END:VCALENDAR
)",
     Reply::Method::kReply, Answer::kTentative, "anna@yerevan.example", 2, "",
     "2026-11-24T10:15:00Z"},
    {"ThunderbirdProposesAnotherTime", R"(BEGIN:VCALENDAR
PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
VERSION:2.0
METHOD:COUNTER
BEGIN:VEVENT
CREATED:20261120T080000Z
DTSTAMP:20261124T101500Z
UID:isfahan-xian-2026@neshast.isfahan.example
SUMMARY:Mayors' dialogue
ORGANIZER;CN="Protocol office, Isfahan":mailto:protocol@isfahan.example
ATTENDEE;CN=Jordi;PARTSTAT=DECLINED;ROLE=REQ-PARTICIPANT:mailto:jordi@barcelona.example
DTSTART;TZID=/mozilla.org/20050126_1/Europe/Madrid:20261201T093000
DURATION:PT1H30M
SEQUENCE:2
COMMENT:Més tard
END:VEVENT
END:VCALENDAR
)",
     Reply::Method::kCounter, Answer::kDeclined, "jordi@barcelona.example", 2, "Més tard",
     "2026-11-24T10:15:00Z", "2026-12-01T08:30:00Z", "Europe/Madrid", "2026-12-01T10:00:00Z"},
    {"AnyoneAsksForTheInvitationAgain", R"(begin:vcalendar
version:2.0
method:refresh
begin:vevent
uid:isfahan-xian-2026@neshast.isfahan.example
attendee:'mailto:li.wei@xian.example'
end:vevent
end:vcalendar
)",
     Reply::Method::kRefresh, Answer::kNeedsAction, "li.wei@xian.example", 0, "", ""},
};

class Replies : public testing::TestWithParam<Case> {};

void ExpectSays(const Case& row, const std::string& text) {
  const auto reply = ParseReply(text, Zones());
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->method, row.method);
  EXPECT_EQ(reply->uid, "isfahan-xian-2026@neshast.isfahan.example");
  EXPECT_EQ(reply->answer, row.answer);
  EXPECT_EQ(reply->attendee, row.attendee);
  EXPECT_EQ(reply->sequence, row.sequence);
  EXPECT_EQ(reply->comment, row.comment);
  EXPECT_EQ(reply->stamped ? FormatInstant(*reply->stamped) : "", row.stamped);
  ASSERT_EQ(reply->proposal.has_value(), row.method == Reply::Method::kCounter);
  if (!reply->proposal) return;
  EXPECT_EQ(FormatInstant(reply->proposal->starts.instant), row.starts);
  EXPECT_EQ(reply->proposal->starts.time_zone, row.zone);
  EXPECT_EQ(FormatInstant(reply->proposal->ends->instant), row.ends);
}

TEST_P(Replies, AreReadWithEitherLineEnd) {
  ExpectSays(GetParam(), GetParam().text);
  ExpectSays(GetParam(), absl::StrReplaceAll(GetParam().text, {{"\n", "\r\n"}}));
  ExpectSays(GetParam(), absl::StrCat("\xEF\xBB\xBF", GetParam().text, "\r\n\r\n"));
}

INSTANTIATE_TEST_SUITE_P(, Replies, testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.client; });

}  // namespace
}  // namespace neshast::ical
