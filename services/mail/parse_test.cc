#include "mail/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "errors.h"

namespace neshast::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kServer[] = "mx.isfahan.example";

// `text` with the line ends of mail.
std::string Lines(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\n", "\r\n"}});
}

InboundMail Parsed(absl::string_view text) {
  absl::StatusOr<InboundMail> mail = ParseMail(Lines(text), kServer);
  EXPECT_TRUE(mail.ok()) << mail.status();
  return mail.ok() ? *mail : InboundMail{};
}

// As Outlook answers an invitation.
constexpr char kReply[] = R"(Return-Path: <li.wei@xian.example>
Authentication-Results: mx.isfahan.example; dkim=pass header.d=xian.example;
 dmarc=pass (p=reject) header.from=xian.example
Received: from mail.xian.example by mx.isfahan.example; Tue, 24 Nov 2026 08:00:00 +0000
From: =?gb2312?B?wO7OsA==?= <li.wei@xian.example>
To: Protocol <reply+q7x@isfahan.example>
Subject: =?gb2312?B?vdPK3A==?=: dialogue
Message-ID: <answer.1@xian.example>
In-Reply-To: <dialogue.1@isfahan.example>
References: <dialogue.0@isfahan.example>
 <dialogue.1@isfahan.example>
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
COMMENT:=E5=A5=BD
END:VCALENDAR
--b--
)";

TEST(ParseMail, ReadsAnAnswerToAnInvitation) {
  const InboundMail mail = Parsed(kReply);
  EXPECT_EQ(mail.from->text(), "li.wei@xian.example");
  ASSERT_THAT(mail.to, SizeIs(1));
  EXPECT_EQ(mail.to[0].tag(), "q7x");
  EXPECT_EQ(mail.subject, "接受: dialogue");
  EXPECT_EQ(mail.message_id, "answer.1@xian.example");
  EXPECT_THAT(mail.in_reply_to, ElementsAre("dialogue.1@isfahan.example"));
  EXPECT_THAT(mail.references,
              ElementsAre("dialogue.0@isfahan.example", "dialogue.1@isfahan.example"));
  EXPECT_FALSE(mail.auto_submitted);
  EXPECT_EQ(mail.dmarc, Dmarc::kPass);
  EXPECT_EQ(mail.text, "接受！");
  EXPECT_EQ(mail.calendar->method, "REPLY");
  EXPECT_THAT(mail.calendar->text, HasSubstr("COMMENT:好\r\n"));
  EXPECT_FALSE(mail.report.has_value());
}

struct Verdict {
  const char* name;
  const char* headers;
  Dmarc dmarc;
};

const Verdict kVerdicts[] = {
    {"Pass", "Authentication-Results: mx.isfahan.example; dmarc=pass header.from=xian.example\n",
     Dmarc::kPass},
    {"Fail", "Authentication-Results: mx.isfahan.example; dmarc=fail header.from=xian.example\n",
     Dmarc::kFail},
    {"WithVersionAndCase", "Authentication-Results: MX.Isfahan.Example 1; DMARC=Pass\n",
     Dmarc::kPass},
    {"None", "", Dmarc::kUnknown},
    {"Nothing", "Authentication-Results: mx.isfahan.example; none\n", Dmarc::kUnknown},
    {"OnlySpf", "Authentication-Results: mx.isfahan.example; spf=pass\n", Dmarc::kUnknown},
    {"AnotherServer", "Authentication-Results: mx.evil.example; dmarc=pass\n", Dmarc::kUnknown},
    {"OursIsNotOnTop",
     "Authentication-Results: mx.evil.example; dmarc=pass\n"
     "Authentication-Results: mx.isfahan.example; dmarc=pass\n",
     Dmarc::kUnknown},
    {"TheForgedOneIsBelow",
     "Authentication-Results: mx.isfahan.example; dmarc=fail\n"
     "Authentication-Results: mx.isfahan.example; dmarc=pass\n",
     Dmarc::kFail},
    {"OurNameInsideAnother",
     "Authentication-Results: mx.isfahan.example.evil.example; dmarc=pass\n", Dmarc::kUnknown},
    {"OurNameInAComment", "Authentication-Results: (mx.isfahan.example;) evil; dmarc=pass\n",
     Dmarc::kUnknown},
    {"InAComment", "Authentication-Results: mx.isfahan.example; spf=fail (; dmarc=pass )\n",
     Dmarc::kUnknown},
    {"InANestedComment",
     "Authentication-Results: mx.isfahan.example; spf=fail ((a); dmarc=pass;)\n", Dmarc::kUnknown},
    {"InAQuotedText",
     "Authentication-Results: mx.isfahan.example; spf=pass smtp.mailfrom=\"x; dmarc=pass "
     ";\"@evil\n",
     Dmarc::kUnknown},
    {"InAnEncodedWord", "Authentication-Results: mx.isfahan.example; =?utf-8?q?x=3B?= dmarc=pass\n",
     Dmarc::kUnknown},
    {"OfAnotherDomain",
     "Authentication-Results: mx.isfahan.example; dmarc=pass header.from=evil.example\n",
     Dmarc::kUnknown},
};

class Verdicts : public testing::TestWithParam<Verdict> {};

TEST_P(Verdicts, AreTakenFromOurOwnServerOnly) {
  EXPECT_EQ(Parsed(absl::StrCat(GetParam().headers, "From: li@xian.example\n\nYes.\n")).dmarc,
            GetParam().dmarc);
}

INSTANTIATE_TEST_SUITE_P(All, Verdicts, testing::ValuesIn(kVerdicts),
                         [](const auto& info) { return info.param.name; });

TEST(ParseMail, TrustsNobodyWhereNoServerIsConfigured) {
  EXPECT_EQ(
      ParseMail("Authentication-Results: ; dmarc=pass\r\nFrom: li@xian.example\r\n\r\n", "")->dmarc,
      Dmarc::kUnknown);
}

TEST(ParseMail, KnowsNoSenderWhereFromIsDoubtful) {
  for (const char* from :
       {"", "From: \n", "From: li@xian.example, zhang@xian.example\n",
        "From: li@xian.example\nFrom: zhang@xian.example\n", "From: Li Wei\n",
        "From: <li@xian.example>, \n zhang\n", "From: \"li@xian.example\" <>\n"}) {
    const InboundMail mail = Parsed(absl::StrCat(
        "Authentication-Results: mx.isfahan.example; dmarc=pass\n", from, "To: a@b\n\nYes.\n"));
    EXPECT_FALSE(mail.from.has_value()) << from << mail.from->text();
    EXPECT_EQ(mail.dmarc, Dmarc::kUnknown) << from;
    EXPECT_EQ(mail.text, "Yes.\r\n");
  }
}

TEST(ParseMail, TakesTheAddressAndNotTheNameThatLooksLikeOne) {
  EXPECT_EQ(Parsed("From: \"mayor@xian.example\" <evil@z.example>\n\n").from->text(),
            "evil@z.example");
  EXPECT_EQ(Parsed("From: =?utf-8?q?mayor=40xian.example=2C?= <evil@z.example>\n\n").from->text(),
            "evil@z.example");
}

TEST(ParseMail, FindsTheAddressThatTheServerDeliveredTo) {
  const InboundMail mail = Parsed(
      "Delivered-To: reply+q7x@isfahan.example\nCc: office@xian.example,\n"
      " bad address@, =?x?= <x y@z>\nTo: undisclosed-recipients:;\n\n");
  std::vector<std::string> texts;
  for (const Address& each : mail.to) texts.push_back(each.text());
  EXPECT_THAT(texts, testing::IsSupersetOf({"office@xian.example", "reply+q7x@isfahan.example"}));
}

struct Charset {
  const char* name;
  const char* charset;
  std::string bytes;
  const char* read;
};

const Charset kCharsets[] = {
    {"Utf8", "; charset=utf-8", "سلام", "سلام"},
    {"Windows1256", "; charset=windows-1256", "\xD3\xE1\xC7\xE3", "سلام"},
    {"Gb2312WithCharactersOfItsSuperset", "; charset=GB2312", "\xBD\xD3\xCA\xDC\x87\xF8", "接受國"},
    {"Gb18030", "; charset=gb18030", "\xBD\xD3\xCA\xDC", "接受"},
    {"Big5", "; charset=big5", "\xB1\xB5\xA8\xFC", "接受"},
    {"Iso2022Jp", "; charset=iso-2022-jp", "\x1B$B@\\<u\x1B(B", "接受"},
    {"KoreanAsOutlookNamesIt", "; charset=ks_c_5601-1987", "\xBC\xF6\xB6\xF4", "수락"},
    {"Koi8", "; charset=koi8-r", "\xE4\xC1", "Да"},
    {"Latin1IsWindows1252", "; charset=iso-8859-1",
     "\x93"
     "ja\x94",
     "“ja”"},
    {"AsciiThatIsUtf8", "; charset=us-ascii", "بله", "بله"},
    {"None", "", "بله", "بله"},
    {"NoneAndNotUtf8", "", "\xE9t\xE9", "été"},
    {"Unknown", "; charset=x-nobody-knows", "\xE9t\xE9", "été"},
    {"Path", "; charset=\"../../etc/passwd\"", "\xE9t\xE9", "été"},
    {"Utf16", "; charset=utf-16be", std::string("\0J\0a", 4), "Ja"},
};

class Charsets : public testing::TestWithParam<Charset> {};

TEST_P(Charsets, AreReadAsMailProgramsMeanThem) {
  const std::string mail =
      absl::StrCat("Content-Type: text/plain", GetParam().charset, "\r\n\r\n", GetParam().bytes);
  EXPECT_EQ(ParseMail(mail, kServer)->text, GetParam().read);
}

INSTANTIATE_TEST_SUITE_P(All, Charsets, testing::ValuesIn(kCharsets),
                         [](const auto& info) { return info.param.name; });

TEST(ParseMail, MakesOneLineOfASubjectThatHidesMore) {
  EXPECT_EQ(Parsed("Subject: =?utf-8?q?Yes=0D=0ABcc:_x=E2=80=A8y?=\n\n").subject, "Yes  Bcc: x y");
}

TEST(ParseMail, ReadsSubjectsThatWereEncodedInPieces) {
  EXPECT_EQ(Parsed("Subject: =?UTF-8?B?SGVsbG8=?= =?UTF-8?B?IHdvcmxk?=\n =?UTF-8?B?IQ==?= Li\n\n")
                .subject,
            "Hello world! Li");
  EXPECT_EQ(Parsed("Subject: =?UTF-8?B?5o?=\n =?UTF-8?B?6l5Y+X?=\n\n").subject, "接受");
  EXPECT_EQ(Parsed("Subject: =?utf-8?q?=E6=8E=A5?= =?gb2312?q?=CA=DC?=\n\n").subject, "接受");
  EXPECT_EQ(Parsed("Subject: a\n b\n\n").subject, "a b");
}

TEST(ParseMail, SeesThatAMachineWroteIt) {
  EXPECT_TRUE(Parsed("Auto-Submitted: auto-replied; owner=x\n\n").auto_submitted);
  EXPECT_FALSE(Parsed("Auto-Submitted: No\n\n").auto_submitted);
  EXPECT_FALSE(Parsed("From: a@b\n\n").auto_submitted);
}

TEST(ParseMail, LeavesOutIdsThatCouldBreakOutOfAHeader) {
  const InboundMail mail = Parsed(
      "Message-ID: <no id>\nReferences: <a@b> <\"x y\"@z> garbage <c@d>\n"
      "In-Reply-To: Your mail of Tuesday\n\n");
  EXPECT_EQ(mail.message_id, "");
  EXPECT_THAT(mail.references, testing::IsSubsetOf({"a@b", "c@d"}));
  EXPECT_THAT(mail.in_reply_to, IsEmpty());
}

TEST(ParseMail, PassesOverAttachmentsAndMailsInsideTheMail) {
  const InboundMail mail = Parsed(R"(Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain
Content-Disposition: attachment; filename=notes.txt

Not this.
--b
Content-Type: message/rfc822

Content-Type: text/calendar; method=CANCEL

BEGIN:VCALENDAR
--b
Content-Type: text/plain

This.
--b
Content-Type: application/ms-tnef; name="winmail.dat"

x
--b--
)");
  EXPECT_EQ(mail.text, "This.");
  EXPECT_FALSE(mail.calendar.has_value());
  EXPECT_TRUE(mail.winmail);
}

TEST(ParseMail, LeavesOutACalendarThatIsTooLarge) {
  const std::string head = "Content-Type: text/calendar; method=REPLY\r\n\r\n";
  const std::string most(kMostCalendarOctets, 'x');
  EXPECT_THAT(ParseMail(head + most, kServer)->calendar->text, SizeIs(kMostCalendarOctets));
  const InboundMail mail = *ParseMail(head + most + "x", kServer);
  EXPECT_TRUE(mail.calendar_too_large);
  EXPECT_FALSE(mail.calendar.has_value());
}

std::string Nested(int depth) {
  std::string mail;
  for (int level = 0; level < depth; ++level) {
    absl::StrAppend(&mail, "Content-Type: multipart/mixed; boundary=b", level, "\n\n--b", level,
                    "\n");
  }
  return absl::StrCat(mail, "\nEnd.\n");
}

std::string Parts(int count) {
  std::string mail = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int part = 0; part < count; ++part) absl::StrAppend(&mail, "--b\n\nx\n");
  return mail + "--b--\n";
}

TEST(ParseMail, RefusesWhatNoMailProgramMakes) {
  EXPECT_TRUE(ParseMail(Lines(Nested(7)), kServer).ok());
  EXPECT_TRUE(ParseMail(Lines(Parts(99)), kServer).ok());
  for (const std::string& mail : {Nested(8), Nested(2000), Parts(100), Parts(50'000),
                                  std::string(kMostMailOctets + 1, 'x')}) {
    EXPECT_EQ(DetailOf(ParseMail(Lines(mail), kServer).status()).reason, "OUT_OF_BOUNDS");
  }
}

TEST(ParseMail, ReadsWhatItCanOfWhatIsNoMail) {
  for (const std::string& bytes :
       {std::string(), std::string("\r\n"), std::string("\0", 1), std::string("x"),
        std::string("From "), std::string("Content-Type: multipart/mixed\r\n\r\n"),
        std::string(kMostMailOctets, '\n'), std::string(kMostMailOctets, ':'),
        "From: " + std::string(kMostMailOctets - 6, '(')}) {
    EXPECT_TRUE(ParseMail(bytes, kServer).ok());
  }
}

// As Postfix reports; the headers alone, or the whole mail, come back.
std::string Bounce(absl::string_view returned, absl::string_view action) {
  return absl::StrCat(R"(Return-Path: <>
From: MAILER-DAEMON@xian.example
To: bounce+q7x@isfahan.example
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

I could not deliver it.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.xian.example

Final-Recipient: rfc822; mayor.box@xian.example
Original-Recipient: rfc822;mayor@xian.example
Action: )",
                      action, R"(
Status: 5.1.1 (no such user)
Diagnostic-Code: smtp; 550 5.1.1 <mayor@xian.example>:
 unknown user

Final-Recipient: rfc822; deputy@xian.example
Action: relayed
Status: 2.0.0
--b
Content-Type: )",
                      returned, R"(

Message-ID: <dialogue.1@isfahan.example>
Subject: Dialogue

--b--
)");
}

TEST(ParseMail, SaysWhichMailDidNotReachWhom) {
  for (const char* returned : {"message/rfc822", "text/rfc822-headers"}) {
    const InboundMail mail = Parsed(Bounce(returned, "failed"));
    ASSERT_TRUE(mail.report.has_value());
    EXPECT_EQ(mail.report->message_id, "dialogue.1@isfahan.example");
    ASSERT_THAT(mail.report->failures, SizeIs(1));
    EXPECT_EQ(mail.report->failures[0].recipient, "mayor@xian.example");
    EXPECT_EQ(mail.report->failures[0].status, "5.1.1");
    EXPECT_EQ(mail.report->failures[0].diagnostic, "550 5.1.1 <mayor@xian.example>: unknown user");
    EXPECT_EQ(mail.to[0].tag(), "q7x");
  }
}

TEST(ParseMail, DoesNotTakeADelayForAFailure) {
  const InboundMail mail = Parsed(Bounce("message/rfc822", "delayed"));
  ASSERT_TRUE(mail.report.has_value());
  EXPECT_THAT(mail.report->failures, IsEmpty());
}

}  // namespace
}  // namespace neshast::mail
