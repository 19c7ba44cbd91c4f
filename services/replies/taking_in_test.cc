#include "absl/strings/ascii.h"
#include "errors.h"
#include "replies/replying.h"

namespace neshast {
namespace {

using v1::InvitationResponse;
using v1::Reply;

Written Declined(Written written) {
  absl::StrReplaceAll({{"ACCEPTED", "DECLINED"}}, &written.attendee);
  return written;
}

TEST_F(Replying, AProvenAnswerCountsAndSaysByWhichMailItCame) {
  const Reply reply = Received(Genuine().Bytes());
  EXPECT_EQ(reply.state(), Reply::STATE_APPLIED);
  EXPECT_EQ(reply.about(), kSession);
  EXPECT_EQ(reply.person(), kMayor);
  EXPECT_EQ(reply.host(), "cities/isfahan");
  EXPECT_TRUE(reply.token_matches() && reply.from_matches());
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_ACCEPTED");
  v1::ListInvitationResponsesRequest request;
  request.set_parent(kSession);
  const auto list = Call<v1::ListInvitationResponsesResponse>(
      "InvitationService.ListInvitationResponses", request);
  EXPECT_EQ(list->responses(0).given_by(), reply.name());
  EXPECT_EQ(list->responses(0).stamp_time().seconds(), reply.stamp_time().seconds());
}

TEST_F(Replying, TheSameMailIsOneReplyWhateverItsLineEndsAndIsAppliedOnce) {
  const std::string bytes = Genuine().Bytes();
  const Reply first = Received(bytes);
  ASSERT_EQ(first.state(), Reply::STATE_APPLIED);
  const int64_t revision = Revision();
  EXPECT_EQ(Received(bytes).name(), first.name());
  EXPECT_EQ(Received(absl::StrReplaceAll(bytes, {{"\r\n", "\n"}})).name(), first.name());
  EXPECT_EQ(Revision(), revision);
  EXPECT_EQ(Replies().size(), 1u);
}

TEST_F(Replying, CaseOfAddressTokenAndUidDoesNotCount) {
  Written mail = Genuine();
  absl::StrReplaceAll({{"protocol", "Protocol"}, {"isfahan", "ISFAHAN"}}, &mail.to);
  mail.to = absl::StrCat(absl::AsciiStrToUpper(mail.to.substr(0, 20)), mail.to.substr(20));
  mail.from = "From: Mayor-Of-Xian@XIAN.example\n";
  mail.uid = "UID:DIALOGUE@Isfahan.Example\n";
  mail.attendee = "ATTENDEE;PARTSTAT=Accepted:MAILTO:MAYOR-OF-XIAN@xian.example\n";
  EXPECT_EQ(Doubts(Received(mail.Bytes())), "");
}

TEST_F(Replying, ANewerAnswerReplacesTheOneBefore) {
  Received(Genuine().Bytes());
  Written later = Declined(Genuine());
  later.stamp = "DTSTAMP:20261124T130000Z\n";
  EXPECT_EQ(Received(later.Bytes()).state(), Reply::STATE_APPLIED);
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_DECLINED");
}

TEST_F(Replying, AnAnswerIsOutdatedByAMoveAndAnAnswerToTheOldInvitationFromTheStart) {
  Received(Genuine().Bytes());
  MoveAnHourLater();
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_ACCEPTED outdated");
  Written late = Declined(Genuine());
  late.stamp = "DTSTAMP:20261124T130000Z\n";
  EXPECT_EQ(Received(late.Bytes()).state(), Reply::STATE_APPLIED);
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_DECLINED outdated");
  late.sequence = "SEQUENCE:1\n";
  EXPECT_EQ(Received(late.Bytes()).state(), Reply::STATE_APPLIED);
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_DECLINED");
}

TEST_F(Replying, AnAnswerToAnInvitationWhoseTitleOnlyChangedSinceStands) {
  store_.now += absl::Seconds(1);
  v1::Session renamed = Dialogue();
  (*renamed.mutable_title()->mutable_texts())["en"] = "Dialogue of the mayors";
  store_.Put(renamed);
  ReadAll(reader_);
  EXPECT_EQ(Received(Genuine().Bytes()).state(), Reply::STATE_APPLIED);
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_ACCEPTED");
}

TEST_F(Replying, WhoIsCalledNoMoreIsShownAsNotInvited) {
  v1::Session without = Dialogue();
  without.mutable_delegations()->DeleteSubrange(1, 1);
  store_.Put(without);
  Written mail = Genuine();
  const std::string answered = AllMails().at(0).person() == kMayor ? AllMails().at(0).message_id()
                                                                   : AllMails().at(1).message_id();
  mail.headers += absl::StrCat("In-Reply-To: <", answered, ">\n");
  const Reply reply = Received(mail.Bytes());
  EXPECT_EQ(Doubts(reply), "NOT_INVITED");
  EXPECT_EQ(DetailOf(Applied(reply).status()).reason, "NOT_INVITED");
}

TEST_F(Replying, ASessionThatIsOverTakesNoAnswer) {
  store_.now += absl::Hours(24 * 30);
  EXPECT_EQ(Doubts(Received(Genuine().Bytes())), "SESSION_NOT_OPEN");
}

TEST_F(Replying, ACounterProposalIsShownWithItsTimeAndCountsAsItsAnswerOnly) {
  Written mail = Genuine();
  mail.method = "COUNTER";
  absl::StrReplaceAll({{"ACCEPTED", "TENTATIVE"}}, &mail.attendee);
  mail.more =
      "COMMENT:The mayor is abroad until the 14th.\n"
      "DTSTART;TZID=China Standard Time:20261215T160000\nDURATION:PT1H\n";
  const Reply reply = Received(mail.Bytes());
  EXPECT_EQ(Doubts(reply), "COUNTER_NEEDS_OFFICER");
  EXPECT_EQ(reply.asked_start_time().local_time(), "2026-12-15T16:00:00");
  EXPECT_EQ(reply.asked_start_time().time_zone(), "Asia/Shanghai");
  EXPECT_EQ(reply.asked_end_time().local_time(), "2026-12-15T17:00:00");
  EXPECT_EQ(reply.comment(), "The mayor is abroad until the 14th.");
  EXPECT_EQ(AnswerOfTheMayor(), "");
  ASSERT_TRUE(Applied(reply).ok());
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_TENTATIVE");
}

TEST_F(Replying, AnOfficerAppliesOrDismissesOnce) {
  Written mail = Genuine();
  mail.from = "From: secretary@xian.example\n";
  const Reply reply = Received(mail.Bytes());
  ASSERT_EQ(Doubts(reply), "OTHER_ADDRESS");
  const auto applied = Applied(reply);
  ASSERT_TRUE(applied.ok()) << applied.status();
  EXPECT_EQ(applied->state(), Reply::STATE_APPLIED_BY_OFFICER);
  EXPECT_EQ(applied->decided_by(), officer_.principal);
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_ACCEPTED");
  EXPECT_EQ(DetailOf(Applied(reply).status()).reason, "WRONG_STATE");
  mail.stamp = "DTSTAMP:20261124T130000Z\n";
  v1::DismissReplyRequest dismiss;
  dismiss.set_name(Received(Declined(mail).Bytes()).name());
  dismiss.set_remark("Nobody there knows of it.");
  EXPECT_EQ(Call<Reply>("ReplyService.DismissReply", dismiss)->state(), Reply::STATE_DISMISSED);
  EXPECT_EQ(DetailOf(Call<Reply>("ReplyService.DismissReply", dismiss).status()).reason,
            "WRONG_STATE");
  EXPECT_EQ(AnswerOfTheMayor(), "ANSWER_ACCEPTED");
}

TEST_F(Replying, WordsCannotBeAppliedButSayInWhichThreadTheyCame) {
  std::string mayors;
  for (const v1::Mail& mail : AllMails()) {
    if (mail.person() == kMayor) mayors = mail.message_id();
  }
  const Reply reply =
      Received(absl::StrCat("From: mayor-of-xian@xian.example\r\nTo: protocol@isfahan.example\r\n"
                            "In-Reply-To: <",
                            mayors, ">\r\n\r\nThe mayor is glad to come.\r\n"));
  EXPECT_EQ(reply.kind(), Reply::KIND_OTHER);
  EXPECT_EQ(reply.about(), kSession);
  EXPECT_EQ(reply.text(), "The mayor is glad to come.\n");
  EXPECT_EQ(DetailOf(Applied(reply).status()).reason, "NOTHING_TO_APPLY");
}

TEST_F(Replying, ABounceToOurTokenMarksTheMailThatWasTaken) {
  v1::Mail mail = AllMails().at(0);
  while (mail.person() != kMayor) mail = AllMails().at(1);
  mail.set_state(v1::Mail::STATE_ACCEPTED);
  store_.Put(mail);
  const std::string bounce = absl::StrCat(
      "From: mailer-daemon@xian.example\nTo: ", AddressFor(kMayor),
      "\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nIt failed.\n"
      "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.xian.example\n\n"
      "Final-Recipient: rfc822; Mayor-of-Xian@xian.example\nAction: failed\nStatus: 5.1.1\n"
      "Diagnostic-Code: smtp; 550 5.1.1 No such user\n\n"
      "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <",
      mail.message_id(), ">\n\n--b--\n");
  const Reply reply = Received(absl::StrReplaceAll(bounce, {{"\n", "\r\n"}}));
  EXPECT_EQ(reply.kind(), Reply::KIND_BOUNCE);
  EXPECT_EQ(Doubts(reply), "");
  EXPECT_EQ(reply.about(), mail.name());
  EXPECT_THAT(Mails(), testing::Contains("mayor-of-xian INVITATION 0 BOUNCED"));
}

TEST_F(Replying, WhatIsTooLongOrTruncatedIsShownWithItsSender) {
  Written mail = Genuine();
  const Reply reply = Received(mail.Bytes().substr(0, 300), /*truncated=*/true);
  EXPECT_EQ(Doubts(reply), "TOO_LARGE");
  EXPECT_EQ(reply.from(), "mayor-of-xian@xian.example");
  v1::ReceiveReplyRequest request;
  EXPECT_EQ(DetailOf(Call<Reply>("ReplyService.ReceiveReply", request).status()).reason,
            "INVALID_FIELD");
  request.set_mail(std::string(204'801, 'x'));
  EXPECT_EQ(DetailOf(Call<Reply>("ReplyService.ReceiveReply", request).status()).reason,
            "INVALID_FIELD");
}

}  // namespace
}  // namespace neshast
