#include "mailer/sender.h"

#include <gmock/gmock.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "mailer/mailing.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using v1::Mail;

absl::Status Refusal(const char* reason, const char* smtp_code = "") {
  ErrorDetail detail{.reason = reason};
  if (*smtp_code != '\0') {
    detail.metadata = {{"smtp_code", smtp_code}, {"answer", absl::StrCat(smtp_code, " words")}};
  }
  return Error(absl::StatusCode::kUnavailable, "It went wrong.", detail);
}

// A mail server of this test: what it took, and what it answers to whom.
struct Server {
  std::vector<std::string> taken;  // "to message-id"
  std::map<std::string, absl::Status> answers;
  int tries = 0;
};

class ToServer : public mail::Delivery {
 public:
  explicit ToServer(Server& server) : server_(server) {}
  absl::Status Deliver(const mail::Message& message) override {
    ++server_.tries;
    const std::string& to = message.to.address.text();
    const absl::Status answer = server_.answers[to];
    if (answer.ok()) server_.taken.push_back(absl::StrCat(to, " ", message.message_id));
    return answer;
  }

 private:
  Server& server_;
};

class Sending : public Mailing {
 protected:
  Sending() {
    store_.Put(Dialogue());
    ReadAll(reader_);
  }

  Sender NewSender() {
    return Sender(
        store_.store(), [this] { return zones_; }, std::make_unique<ToServer>(server_),
        letterhead_);
  }

  void SendDue() {
    const auto wait = sender_.SendDue();
    ASSERT_TRUE(wait.ok()) << wait.status();
    wait_ = *wait;
  }

  std::string IdOf(const std::string& person) {
    for (const Mail& mail : AllMails()) {
      if (mail.person() == "people/" + person) return mail.message_id();
    }
    return "";
  }

  std::shared_ptr<const ZoneDatabase> zones_ = *ZoneDatabase::Open();
  Server server_;
  LogReader reader_{store_.store(), letterhead_};
  Sender sender_ = NewSender();
  absl::Duration wait_;
};

TEST_F(Sending, EachMailGoesOnceAndIsThenTheServers) {
  SendDue();
  SendDue();
  EXPECT_THAT(server_.taken, testing::UnorderedElementsAre(
                                 "mayor-of-isfahan@isfahan.example " + IdOf("mayor-of-isfahan"),
                                 "mayor-of-xian@xian.example " + IdOf("mayor-of-xian")));
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan INVITATION 0 ACCEPTED",
                                   "mayor-of-xian INVITATION 0 ACCEPTED"));
  EXPECT_EQ(wait_, absl::InfiniteDuration());
}

TEST_F(Sending, ARefusalForGoodIsToldAndStopsNobodyElse) {
  server_.answers["mayor-of-isfahan@isfahan.example"] = Refusal("MAIL_REFUSED", "550");
  SendDue();
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan INVITATION 0 REFUSED",
                                   "mayor-of-xian INVITATION 0 ACCEPTED"));
  for (const Mail& mail : AllMails()) {
    const bool refused = mail.state() == Mail::STATE_REFUSED;
    EXPECT_EQ(mail.last_answer(), refused ? "550 words" : "");
  }
}

TEST_F(Sending, WhatMayHaveArrivedGoesAgainUnderTheSameMessageId) {
  const std::string to = "mayor-of-xian@xian.example";
  server_.answers[to] = Refusal("MAIL_OUTCOME_UNKNOWN");
  const std::string id = IdOf("mayor-of-xian");
  SendDue();
  EXPECT_LE(wait_, absl::Minutes(1));
  server_.answers[to] = absl::OkStatus();
  SendDue();
  EXPECT_EQ(server_.taken.size(), 1u) << "not before its time";
  store_.now += absl::Minutes(2);
  SendDue();
  EXPECT_THAT(server_.taken, testing::Contains(to + " " + id));
}

TEST_F(Sending, AServerThatCannotBeReachedIsLeftAloneForAllMails) {
  for (const char* to : {"mayor-of-isfahan@isfahan.example", "mayor-of-xian@xian.example"}) {
    server_.answers[to] = Refusal("MAIL_TRY_LATER");
  }
  SendDue();
  SendDue();
  EXPECT_EQ(server_.tries, 1);
  EXPECT_GT(wait_, absl::Seconds(50));
  store_.now += absl::Minutes(2);
  SendDue();
  EXPECT_EQ(server_.tries, 2);
  server_.answers.clear();
  store_.now += absl::Hours(2);
  SendDue();
  EXPECT_EQ(server_.taken.size(), 2u);
}

TEST_F(Sending, AMailThatIsOvertakenIsNotSent) {
  store_.Put(Later(Dialogue()));
  SendDue();
  EXPECT_EQ(server_.tries, 0) << "the reader has not yet seen the change";
  ReadAll(reader_);
  SendDue();
  EXPECT_EQ(server_.taken.size(), 2u);
  EXPECT_THAT(Mails(), testing::Contains("mayor-of-xian INVITATION 1 ACCEPTED"));
}

TEST_F(Sending, AReminderOfWhatWasMovedOrCancelledIsNotSent) {
  SendDue();
  store_.now = absl::FromUnixSeconds(1796112000) - absl::Hours(24);
  ASSERT_TRUE(reader_.Remind().ok());
  v1::Session cancelled = Dialogue();
  cancelled.set_state(v1::Session::STATE_CANCELLED);
  for (const v1::Session& changed : {Later(Dialogue()), cancelled}) {
    store_.Put(changed);
    SendDue();
    EXPECT_EQ(server_.taken.size(), 2u) << "the reader has not yet seen the change";
  }
  ReadAll(reader_);
  SendDue();
  EXPECT_EQ(server_.taken.size(), 4u);
  EXPECT_THAT(Mails(), testing::Contains("mayor-of-xian REMINDER 0 SUPERSEDED"));
  EXPECT_THAT(Mails(), testing::Contains("mayor-of-xian CANCELLATION 1 ACCEPTED"));
}

TEST_F(Sending, AReminderThatWaitedUntilTheStartIsNotSent) {
  SendDue();
  store_.now = absl::FromUnixSeconds(1796112000) - absl::Hours(24);
  ASSERT_TRUE(reader_.Remind().ok());
  store_.now += absl::Hours(24);
  SendDue();
  EXPECT_EQ(server_.taken.size(), 2u);
  EXPECT_THAT(Mails(), testing::Contains("mayor-of-xian REMINDER 0 REFUSED"));
}

TEST_F(Sending, OffersNudgesAndTheirEndGoOutAndNoneThatIsOvertaken) {
  SendDue();
  v1::Proposal proposal = Offer();
  store_.Put(proposal);
  ReadAll(reader_);
  SendDue();
  EXPECT_EQ(server_.taken.size(), 4u);
  proposal.mutable_recipients(1)->add_nudge_times()->set_seconds(1795600000);
  store_.Put(proposal);
  ReadAll(reader_);
  proposal.set_state(v1::Proposal::STATE_DECIDED);
  proposal.set_session("sessions/dialogue");
  store_.Put(proposal);
  SendDue();
  EXPECT_EQ(server_.taken.size(), 4u) << "the reader has not yet seen the change";
  ReadAll(reader_);
  SendDue();
  EXPECT_EQ(server_.taken.size(), 6u);
  EXPECT_THAT(Mails(), testing::IsSupersetOf({"mayor-of-xian NUDGE 1 SUPERSEDED",
                                              "mayor-of-xian PROPOSAL_CLOSED 2 ACCEPTED",
                                              "mayor-of-isfahan PROPOSAL_CLOSED 1 ACCEPTED"}));
}

TEST_F(Sending, AnOfferThatWaitedBeyondTheReplyByTimeIsNotSent) {
  SendDue();
  store_.Put(Offer());
  ReadAll(reader_);
  store_.now = absl::FromUnixSeconds(1795900000);
  SendDue();
  EXPECT_EQ(server_.taken.size(), 2u);
  EXPECT_THAT(Mails(), testing::Contains("mayor-of-xian PROPOSAL 0 REFUSED"));
}

TEST_F(Sending, TheOldAddressIsWrittenToWhateverTheNewOneIs) {
  PutPerson("mayor-of-xian", "xian", "zh", ".evil.example");
  ReadAll(reader_);
  PutPerson("mayor-of-xian", "xian", "zh", "");
  SendDue();
  const std::string to = "mayor-of-xian@xian.example ";
  EXPECT_THAT(server_.taken, testing::Contains(testing::StartsWith(to)));
  EXPECT_THAT(Mails(), testing::Contains("mayor-of-xian ADDRESS_CHANGED 1 ACCEPTED"));
}

TEST_F(Sending, NothingIsSentAboutWhatIsOver) {
  store_.now = absl::FromUnixSeconds(1796112000 + 3600);
  SendDue();
  EXPECT_EQ(server_.tries, 0);
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan INVITATION 0 REFUSED",
                                   "mayor-of-xian INVITATION 0 REFUSED"));
}

TEST_F(Sending, AnAddressThatIsNoneIsRefusedAndCanBeCorrected) {
  PutPerson("mayor-of-xian", "xian", "zh", ".example, all@press.example");
  SendDue();
  EXPECT_THAT(Mails(), testing::Contains("mayor-of-xian INVITATION 0 REFUSED"));
  PutPerson("mayor-of-xian", "xian", "zh");
  for (const Mail& mail : AllMails()) {
    if (mail.state() == Mail::STATE_REFUSED) {
      ASSERT_TRUE(Resend(mail.name()).ok());
    }
  }
  SendDue();
  EXPECT_THAT(Mails(), testing::Contains("mayor-of-xian INVITATION 0 ACCEPTED"));
}

TEST_F(Sending, KilledBeforeTheOutcomeWasStoredTheSameMailGoesAgain) {
  const std::vector<Mail> before = AllMails();
  SendDue();
  for (const Mail& mail : before) store_.Put(mail);
  ASSERT_TRUE(NewSender().SendDue().ok());
  ASSERT_EQ(server_.taken.size(), 4u);
  EXPECT_EQ(std::set<std::string>(server_.taken.begin(), server_.taken.end()).size(), 2u);
}

struct Try {
  const char* name;
  absl::Status delivered;
  absl::Duration waited;  // since it was queued
  Mail::State state;
  int attempts;
};

class Tried : public testing::TestWithParam<Try> {};

TEST_P(Tried, EndsAsTheServersAnswerSays) {
  const absl::Time queued = absl::FromUnixSeconds(1795500000);
  Mail mail;
  mail.set_name("mails/4f1c");
  mail.set_state(Mail::STATE_QUEUED);
  mail.set_attempts(3);
  mail.mutable_create_time()->set_seconds(absl::ToUnixSeconds(queued));
  const absl::Time now = queued + GetParam().waited;
  const Mail after = AfterTry(mail, GetParam().delivered, now);
  EXPECT_EQ(after.state(), GetParam().state);
  EXPECT_EQ(after.attempts(), GetParam().attempts);
  EXPECT_EQ(after.has_next_attempt_time(), after.state() == Mail::STATE_QUEUED);
  EXPECT_EQ(after.has_accept_time(), after.state() == Mail::STATE_ACCEPTED);
  EXPECT_EQ(after.last_answer().empty(), after.state() == Mail::STATE_ACCEPTED);
}

const absl::Duration kHour = absl::Hours(1), kThreeDays = absl::Hours(72);
INSTANTIATE_TEST_SUITE_P(
    , Tried,
    testing::Values(
        Try{"Taken", absl::OkStatus(), kHour, Mail::STATE_ACCEPTED, 4},
        Try{"TakenAtLast", absl::OkStatus(), kThreeDays, Mail::STATE_ACCEPTED, 4},
        Try{"Refused", Refusal("MAIL_REFUSED", "550"), kHour, Mail::STATE_REFUSED, 4},
        Try{"Unfit", Refusal("INVALID_FIELD"), kHour, Mail::STATE_REFUSED, 4},
        Try{"Later", Refusal("MAIL_TRY_LATER", "451"), kHour, Mail::STATE_QUEUED, 4},
        Try{"Unknown", Refusal("MAIL_OUTCOME_UNKNOWN"), kHour, Mail::STATE_QUEUED, 4},
        Try{"LaterForThreeDays", Refusal("MAIL_TRY_LATER"), kThreeDays, Mail::STATE_REFUSED, 4},
        Try{"WeAreRefused", Refusal("MAIL_ACCOUNT_REFUSED"), kThreeDays, Mail::STATE_QUEUED, 3}),
    [](const auto& each) { return each.param.name; });

TEST(WaitAfter, DoublesFromAMinuteToAnHourAndSpreads) {
  for (int attempts = 1; attempts < 12; ++attempts) {
    const absl::Duration middle =
        std::min(absl::Hours(1), absl::Minutes(1) * (1 << std::min(attempts - 1, 10)));
    const absl::Duration wait = WaitAfter(attempts, "mails/4f1c");
    EXPECT_GE(wait, middle * 0.89) << attempts;
    EXPECT_LE(wait, middle * 1.11) << attempts;
  }
  EXPECT_NE(WaitAfter(1, "mails/a"), WaitAfter(1, "mails/b"));
}

}  // namespace
}  // namespace neshast
