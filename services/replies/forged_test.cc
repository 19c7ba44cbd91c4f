// Forty forged mails and more (threat model, T9): none changes anything, each is shown.
#include "replies/replying.h"

namespace neshast {
namespace {

struct Forgery {
  const char* name;
  void (*forge)(Written&);
  const char* doubts;
};

const Forgery kForgeries[] = {
    // The token.
    {"NoToken", [](Written& mail) { mail.to = "protocol@isfahan.example"; }, "NO_TOKEN"},
    {"GuessedToken",
     [](Written& mail) { mail.to = "protocol+abcdefghijklmnopqrstuvwxyz@isfahan.example"; },
     "WRONG_TOKEN"},
    {"HalfAToken", [](Written& mail) { mail.to.erase(20, 10); }, "NO_TOKEN"},
    {"TokenAtAnotherDomain",
     [](Written& mail) {
       absl::StrReplaceAll({{"isfahan", "isfahan.evil"}}, &mail.to);
     },
     "NO_TOKEN"},
    {"TokenAtAnotherOffice",
     [](Written& mail) {
       absl::StrReplaceAll({{"protocol", "press"}}, &mail.to);
     },
     "NO_TOKEN"},
    {"TokenInTheName",
     [](Written& mail) { mail.to = "\"" + mail.to + "\" <protocol@isfahan.example>"; }, "NO_TOKEN"},
    {"TokenInTheSubject",
     [](Written& mail) {
       mail.headers += "Subject: " + mail.to + "\n";
       mail.to = "protocol@isfahan.example";
     },
     "NO_TOKEN"},
    {"TokenAfterAnotherTag",
     [](Written& mail) {
       absl::StrReplaceAll({{"protocol+", "protocol+x+"}}, &mail.to);
     },
     "NO_TOKEN"},
    // The sender.
    {"FromAStranger", [](Written& mail) { mail.from = "From: a@evil.example\n"; },
     "OTHER_ADDRESS DMARC_NOT_PASSED"},
    {"FromAColleague", [](Written& mail) { mail.from = "From: vice-mayor@xian.example\n"; },
     "OTHER_ADDRESS"},
    {"FromALookalike",
     [](Written& mail) { mail.from = "From: mayor-of-xian@xian.example.evil.example\n"; },
     "OTHER_ADDRESS DMARC_NOT_PASSED"},
    {"FromAHomograph", [](Written& mail) { mail.from = "From: mayor-of-xian@xіan.example\n"; },
     "OTHER_ADDRESS DMARC_NOT_PASSED"},
    {"FromNobody", [](Written& mail) { mail.from = ""; }, "OTHER_ADDRESS DMARC_NOT_PASSED"},
    {"FromTwo", [](Written& mail) { mail.from += "From: a@evil.example\n"; },
     "OTHER_ADDRESS DMARC_NOT_PASSED"},
    {"FromTwoInOne",
     [](Written& mail) { mail.from = "From: mayor-of-xian@xian.example, a@evil.example\n"; },
     "OTHER_ADDRESS DMARC_NOT_PASSED"},
    {"AddressInTheNameOfFrom",
     [](Written& mail) { mail.from = "From: \"mayor-of-xian@xian.example\" <a@evil.example>\n"; },
     "OTHER_ADDRESS DMARC_NOT_PASSED"},
    {"OnlySenderFits",
     [](Written& mail) {
       mail.from =
           "From: a@evil.example\nSender: mayor-of-xian@xian.example\n"
           "Reply-To: mayor-of-xian@xian.example\n";
     },
     "OTHER_ADDRESS DMARC_NOT_PASSED"},
    {"FromOurselves", [](Written& mail) { mail.from = "From: protocol@isfahan.example\n"; },
     "OTHER_ADDRESS DMARC_NOT_PASSED"},
    // What our mail server says.
    {"NoVerdict", [](Written& mail) { mail.authentication = ""; }, "DMARC_NOT_PASSED"},
    {"Failed", [](Written& mail) { mail.authentication = "mx.isfahan.example; dmarc=fail"; },
     "DMARC_NOT_PASSED"},
    {"NoPolicy", [](Written& mail) { mail.authentication = "mx.isfahan.example; dmarc=none"; },
     "DMARC_NOT_PASSED"},
    {"VerdictOfAnotherServer",
     [](Written& mail) { mail.authentication = "mx.evil.example; dmarc=pass"; },
     "DMARC_NOT_PASSED"},
    {"OurVerdictIsNotOnTop",
     [](Written& mail) {
       mail.authentication =
           "mx.evil.example; none\nAuthentication-Results: mx.isfahan.example; dmarc=pass";
     },
     "DMARC_NOT_PASSED"},
    {"VerdictOnAnotherDomain",
     [](Written& mail) {
       mail.authentication = "mx.isfahan.example; dmarc=pass header.from=evil.example";
     },
     "DMARC_NOT_PASSED"},
    {"OnlySpf", [](Written& mail) { mail.authentication = "mx.isfahan.example; spf=pass"; },
     "DMARC_NOT_PASSED"},
    // SEQUENCE.
    {"OfAMoveToCome", [](Written& mail) { mail.sequence = "SEQUENCE:1\n"; }, "UNKNOWN_SEQUENCE"},
    {"OfTheLastOfAll", [](Written& mail) { mail.sequence = "SEQUENCE:2147483647\n"; },
     "UNKNOWN_SEQUENCE"},
    {"NegativeSequence", [](Written& mail) { mail.sequence = "SEQUENCE:-1\n"; }, "UNREADABLE"},
    {"TwoSequences", [](Written& mail) { mail.sequence += "SEQUENCE:0\n"; }, "UNREADABLE"},
    // The attendee.
    {"PartyCrasher",
     [](Written& mail) {
       mail.attendee = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@evil.example\n";
       mail.from = "From: a@evil.example\n";
       mail.to = "protocol@isfahan.example";
     },
     "NO_TOKEN OTHER_ADDRESS DMARC_NOT_PASSED NOT_INVITED UNKNOWN_SEQUENCE"},
    {"ForwardedWithTheToken",
     [](Written& mail) {
       mail.attendee = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@evil.example\n";
       mail.from = "From: a@evil.example\n";
     },
     "OTHER_ADDRESS DMARC_NOT_PASSED"},
    {"SpeaksForAnother",
     [](Written& mail) {
       mail.attendee = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:mayor-of-isfahan@isfahan.example\n";
     },
     "OTHER_ADDRESS"},
    {"TwoAttendees",
     [](Written& mail) { mail.attendee += "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@evil.example\n"; },
     "UNREADABLE"},
    {"NoAttendee", [](Written& mail) { mail.attendee = ""; }, "UNREADABLE"},
    {"HandsItOn",
     [](Written& mail) {
       mail.attendee =
           "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:a@evil.example\":"
           "mailto:mayor-of-xian@xian.example\n";
     },
     "NO_ANSWER"},
    {"SaysNothing",
     [](Written& mail) { mail.attendee = "ATTENDEE:mailto:mayor-of-xian@xian.example\n"; },
     "NO_ANSWER"},
    // The session.
    {"UnknownSession", [](Written& mail) { mail.uid = "UID:never@isfahan.example\n"; },
     "UNKNOWN_SUBJECT"},
    {"SessionOfAnotherOffice", [](Written& mail) { mail.uid = "UID:dialogue@evil.example\n"; },
     "UNKNOWN_SUBJECT"},
    {"AnotherSession", [](Written& mail) { mail.uid = "UID:other@isfahan.example\n"; },
     "WRONG_TOKEN UNKNOWN_SEQUENCE SESSION_NOT_OPEN"},
    {"AnotherResource",
     [](Written& mail) { mail.uid = "UID:dialogue/told/mayor-of-xian@isfahan.example\n"; },
     "UNKNOWN_SUBJECT"},
    {"NoUid", [](Written& mail) { mail.uid = ""; }, "UNREADABLE"},
    // What nobody outside may do.
    {"Cancel", [](Written& mail) { mail.method = "CANCEL"; }, "NO_ANSWER"},
    {"Request", [](Written& mail) { mail.method = "REQUEST"; }, "NO_ANSWER"},
    {"Publish", [](Written& mail) { mail.method = "PUBLISH"; }, "NO_ANSWER"},
    {"Add", [](Written& mail) { mail.method = "ADD"; }, "NO_ANSWER"},
    {"Refresh", [](Written& mail) { mail.method = "REFRESH"; }, "NO_ANSWER"},
    {"Counter",
     [](Written& mail) {
       mail.method = "COUNTER";
       mail.more = "DTSTART:20261202T080000Z\n";
     },
     "COUNTER_NEEDS_OFFICER"},
    // What was sent before.
    {"AnOlderAnswer", [](Written& mail) { mail.stamp = "DTSTAMP:20261124T100000Z\n"; },
     "OLDER_THAN_APPLIED"},
    {"TheSameAnswerOnAnotherWay",
     [](Written& mail) {
       mail.stamp = "DTSTAMP:20261124T110000Z\n";
       mail.headers += "Received: from evil.example\n";
     },
     "OLDER_THAN_APPLIED"},
    {"WithoutATime", [](Written& mail) { mail.stamp = ""; }, "OLDER_THAN_APPLIED"},
};

class Forged : public Replying {
 protected:
  Forged() {
    v1::Session draft = Dialogue("sessions/other");
    draft.set_state(v1::Session::STATE_DRAFT);
    store_.Put(draft);
    Written declined = Genuine();
    declined.attendee = "ATTENDEE;PARTSTAT=DECLINED:mailto:mayor-of-xian@xian.example\n";
    declined.stamp = "DTSTAMP:20261124T110000Z\n";
    EXPECT_EQ(Received(declined.Bytes()).state(), v1::Reply::STATE_APPLIED);
  }
};

TEST_F(Forged, NoneOfFortyChangesAnythingAndEachIsShown) {
  ASSERT_GE(std::size(kForgeries), 40u);
  for (const Forgery& forgery : kForgeries) {
    Written mail = Genuine();
    forgery.forge(mail);
    const int64_t before = Revision();
    const v1::Reply reply = Received(mail.Bytes());
    EXPECT_EQ(Doubts(reply), forgery.doubts) << forgery.name;
    EXPECT_EQ(reply.state(), v1::Reply::STATE_AWAITS_OFFICER) << forgery.name;
    // The notice, and nothing else.
    EXPECT_EQ(Revision(), before + 1) << forgery.name;
  }
  EXPECT_EQ(Replies(v1::Reply::STATE_AWAITS_OFFICER).size(), std::size(kForgeries));
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_DECLINED");
}

TEST_F(Forged, TheSameMailWithNothingForgedCounts) {
  EXPECT_EQ(Doubts(Received(Genuine().Bytes())), "");
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_ACCEPTED");
}

TEST_F(Forged, WithoutANameOfOurMailServerNoSenderIsProven) {
  const ReplyDesk desk{desk_.key, desk_.office, "", desk_.zones};
  const std::string bytes = Genuine().Bytes();
  const Incoming incoming = ReadIncoming(bytes, false, desk.authserv_id, *zones_);
  ASSERT_TRUE(WriteAndWait(store_.store(), {"system", "test"}, [&](Transaction& tx) {
                return TakeIn(desk, incoming, tx).status();
              }).ok());
  EXPECT_EQ(Doubts(Replies(v1::Reply::STATE_AWAITS_OFFICER).at(0)), "DMARC_NOT_PASSED");
}

TEST_F(Forged, ABounceWithoutOurTokenMarksNoMail) {
  const std::string id = AllMails().front().message_id();
  const std::string bounce = absl::StrCat(
      "From: mailer-daemon@evil.example\nTo: protocol@isfahan.example\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nIt failed.\n"
      "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; evil.example\n\n"
      "Final-Recipient: rfc822; mayor-of-xian@xian.example\nAction: failed\nStatus: 5.1.1\n\n"
      "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <",
      id, ">\n\n--b--\n");
  const int64_t before = Revision();
  EXPECT_THAT(Doubts(Received(absl::StrReplaceAll(bounce, {{"\n", "\r\n"}}))),
              testing::HasSubstr("NO_TOKEN"));
  EXPECT_EQ(Revision(), before + 1);
}

}  // namespace
}  // namespace neshast
