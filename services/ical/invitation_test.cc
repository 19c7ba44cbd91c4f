#include "ical/invitation.h"

#include <gmock/gmock.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "errors.h"
#include "ical/calendar.h"
#include "ical/libical_reader.h"
#include "ical/sample.h"
#include "ical/text.h"

namespace neshast::ical {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const ZoneDatabase& Zones() {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return *zones;
}

// Without folds, so that a test can look for a line.
std::string Unfolded(const Invitation& invitation) {
  return absl::StrReplaceAll(*WriteInvitation(invitation), {{"\r\n ", ""}});
}

std::vector<std::string> BadFields(const Invitation& invitation) {
  const absl::Status status = WriteInvitation(invitation).status();
  std::vector<std::string> fields;
  if (DetailOf(status).reason != "INVALID_FIELD") return fields;
  for (const FieldViolation& violation : DetailOf(status).violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

TEST(WriteInvitation, WritesTheWholeCalendarOfASession) {
  EXPECT_EQ(absl::StrReplaceAll(Unfolded(MayorsDialogue(Zones())), {{"\r\n", "\n"}}),
            R"(BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Neshast//neshastd//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Asia/Tehran
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0330
TZOFFSETTO:+0330
TZNAME:+0330
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:isfahan-xian-2026@neshast.isfahan.example
SEQUENCE:2
DTSTAMP:20261124T090000Z
CREATED:20261120T080000Z
LAST-MODIFIED:20261124T085930Z
DTSTART;TZID=Asia/Tehran:20261201T100000
DTEND;TZID=Asia/Tehran:20261201T113000
STATUS:CONFIRMED
TRANSP:OPAQUE
SUMMARY;LANGUAGE=fa:گفت‌وگوی شهرداران اصفهان و شی‌آن · 伊斯法罕与西安市长对话
DESCRIPTION;LANGUAGE=fa:1. Opening\; 2. City diplomacy\, crisis and aid\nPath: C:\\agenda
LOCATION;LANGUAGE=fa:Isfahan\, Naqsh-e Jahan hall
URL:https://neshast.isfahan.example/s/4f1c?lang=fa
CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="By browser":https://neshast.isfahan.example/j/4f1c
CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL="By ^'telephone^'":tel:+983132222222,,4711
ORGANIZER;CN="Protocol office, Isfahan":mailto:protocol@isfahan.example
ATTENDEE;CN="Li Wei, 李伟";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:li.wei@xian.example
END:VEVENT
END:VCALENDAR
)");
}

TEST(WriteInvitation, CancelsWithTheUidAndTheSequenceItIsGiven) {
  Invitation invitation = MayorsDialogue(Zones());
  invitation.method = Method::kCancel;
  invitation.sequence = 3;
  EXPECT_TRUE(icalrestriction_check(ReadByLibical(*WriteInvitation(invitation)).get()));
  const std::string text = Unfolded(invitation);
  for (const char* line : {"METHOD:CANCEL", "UID:isfahan-xian-2026@neshast.isfahan.example",
                           "SEQUENCE:3", "STATUS:CANCELLED"}) {
    EXPECT_THAT(text, HasSubstr(absl::StrCat("\r\n", line, "\r\n")));
  }
}

TEST(WriteInvitation, DeclinesACounterProposal) {
  Invitation invitation = MayorsDialogue(Zones());
  invitation.method = Method::kDeclineCounter;
  invitation.certainty = Certainty::kTentative;
  EXPECT_THAT(Unfolded(invitation), HasSubstr("\r\nMETHOD:DECLINECOUNTER\r\n"));
  EXPECT_THAT(Unfolded(invitation), HasSubstr("\r\nSTATUS:TENTATIVE\r\n"));
}

TEST(WriteInvitation, WritesNoLineForAnEmptyText) {
  Invitation invitation = WithText(MayorsDialogue(Zones()), "");
  invitation.url = invitation.language = "";
  invitation.conferences.clear();
  const std::string text = Unfolded(invitation);
  for (const char* name : {"SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CONFERENCE", "CN="}) {
    EXPECT_THAT(text, Not(HasSubstr(name)));
  }
}

// 25 October 2026: Rome's clocks show 02:00 to 03:00 twice.
TEST(WriteInvitation, SaysInUtcWhichOfTwoEqualWallTimesIsMeant) {
  const std::string first = Unfolded(MayorsDialogue(Zones(), "Europe/Rome", "2026-10-24T22:30"));
  EXPECT_THAT(first, HasSubstr("DTSTART;TZID=Europe/Rome:20261025T003000\r\n"));
  EXPECT_THAT(first, HasSubstr("DTEND;TZID=Europe/Rome:20261025T020000\r\n"));
  const std::string second = Unfolded(MayorsDialogue(Zones(), "Europe/Rome", "2026-10-25T01:30"));
  EXPECT_THAT(second, HasSubstr("DTSTART:20261025T013000Z\r\nDTEND:20261025T030000Z\r\n"));
  EXPECT_THAT(second, Not(HasSubstr("TZID")));
}

TEST(WriteInvitation, WritesTheInstantsThemselvesWhereAskedTo) {
  Invitation invitation = MayorsDialogue(Zones());
  invitation.in_utc = true;
  for (const Zone* zone : {invitation.zone, static_cast<const Zone*>(nullptr)}) {
    invitation.zone = zone;
    const std::string text = Unfolded(invitation);
    EXPECT_THAT(text, HasSubstr("\r\nDTSTART:20261201T063000Z\r\nDTEND:20261201T080000Z\r\n"));
    EXPECT_THAT(text, Not(HasSubstr("VTIMEZONE")));
  }
}

TEST(WriteInvitation, FoldsAt75OctetsAndNeverInsideACharacter) {
  std::vector<std::string> texts = HostileTexts();
  for (int i = 0; i < 80; ++i) texts.push_back(std::string(i, '-') + "شهرداران西安市长对话🇮🇷🇨🇳");
  for (const std::string& text : texts) {
    const std::string calendar = *WriteInvitation(WithText(MayorsDialogue(Zones()), text));
    std::vector<absl::string_view> lines = absl::StrSplit(calendar, "\r\n");
    EXPECT_EQ(lines.back(), "");
    for (absl::string_view line : lines) {
      EXPECT_LE(line.size(), 75u) << line;
      EXPECT_TRUE(IsUtf8(line)) << line;
      EXPECT_EQ(Clean(line), line);  // no control character, and no line end of any kind
      EXPECT_FALSE(absl::StrContains(line, '\n'));
    }
  }
}

class HostileText : public testing::TestWithParam<std::string> {};

TEST_P(HostileText, ComesBackFromOurReaderAsItWentIn) {
  const std::string clean = Clean(GetParam());
  const auto calendar =
      ReadCalendar(*WriteInvitation(WithText(MayorsDialogue(Zones()), GetParam())));
  ASSERT_TRUE(calendar.ok()) << calendar.status();
  const Component& event = calendar->components.back();
  std::vector<std::string> names;
  for (const Property& property : event.properties) names.push_back(property.name);
  EXPECT_THAT(names,
              ElementsAre("UID", "SEQUENCE", "DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART",
                          "DTEND", "STATUS", "TRANSP", "SUMMARY", "DESCRIPTION", "LOCATION", "URL",
                          "CONFERENCE", "CONFERENCE", "ORGANIZER", "ATTENDEE"));
  EXPECT_TRUE(event.components.empty());
  for (const int text : {9, 10, 11}) EXPECT_EQ(UnescapeText(event.properties[text].value), clean);
  EXPECT_EQ(event.properties[13].ParameterValue("LABEL"), NameFrom(GetParam()));
  EXPECT_EQ(event.properties[13].parameters.size(), 3u);
  EXPECT_EQ(event.properties[15].ParameterValue("CN"), NameFrom(GetParam()));
  EXPECT_EQ(event.properties[16].ParameterValue("CN"), NameFrom(GetParam()));
  EXPECT_EQ(event.properties[16].parameters.size(), 5u);
}

TEST_P(HostileText, ComesBackFromLibicalAsItWentIn) {
  // libical drops the blanks at both ends of a value.
  const std::string clean(absl::StripAsciiWhitespace(Clean(GetParam())));
  const auto calendar =
      ReadByLibical(*WriteInvitation(WithText(MayorsDialogue(Zones()), GetParam())));
  ASSERT_NE(calendar, nullptr);
  EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0);
  EXPECT_TRUE(icalrestriction_check(calendar.get()));
  EXPECT_EQ(icalcomponent_count_components(calendar.get(), ICAL_ANY_COMPONENT), 2);
  icalcomponent* event = FirstOf(calendar, ICAL_VEVENT_COMPONENT);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(icalcomponent_count_properties(event, ICAL_ANY_PROPERTY), 17);
  EXPECT_EQ(icalcomponent_count_components(event, ICAL_ANY_COMPONENT), 0);
  EXPECT_EQ(ValueOf(event, ICAL_SUMMARY_PROPERTY), clean);
  EXPECT_EQ(ValueOf(event, ICAL_DESCRIPTION_PROPERTY), clean);
  EXPECT_EQ(ValueOf(event, ICAL_LOCATION_PROPERTY), clean);
  EXPECT_EQ(NameIn(event, ICAL_ATTENDEE_PROPERTY), NameFrom(GetParam()));
  EXPECT_EQ(NameIn(event, ICAL_ORGANIZER_PROPERTY), NameFrom(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(, HostileText, testing::ValuesIn(HostileTexts()),
                         [](const auto& info) { return std::to_string(info.index); });

TEST(WriteInvitation, RefusesWhatCannotBeAnAddress) {
  for (const char* address :
       {"", "li.wei", "li wei@xian.example", "li.wei@xian.example\r\nRCPT TO:<a@b>",
        "li.wei@xian.example\n", "li.wei@xian.example,evil@press.example", "@xian.example",
        "<li.wei@xian.example>", "li.wei@", "li.wei@xian..example", "li\"wei@xian.example",
        "li;wei@xian.example", "li:wei@xian.example", "li.wei@xian.example\xE2\x80\xA8",
        "李伟@xian.example", "a@b@c", "li.wei@[127.0.0.1]"}) {
    Invitation invitation = MayorsDialogue(Zones());
    invitation.attendee.address = address;
    EXPECT_THAT(BadFields(invitation), ElementsAre("attendee.address")) << address;
    invitation = MayorsDialogue(Zones());
    invitation.organizer.address = address;
    EXPECT_THAT(BadFields(invitation), ElementsAre("organizer.address")) << address;
  }
}

TEST(WriteInvitation, NamesEveryBadField) {
  Invitation invitation = MayorsDialogue(Zones());
  invitation.uid = "a\r\nMETHOD:CANCEL";
  invitation.sequence = -1;
  invitation.length = std::chrono::seconds(0);
  invitation.zone = nullptr;
  invitation.language = "fa;X=1";
  invitation.url = "javascript:alert(1)";
  invitation.conferences[1].uri = "https://neshast.example/\r\nATTENDEE:mailto:a@b";
  EXPECT_THAT(BadFields(invitation), ElementsAre("uid", "sequence", "length", "zone", "language",
                                                 "url", "conferences[1].uri"));
}

}  // namespace
}  // namespace neshast::ical
