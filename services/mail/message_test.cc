#include "mail/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "errors.h"
#include "mail/invitation.h"
#include "mail/parse.h"

namespace neshast::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string Repeated(absl::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) absl::StrAppend(&all, text);
  return all;
}

// What every mail of ours keeps to, whatever is in it.
void CheckForm(const std::string& bytes) {
  EXPECT_TRUE(std::all_of(bytes.begin(), bytes.end(), [](char c) {
    return (c >= ' ' && c < 0x7F) || c == '\r' || c == '\n' || c == '\t';
  }));
  ASSERT_TRUE(absl::EndsWith(bytes, "\r\n"));
  for (absl::string_view line : absl::StrSplit(bytes, "\r\n")) {
    EXPECT_EQ(line.find_first_of("\r\n"), absl::string_view::npos) << "A bare line end: " << line;
    EXPECT_LE(line.size(), 998u);
    if (absl::StrContains(line, "=?UTF-8?")) {
      EXPECT_LE(line.size(), 76u) << line;
    }
  }
}

TEST(MailMessage, ReadsBackAsItWasWritten) {
  const Message sent = Invitation();
  const absl::StatusOr<std::string> bytes = BytesOf(sent);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  CheckForm(*bytes);
  const InboundMail read = *ParseMail(*bytes, "");
  EXPECT_EQ(read.from->text(), "protocol@isfahan.example");
  EXPECT_THAT(read.to, ElementsAre(sent.to.address));
  EXPECT_EQ(read.subject, sent.subject);
  EXPECT_EQ(read.message_id, sent.message_id);
  EXPECT_THAT(read.in_reply_to, ElementsAre(sent.in_reply_to));
  EXPECT_EQ(read.references, sent.references);
  EXPECT_TRUE(read.auto_submitted);
  EXPECT_EQ(read.text, "您好！\r\n会议定于十二月一日。\r\n");
  EXPECT_EQ(read.calendar->method, "REQUEST");
  EXPECT_EQ(read.calendar->text, InvitationCalendar());
}

TEST(MailMessage, HasTheFormsThatCalendarProgramsLookFor) {
  const std::string bytes = *BytesOf(Invitation());
  EXPECT_THAT(bytes, testing::StartsWith("Date: Tue, 24 Nov 2026 08:00:00 +0000\r\n"));
  EXPECT_THAT(bytes, HasSubstr("\r\nReply-To: <reply+q7x@isfahan.example>\r\n"));
  EXPECT_THAT(bytes, HasSubstr("\r\nAuto-Submitted: auto-generated\r\n"));
  EXPECT_THAT(bytes, HasSubstr("\r\nContent-Language: zh-Hans\r\n"));
  EXPECT_THAT(bytes, HasSubstr("Content-Type: text/calendar; method=REQUEST; charset=UTF-8\r\n"));
  EXPECT_THAT(bytes, HasSubstr("\r\n filename=\"invite.ics\"\r\n"));
  EXPECT_LT(bytes.find("multipart/mixed"), bytes.find("multipart/alternative"));
  EXPECT_LT(bytes.find("text/plain"), bytes.find("text/html"));
  EXPECT_LT(bytes.find("text/html"), bytes.find("text/calendar"));
  EXPECT_LT(bytes.find("text/calendar"), bytes.find("application/ics"));
}

TEST(MailMessage, IsTheSameBytesEachTime) {
  EXPECT_EQ(*BytesOf(Invitation()), *BytesOf(Invitation()));
}

TEST(MailMessage, OfOneFormHasNoParts) {
  Message message = Invitation();
  message.html.clear();
  message.calendar.reset();
  message.attachments.clear();
  message.text = "Good morning.\n.\nFrom here on = \t\n" + std::string(2000, 'x');
  const std::string bytes = *BytesOf(message);
  CheckForm(bytes);
  EXPECT_THAT(bytes, Not(HasSubstr("multipart")));
  EXPECT_THAT(bytes, HasSubstr("\r\nGood morning.\r\n"));
  EXPECT_EQ(ParseMail(bytes, "")->text,
            "Good morning.\r\n.\r\nFrom here on = \t\r\n" + std::string(2000, 'x') + "\r\n");
}

TEST(MailMessage, KeepsEverySubjectThatIsOneLine) {
  const std::string subjects[] = {"",
                                  " two spaces  in front and behind ",
                                  "=?utf-8?q?=0D=0ABcc: evil@z?=",
                                  std::string(10'000, 'a'),
                                  Repeated("市长对话", 800),
                                  "x" + Repeated("گفت‌وگو ", 600) + "end",
                                  "a\xF0\x9F\x95\x8A\xF0\x9F\x95\x8A\xF0\x9F\x95\x8A pigeons"};
  for (const std::string& subject : subjects) {
    Message message = Invitation();
    message.subject = subject;
    const std::string bytes = *BytesOf(message);
    CheckForm(bytes);
    EXPECT_TRUE(ParseMail(bytes, "")->subject == subject) << subject.substr(0, 60);
    EXPECT_EQ(ParseMail(bytes, "")->text, "您好！\r\n会议定于十二月一日。\r\n");
  }
}

TEST(MailMessage, NeverTakesANameForAnAddress) {
  const std::string names[] = {"O'Brien \"Bob\" (mayor), José <x@y> ,; \\",
                               "\\\"",
                               "evil@z.example",
                               "<evil@z.example>",
                               "\"> evil@z.example <\"",
                               "a, b; c: d",
                               "=?utf-8?q?x?= <evil@z.example>",
                               std::string(10'000, '"'),
                               Repeated("市长 <evil@z.example>, ", 300)};
  for (const std::string& name : names) {
    Message message = Invitation();
    message.to.name = message.from.name = name;
    const absl::StatusOr<std::string> bytes = BytesOf(message);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    CheckForm(*bytes);
    const InboundMail read = *ParseMail(*bytes, "");
    EXPECT_THAT(read.to, ElementsAre(message.to.address)) << name.substr(0, 60);
    EXPECT_EQ(read.from, message.from.address) << name.substr(0, 60);
  }
}

struct Refusal {
  const char* name;
  void (*spoil)(Message& message);
};

const Refusal kRefusals[] = {
    {"BccInSubject", [](Message& m) { m.subject = "Dialogue\r\nBcc: evil@z.example"; }},
    {"LineFeedInSubject", [](Message& m) { m.subject = "Dialogue\nBcc: evil@z.example"; }},
    {"NulInSubject", [](Message& m) { m.subject = std::string("a\0b", 3); }},
    {"DeleteInSubject", [](Message& m) { m.subject = "a\x7F"; }},
    {"NextLineInSubject",
     [](Message& m) {
       m.subject =
           "a\xC2\x85"
           "b";
     }},
    {"LineSeparatorInSubject",
     [](Message& m) {
       m.subject =
           "a\xE2\x80\xA8"
           "b";
     }},
    {"ParagraphSeparatorInSubject",
     [](Message& m) {
       m.subject =
           "a\xE2\x80\xA9"
           "b";
     }},
    {"SubjectNotUtf8",
     [](Message& m) {
       m.subject =
           "a\xC0\x8A"
           "b";
     }},
    {"LineBreakInName", [](Message& m) { m.to.name = "Mayor\r\nBcc: evil@z.example"; }},
    {"LineBreakInSender", [](Message& m) { m.from.name = "Mayor\nBcc: evil@z.example"; }},
    {"LineBreakInReplyName", [](Message& m) { m.reply_to->name = "a\r\n\r\nbody"; }},
    {"NoMessageId", [](Message& m) { m.message_id = ""; }},
    {"MessageIdBreaksOut", [](Message& m) { m.message_id = "a@b>\r\nBcc: <evil@z"; }},
    {"MessageIdInBrackets", [](Message& m) { m.message_id = "<a@b>"; }},
    {"AnswerBreaksOut", [](Message& m) { m.in_reply_to = "a@b\r\nBcc:evil@z"; }},
    {"ThreadBreaksOut",
     [](Message& m) {
       m.references = {"a@b", "a@b c"};
     }},
    {"LanguageBreaksOut", [](Message& m) { m.language = "fa\r\nBcc: evil@z"; }},
    {"MethodBreaksOut", [](Message& m) { m.calendar->method = "REQUEST; x=y"; }},
    {"AttachmentNameBreaksOut", [](Message& m) { m.attachments[0].name = "a\r\nb.pdf"; }},
    {"AttachmentWithoutName", [](Message& m) { m.attachments[0].name = ""; }},
    {"AttachmentNameTooLong", [](Message& m) { m.attachments[0].name = std::string(256, 'a'); }},
    {"AttachmentTypeBreaksOut", [](Message& m) { m.attachments[0].type = "a/b\r\nc: d"; }},
    {"NoText", [](Message& m) { m.text = ""; }},
};

class UnfitMessages : public testing::TestWithParam<Refusal> {};

TEST_P(UnfitMessages, AreRefused) {
  Message message = Invitation();
  GetParam().spoil(message);
  const absl::Status status = BytesOf(message).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(DetailOf(status).reason, "INVALID_FIELD");
}

INSTANTIATE_TEST_SUITE_P(All, UnfitMessages, testing::ValuesIn(kRefusals),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace neshast::mail
