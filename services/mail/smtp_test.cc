#include "mail/smtp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "errors.h"
#include "mail/invitation.h"
#include "mail/test_server.h"

namespace neshast::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class SmtpTest : public testing::Test {
 protected:
  // Starts the sink; `options` beyond its log are its own.
  void StartSink(const std::vector<std::string>& options = {}) {
    std::vector<std::string> command = {
        "/usr/bin/python3", NESHAST_SOURCE_DIR "/services/mail/smtp_sink.py", folder_ / "log"};
    command.insert(command.end(), options.begin(), options.end());
    sink_.emplace(command);
    int port = 0;
    ASSERT_TRUE(absl::SimpleAtoi(sink_->ReadLine(), &port));
    server_.port = port;
  }

  absl::Status Deliver(const Message& message) {
    if (!delivery_) delivery_.emplace(server_, "neshast.isfahan.example");
    return delivery_->Deliver(message);
  }

  // What the sink wrote down under `key`.
  std::vector<nlohmann::json> Logged(const std::string& key) {
    std::vector<nlohmann::json> entries;
    std::ifstream log(folder_ / "log");
    for (std::string line; std::getline(log, line);) {
      nlohmann::json entry = nlohmann::json::parse(line);
      if (entry.contains(key)) entries.push_back(entry[key]);
    }
    return entries;
  }
  int Commands(const std::string& verb) {
    const std::vector<nlohmann::json> all = Logged("command");
    return static_cast<int>(std::count(all.begin(), all.end(), verb));
  }

  const TestFolder folder_;
  MailServer server_{.host = "127.0.0.1",
                     .security = Security::kNone,
                     .user = {},
                     .password = {},
                     .timeout = absl::Seconds(20)};
  std::optional<Program> sink_;
  std::optional<SmtpDelivery> delivery_;
};

TEST_F(SmtpTest, AnotherProgramReadsTheMailAsItWasWritten) {
  StartSink();
  const Message sent = Invitation();
  ASSERT_TRUE(Deliver(sent).ok());
  const std::vector<nlohmann::json> mails = Logged("mail");
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_EQ(mails[0]["sender"], "bounce+q7x@isfahan.example");
  EXPECT_EQ(mails[0]["recipients"], nlohmann::json::array({"mayor@xian.example"}));
  EXPECT_EQ(mails[0]["name"], sent.to.name);
  EXPECT_EQ(mails[0]["subject"], sent.subject);
  EXPECT_EQ(mails[0]["id"], "<dialogue.1@isfahan.example>");
  const nlohmann::json& parts = mails[0]["parts"];
  ASSERT_THAT(parts, SizeIs(5));
  EXPECT_EQ(parts[0]["text"], "您好！\r\n会议定于十二月一日。\r\n");
  EXPECT_EQ(parts[1]["type"], "text/html");
  EXPECT_EQ(parts[2]["method"], "REQUEST");
  EXPECT_EQ(parts[2]["text"], InvitationCalendar());
  EXPECT_EQ(parts[3]["name"], "invite.ics");
  EXPECT_EQ(parts[3]["text"], InvitationCalendar());
  EXPECT_EQ(parts[4]["name"], "دستور جلسه.pdf");
  EXPECT_EQ(parts[4]["text"], std::string("%PDF\0\r\n\n", 8));
}

TEST_F(SmtpTest, ManyMailsGoOverOneServerEachOnce) {
  StartSink();
  for (int i = 0; i < 50; ++i)
    ASSERT_TRUE(Deliver(Invitation(absl::StrCat("m", i, "@xian.example"))).ok());
  EXPECT_EQ(Commands("RCPT"), 50);
  EXPECT_THAT(Logged("mail"), SizeIs(50));
}

TEST_F(SmtpTest, NoTextBecomesACommandOrAHeader) {
  StartSink();
  const std::string texts[] = {"b@y>\r\nRCPT TO:<evil@z",
                               "Dialogue\r\nBcc: evil@z.example",
                               "a\r\n.\r\nMAIL FROM:<evil@z.example>",
                               "Bob \"the mayor\" <evil@z.example>",
                               "evil@z.example, x",
                               "=?utf-8?q?=0D=0ABcc:_evil=40z.example?=",
                               std::string(10'000, 'n'),
                               std::string(5'000, '"')};
  int accepted = 0;
  for (const std::string& text : texts) {
    EXPECT_EQ(Address::Read(text).ok(), false);
    Message message = Invitation();
    message.to.name = message.from.name = message.subject = message.attachments[0].name = "x";
    message.to.name = message.subject = text;
    if (Deliver(message).ok()) ++accepted;
    message = Invitation();
    message.text = message.html = message.calendar->text = message.attachments[0].bytes = text;
    if (Deliver(message).ok()) ++accepted;
  }
  EXPECT_EQ(accepted, 5 + 8);
  EXPECT_EQ(Commands("MAIL"), accepted);
  EXPECT_EQ(Commands("RCPT"), accepted);
  for (const nlohmann::json& argument : Logged("argument")) {
    EXPECT_THAT(argument.get<std::string>(), Not(HasSubstr("evil")));
  }
  const std::vector<nlohmann::json> mails = Logged("mail");
  ASSERT_THAT(mails, SizeIs(accepted));
  for (const nlohmann::json& mail : mails) {
    EXPECT_EQ(mail["to"], nlohmann::json::array({"mayor@xian.example"}));
    EXPECT_THAT(mail["headers"].get<std::vector<std::string>>(), Not(testing::Contains("Bcc")));
  }
}

struct Failure {
  const char* recipient;
  absl::StatusCode code;
  const char* reason;
  const char* status;
  int kept;
};

const Failure kFailures[] = {
    {"unknown", absl::StatusCode::kFailedPrecondition, "MAIL_REFUSED", "5.1.1", 0},
    {"spam", absl::StatusCode::kFailedPrecondition, "MAIL_REFUSED", "5.7.1", 0},
    {"full", absl::StatusCode::kUnavailable, "MAIL_TRY_LATER", "4.2.2", 0},
    {"greylisted", absl::StatusCode::kUnavailable, "MAIL_TRY_LATER", "4.7.1", 0},
    {"busy", absl::StatusCode::kUnavailable, "MAIL_TRY_LATER", "4.3.0", 0},
    {"dies-early", absl::StatusCode::kUnavailable, "MAIL_TRY_LATER", "", 0},
    {"stalls-early", absl::StatusCode::kUnavailable, "MAIL_TRY_LATER", "", 0},
    {"dies-before-keeping", absl::StatusCode::kUnknown, "MAIL_OUTCOME_UNKNOWN", "", 0},
    {"dies-after-keeping", absl::StatusCode::kUnknown, "MAIL_OUTCOME_UNKNOWN", "", 1},
    {"stalls-at-the-end", absl::StatusCode::kUnknown, "MAIL_OUTCOME_UNKNOWN", "", 1},
};

class SmtpFailures : public SmtpTest, public testing::WithParamInterface<Failure> {};

TEST_P(SmtpFailures, AreToldApartAndTheNextMailGoesOut) {
  if (absl::StartsWith(GetParam().recipient, "stalls")) server_.timeout = absl::Seconds(1);
  StartSink();
  const absl::Status status =
      Deliver(Invitation(absl::StrCat(GetParam().recipient, "@xian.example")));
  EXPECT_EQ(status.code(), GetParam().code) << status;
  ErrorDetail detail = DetailOf(status);
  EXPECT_EQ(detail.reason, GetParam().reason);
  EXPECT_EQ(detail.metadata["status"], GetParam().status);
  EXPECT_EQ(status.message().find_first_of("\r\n"), absl::string_view::npos);
  EXPECT_THAT(Logged("mail"), SizeIs(GetParam().kept));
  delivery_.reset();
  server_.timeout = absl::Seconds(20);
  EXPECT_TRUE(Deliver(Invitation()).ok());
}

INSTANTIATE_TEST_SUITE_P(All, SmtpFailures, testing::ValuesIn(kFailures), [](const auto& info) {
  std::string name = info.param.recipient;
  std::erase(name, '-');
  return name;
});

TEST_F(SmtpTest, ARefusedRecipientDoesNotHoldUpTheNext) {
  StartSink();
  EXPECT_EQ(DetailOf(Deliver(Invitation("unknown@xian.example"))).reason, "MAIL_REFUSED");
  EXPECT_TRUE(Deliver(Invitation()).ok());
  EXPECT_EQ(DetailOf(Deliver(Invitation("dies-after-keeping@xian.example"))).reason,
            "MAIL_OUTCOME_UNKNOWN");
  EXPECT_TRUE(Deliver(Invitation()).ok());
  EXPECT_THAT(Logged("mail"), SizeIs(3));
}

TEST_F(SmtpTest, ASenderThatIsRefusedIsNotTheRecipientsFault) {
  StartSink();
  Message message = Invitation();
  message.return_path = *Address::Read("banned@isfahan.example");
  EXPECT_EQ(DetailOf(Deliver(message)).reason, "MAIL_ACCOUNT_REFUSED");
}

TEST_F(SmtpTest, AsksToTryLaterWhereNobodyListens) {
  server_.port = FreePort();
  const absl::Status status = Deliver(Invitation());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(DetailOf(status).reason, "MAIL_TRY_LATER");
}

TEST_F(SmtpTest, ComesBackAfterTheServerWasStartedAnew) {
  StartSink();
  ASSERT_TRUE(Deliver(Invitation()).ok());
  sink_.reset();
  EXPECT_EQ(DetailOf(Deliver(Invitation())).reason, "MAIL_TRY_LATER");
  StartSink();
  delivery_.reset();
  EXPECT_TRUE(Deliver(Invitation()).ok());
}

class SmtpTlsTest : public SmtpTest {
 protected:
  const std::string certificate_ = MakeCertificate(folder_);
};

TEST_F(SmtpTlsTest, LogsInAfterStartTls) {
  StartSink({"--certificate", certificate_, "--password", "rose"});
  server_.security = Security::kStartTls;
  server_.user = "neshast";
  server_.password = "rose";
  server_.ca_file = certificate_;
  const absl::Status status = Deliver(Invitation());
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(SmtpTlsTest, SpeaksTlsFromTheFirstOctet) {
  StartSink({"--certificate", certificate_, "--tls", "--password", "rose"});
  server_.security = Security::kTls;
  server_.user = "neshast";
  server_.password = "rose";
  server_.ca_file = certificate_;
  const absl::Status status = Deliver(Invitation());
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(SmtpTlsTest, SaysThatTheAccountIsRefusedWhereThePasswordIsWrong) {
  StartSink({"--certificate", certificate_, "--password", "rose"});
  server_.security = Security::kStartTls;
  server_.user = "neshast";
  server_.password = "thorn";
  server_.ca_file = certificate_;
  const absl::Status status = Deliver(Invitation());
  EXPECT_EQ(DetailOf(status).reason, "MAIL_ACCOUNT_REFUSED") << status;
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("thorn")));
}

TEST_F(SmtpTlsTest, SendsNothingWhereTheCertificateIsAStrangers) {
  StartSink({"--certificate", certificate_});
  server_.security = Security::kStartTls;
  EXPECT_EQ(DetailOf(Deliver(Invitation())).reason, "MAIL_ACCOUNT_REFUSED");
  EXPECT_THAT(Logged("command"), IsEmpty());
}

TEST_F(SmtpTest, SendsNothingInTheClearWhereTlsIsRequired) {
  StartSink();
  server_.security = Security::kStartTls;
  EXPECT_EQ(DetailOf(Deliver(Invitation())).reason, "MAIL_ACCOUNT_REFUSED");
  EXPECT_THAT(Logged("command"), IsEmpty());
  delivery_.reset();
  server_.security = Security::kStartTlsIfOffered;
  EXPECT_TRUE(Deliver(Invitation()).ok());
}

TEST_F(SmtpTest, NeverSendsAPasswordInTheClear) {
  StartSink();
  for (const Security security : {Security::kNone, Security::kStartTlsIfOffered}) {
    delivery_.reset();
    server_.security = security;
    server_.user = "neshast";
    server_.password = "rose";
    EXPECT_EQ(DetailOf(Deliver(Invitation())).reason, "MAIL_ACCOUNT_REFUSED");
  }
  EXPECT_THAT(Logged("command"), IsEmpty());
}

}  // namespace
}  // namespace neshast::mail
