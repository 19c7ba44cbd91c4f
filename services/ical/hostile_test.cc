// Texts that are made to hurt: each is refused by a bound or read in no more work than its length.
#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "errors.h"
#include "ical/calendar.h"
#include "ical/reply.h"

namespace neshast::ical {
namespace {

const ZoneDatabase& Zones() {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return *zones;
}

std::string Repeat(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

// A good reply with `lines` in its event.
std::string WithLines(absl::string_view lines) {
  return absl::StrCat(
      "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:isfahan-xian-2026\r\n",
      "ATTENDEE;PARTSTAT=ACCEPTED:mailto:li.wei@xian.example\r\n", lines,
      "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

struct Case {
  const char* rule;
  std::string text;
  const char* reason;
};

std::vector<Case> Bombs() {
  return {
      {"TextOf284Kilobytes", WithLines(Repeat("X-A:b\r\n", 41'000)), "OUT_OF_BOUNDS"},
      {"LineOf2Megabytes", WithLines(absl::StrCat("X-A:", std::string(2'000'000, 'a'), "\r\n")),
       "OUT_OF_BOUNDS"},
      {"LineOf100KilobytesFolded",
       WithLines(absl::StrCat("X-A:", Repeat("aaaaaaaaaa\r\n ", 8'000), "\r\n")), "OUT_OF_BOUNDS"},
      {"LineOf60KilobytesOfEmptyFolds",
       WithLines(absl::StrCat("X-A:", Repeat("a\r\n ", 20'000), "\r\n")), "OUT_OF_BOUNDS"},
      {"EightyThousandNested", Repeat("BEGIN:A\n", 80'000), "OUT_OF_BOUNDS"},
      {"FiveNested", WithLines(Repeat("BEGIN:A\n", 3) + Repeat("END:A\n", 3)), "OUT_OF_BOUNDS"},
      {"ThousandProperties", WithLines(Repeat("X-A:b\r\n", 1'000)), "OUT_OF_BOUNDS"},
      {"ThousandBlankLines", WithLines(Repeat("\n", 1'000)), "OUT_OF_BOUNDS"},
      {"FiftyOneParameters", WithLines(absl::StrCat("X-A", Repeat(";B=c", 51), ":d\r\n")),
       "OUT_OF_BOUNDS"},
      {"ANul", WithLines(absl::string_view("X-A:b\0c\r\n", 9)), "INVALID_FIELD"},
      {"Latin1", WithLines("COMMENT:M\xE9s\r\n"), "INVALID_FIELD"},
      {"Surrogates", WithLines("COMMENT:\xED\xA0\x80\r\n"), "INVALID_FIELD"},
      {"TwoUids", WithLines("UID:another\r\n"), "INVALID_FIELD"},
      {"TwoAttendees", WithLines("ATTENDEE:mailto:evil@press.example\r\n"), "INVALID_FIELD"},
      {"TwoEvents", WithLines("END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\n"), "INVALID_FIELD"},
      {"TwoCalendars", WithLines("") + WithLines(""), "INVALID_FIELD"},
      {"TwoMethods", WithLines("END:VEVENT\r\nMETHOD:CANCEL\r\nBEGIN:VALARM\r\nEND:VALARM\r\n"),
       "INVALID_FIELD"},
      {"SomethingBehind", WithLines("") + "METHOD:CANCEL\r\n", "INVALID_FIELD"},
      {"SomethingBefore", "METHOD:CANCEL\r\n" + WithLines(""), "INVALID_FIELD"},
      {"CrossedEnds", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT\n",
       "INVALID_FIELD"},
      {"NoEnd", "BEGIN:VCALENDAR\nMETHOD:REPLY\n", "INVALID_FIELD"},
      {"OnlyAnEnd", "END:VCALENDAR\n", "INVALID_FIELD"},
      {"NegativeSequence", WithLines("SEQUENCE:-1\r\n"), "INVALID_FIELD"},
      {"HugeSequence", WithLines("SEQUENCE:99999999999\r\n"), "INVALID_FIELD"},
      {"Html", "<html><body>Out of office</body></html>", "INVALID_FIELD"},
      {"Nothing", "", "INVALID_FIELD"},
  };
}

class Hostile : public testing::TestWithParam<Case> {};

TEST_P(Hostile, IsRefusedWithASentence) {
  const absl::Status status = ParseReply(GetParam().text, Zones()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(DetailOf(status).reason, GetParam().reason) << status;
  EXPECT_TRUE(absl::EndsWith(status.message(), ".")) << status;
  EXPECT_EQ(DetailOf(status).violations.size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(, Hostile, testing::ValuesIn(Bombs()),
                         [](const auto& info) { return info.param.rule; });

// Rules that keep other engines busy for ever, or make millions of instances: here they are text.
TEST(ParseReply, NeverLooksAtARuleOfRecurrence) {
  for (const char* rule :
       {"FREQ=SECONDLY", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY",
        "FREQ=MONTHLY;BYDAY=6MO", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;COUNT=2147483647", "FREQ=HOURLY;INTERVAL=0", ""}) {
    const auto reply = ParseReply(WithLines(absl::StrCat("DTSTART:20261201T100000Z\r\nRRULE:", rule,
                                                         "\r\nEXRULE:", rule, "\r\n")),
                                  Zones());
    EXPECT_TRUE(reply.ok()) << rule << reply.status();
  }
}

TEST(ParseReply, RefusesAnAttendeeWithoutAnAddress) {
  for (const char* attendee : {"mailto:", "invalid:nomail", "mailto:a@b@c", "urn:uuid:1234",
                               "mailto:li.wei@xian.example%0D%0ARCPT TO:x@y", "mailto:%00@b",
                               "mailto:li.wei@xian.example?subject=x", "mailto:a b@c"}) {
    const auto reply =
        ParseReply(absl::StrCat("BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:a\n",
                                "ATTENDEE:", attendee, "\nEND:VEVENT\nEND:VCALENDAR\n"),
                   Zones());
    EXPECT_EQ(DetailOf(reply.status()).reason, "INVALID_FIELD") << attendee;
  }
}

TEST(ParseReply, RefusesMethodsThatAreNoAnswer) {
  for (const char* method : {"REQUEST", "CANCEL", "PUBLISH", "ADD", "DECLINECOUNTER", ""}) {
    const auto reply = ParseReply(
        absl::StrCat("BEGIN:VCALENDAR\nMETHOD:", method,
                     "\nBEGIN:VEVENT\nUID:a\nATTENDEE:mailto:a@b\n", "END:VEVENT\nEND:VCALENDAR\n"),
        Zones());
    EXPECT_EQ(DetailOf(reply.status()).reason, "INVALID_FIELD") << method;
  }
}

TEST(ReadCalendar, TakesWhatIsJustWithinTheBounds) {
  const std::string deep = Repeat("BEGIN:A\n", 2) + Repeat("END:A\n", 2);
  const std::string wide = absl::StrCat("X-A", Repeat(";B=c", 50), ":d\r\n");
  const std::string line = absl::StrCat("X-A:", std::string(kMaxLine - 4, 'a'), "\r\n");
  const std::string many = Repeat("X-A:b\r\n", 900);
  EXPECT_TRUE(ReadCalendar(WithLines(deep + wide + line + many)).ok());
}

}  // namespace
}  // namespace neshast::ical
