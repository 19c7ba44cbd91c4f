#include "replies/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using v1::InvitationResponse;
using v1::Reply;

Incoming Read(absl::string_view mail) {
  static const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  return ReadIncoming(absl::StrReplaceAll(mail, {{"\n", "\r\n"}}), false, "mx.isfahan.example",
                      *zones);
}

TEST(ReadIncoming, ReadsOutlookInChineseQuotedPrintableAndWithoutOrganizer) {
  const Incoming mail = Read(R"(From: =?gb2312?B?wO7OsA==?= <Li.Wei@xian.example>
To: <protocol+q7x@isfahan.example>
Subject: =?gb2312?B?vdPK3A==?=: dialogue
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=gb2312
Content-Transfer-Encoding: base64

vdPK3KOh
--b
Content-Type: text/calendar; charset="utf-8"; method=reply
Content-Transfer-Encoding: quoted-printable

BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
ATTENDEE;PARTSTAT=3DTENTATIVE:mailto:Li.Wei@Xian.example
COMMENT:=E5=A5=BD
DTSTAMP:20261124T101500Z
SEQUENCE:2
UID:dialogue@isfahan.example
END:VEVENT
END:VCALENDAR
--b--
)");
  EXPECT_FALSE(mail.doubt.has_value());
  EXPECT_EQ(mail.reply.kind(), Reply::KIND_ANSWER);
  EXPECT_EQ(mail.reply.answer(), InvitationResponse::ANSWER_TENTATIVE);
  EXPECT_EQ(mail.reply.attendee(), "li.wei@xian.example");
  EXPECT_EQ(mail.reply.from(), "Li.Wei@xian.example");
  EXPECT_EQ(mail.reply.subject(), "接受: dialogue");
  EXPECT_EQ(mail.reply.comment(), "好");
  EXPECT_EQ(mail.reply.text(), "接受！");
  EXPECT_EQ(mail.reply.sequence(), 2);
  EXPECT_EQ(mail.reply.stamp_time().seconds(), 1795515300);
  EXPECT_EQ(mail.reply.dmarc(), Reply::DMARC_UNKNOWN);
  EXPECT_EQ(mail.uid, "dialogue@isfahan.example");
}

TEST(ReadIncoming, ReadsWhichMailDidNotArrive) {
  const Incoming mail = Read(R"(From: MAILER-DAEMON@xian.example
To: protocol+q7x@isfahan.example
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.xian.example

Final-Recipient: rfc822; li.wei@xian.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b
Content-Type: text/rfc822-headers

Message-ID: <abc@isfahan.example>

--b--
)");
  EXPECT_EQ(mail.reply.kind(), Reply::KIND_BOUNCE);
  EXPECT_THAT(mail.thread, ElementsAre("abc@isfahan.example"));
  EXPECT_THAT(mail.failed, ElementsAre("li.wei@xian.example"));
  EXPECT_THAT(mail.reply.comment(), HasSubstr("No such user"));
}

TEST(ReadIncoming, TellsWhyACalendarCannotBeRead) {
  const Incoming mail = Read("Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n");
  EXPECT_EQ(mail.reply.kind(), Reply::KIND_UNREADABLE);
  EXPECT_EQ(mail.doubt, Reply::DOUBT_UNREADABLE);
  EXPECT_FALSE(mail.reply.comment().empty());
}

TEST(ReadIncoming, KeepsOfAnythingABoundedBeginningInWholeCharacters) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "جلسه\x01";
  const Incoming mail = Read(absl::StrCat("Subject: ", std::string(900, 's'),
                                          "\nContent-Type: text/plain; charset=utf-8\n\n", text));
  EXPECT_EQ(mail.reply.kind(), Reply::KIND_OTHER);
  EXPECT_EQ(mail.reply.subject().size(), 250u);
  EXPECT_EQ(mail.reply.text().size(), 2u * 2000);  // two bytes each
  EXPECT_THAT(mail.reply.text(), testing::Not(HasSubstr("\x01")));
}

TEST(ReadIncoming, ReadsOfATruncatedMailOnlyWhoseItIs) {
  const std::unique_ptr<ZoneDatabase> zones = *ZoneDatabase::Open();
  const Incoming mail = ReadIncoming(
      "From: li.wei@xian.example\r\nSubject: Photographs\r\n"
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/jpeg\r\n\r\nxx",
      true, "", *zones);
  EXPECT_EQ(mail.doubt, Reply::DOUBT_TOO_LARGE);
  EXPECT_EQ(mail.reply.from(), "li.wei@xian.example");
  EXPECT_EQ(mail.reply.subject(), "Photographs");
}

TEST(ReplyName, IsOneForOneMailAndAnotherForEveryOther) {
  EXPECT_EQ(ReplyName("a\r\nb"), ReplyName("a\nb"));
  EXPECT_NE(ReplyName("a\nb"), ReplyName("a\nc"));
  EXPECT_EQ(ReplyName("x").size(), std::string("replies/").size() + 32);
}

}  // namespace
}  // namespace neshast
