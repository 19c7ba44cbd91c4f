// The times that people propose, and the lines around them.
#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "ical/reply.h"

namespace neshast::ical {
namespace {

const ZoneDatabase& Zones() {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return *zones;
}

// A counter-proposal whose DTSTART and what follows it are `lines`.
std::string Counter(absl::string_view lines) {
  return absl::StrCat("BEGIN:VCALENDAR\nMETHOD:COUNTER\nBEGIN:VEVENT\nUID:a\n",
                      "ATTENDEE:mailto:li.wei@xian.example\n", lines,
                      "\nEND:VEVENT\nEND:VCALENDAR\n");
}

struct TimeCase {
  const char* rule;
  const char* lines;
  const char* says;  // "starts zone ends" with an empty ends where the client names none
};

constexpr TimeCase kTimes[] = {
    {"AnIanaName", "DTSTART;TZID=Asia/Tehran:20261201T100000", "2026-12-01T06:30:00Z Asia/Tehran "},
    {"AQuotedName", "DTSTART;TZID=\"Asia/Kathmandu\":20261201T100000",
     "2026-12-01T04:15:00Z Asia/Kathmandu "},
    {"AnExplicitType", "DTSTART;VALUE=DATE-TIME;TZID=Asia/Tehran:20261201T100000",
     "2026-12-01T06:30:00Z Asia/Tehran "},
    {"APrefixedName",
     "DTSTART;TZID=/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires:20261201T100000",
     "2026-12-01T13:00:00Z America/Argentina/Buenos_Aires "},
    {"ExchangesUtc", "DTSTART;TZID=\"tzone://Microsoft/Utc\":20261201T100000",
     "2026-12-01T10:00:00Z UTC "},
    {"TheFirstOfTwoEqualTimes", "DTSTART;TZID=Europe/Rome:20261025T023000",
     "2026-10-25T00:30:00Z Europe/Rome "},
    {"ASkippedTimeByTheOffsetBefore", "DTSTART;TZID=Europe/Rome:20260329T023000",
     "2026-03-29T01:30:00Z Europe/Rome "},
    {"AnEndInAnotherZone",
     "DTSTART;TZID=Asia/Tehran:20261201T100000\nDTEND;TZID=Asia/Shanghai:20261201T160000",
     "2026-12-01T06:30:00Z Asia/Tehran 2026-12-01T08:00:00Z"},
    {"ALength", "DTSTART:20261201T100000Z\nDURATION:P1DT2H",
     "2026-12-01T10:00:00Z UTC 2026-12-02T12:00:00Z"},
};

class ProposedTimes : public testing::TestWithParam<TimeCase> {};

TEST_P(ProposedTimes, AreReadByTheZonesWeKnow) {
  const auto reply = ParseReply(Counter(GetParam().lines), Zones());
  ASSERT_TRUE(reply.ok()) << reply.status();
  const Proposal& proposal = *reply->proposal;
  EXPECT_EQ(absl::StrCat(FormatInstant(proposal.starts.instant), " ", proposal.starts.time_zone,
                         " ", proposal.ends ? FormatInstant(proposal.ends->instant) : ""),
            GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(, ProposedTimes, testing::ValuesIn(kTimes),
                         [](const auto& info) { return info.param.rule; });

TEST(ParseReply, SaysWhatIsWrongWithAProposedTime) {
  for (const auto& [lines, sentence] : std::initializer_list<std::pair<const char*, const char*>>{
           {"DTSTART;TZID=Customized Time Zone:20261201T100000",
            "DTSTART is in a time zone that is not known: \"Customized Time Zone\"."},
           {"DTSTART;TZID=EST:20261201T100000",
            "DTSTART is in a time zone that is not known: \"EST\"."},
           {"DTSTART;TZID=../../etc/passwd:20261201T100000",
            "DTSTART is in a time zone that is not known: \"../../etc/passwd\"."},
           {"DTSTART:20261201T100000", "DTSTART names no time zone."},
           {"DTSTART;VALUE=DATE:20261201", "DTSTART names a day without an hour: \"20261201\"."},
           {"DTSTART:20261301T100000Z", "DTSTART is no date and time: \"20261301T100000Z\"."},
           {"DTSTART:tomorrow", "DTSTART is no date and time: \"tomorrow\"."},
           {"SUMMARY:Later", "The reply has no DTSTART."},
           {"DTSTART:20261201T100000Z\nDTSTART:20261202T100000Z",
            "The reply has more than one DTSTART."},
           {"DTSTART:20261201T100000Z\nDTEND:20261201T100000Z",
            "The proposed time ends before it starts."},
           {"DTSTART:20261201T100000Z\nDURATION:P99999W",
            "DURATION is no length of up to a week: \"P99999W\"."},
           {"DTSTART:20261201T100000Z\nDURATION:-PT1H",
            "DURATION is no length of up to a week: \"-PT1H\"."}}) {
    const absl::Status status = ParseReply(Counter(lines), Zones()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(DetailOf(status).reason, "INVALID_FIELD");
    EXPECT_EQ(std::string(status.message()), sentence);
  }
}

TEST(ParseReply, PassesOverLinesThatAreNoProperty) {
  const auto reply = ParseReply(
      Counter("DTSTART:20261201T100000Z\nDESCRIPTION:one\nbroken off here\n; more\n\nX Y:z"),
      Zones());
  EXPECT_TRUE(reply.ok()) << reply.status();
}

TEST(ParseReply, JoinsACharacterThatAFoldCutsInTwo) {
  const auto reply =
      ParseReply(Counter("DTSTART:20261201T100000Z\nCOMMENT:M\xC3\n \xA9s"), Zones());
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->comment, "Més");
}

}  // namespace
}  // namespace neshast::ical
