#include "mail/imap.h"

#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <unistd.h>

#include <fstream>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "errors.h"
#include "mail/parse.h"
#include "mail/test_server.h"

namespace neshast::mail {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// All of Dovecot in the folder of the test.
constexpr char kConfiguration[] = R"(
base_dir = @FOLDER@/run
log_path = @FOLDER@/log
protocols = imap
ssl = required
ssl_cert = <@FOLDER@/server.pem
ssl_key = <@FOLDER@/server.pem
mail_location = maildir:@FOLDER@/mail
first_valid_uid = 1
service imap-login {
  @CHROOT@
  inet_listener imap {
    address = 127.0.0.1
    port = @PORT@
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  @CHROOT@
}
passdb {
  driver = static
  args = password=rose
}
userdb {
  driver = static
  args = uid=@USER@ gid=@GROUP@ home=@FOLDER@
}
)";

// Where the test is not root, all of Dovecot runs as who the test is.
constexpr char kRootless[] = R"(
default_internal_user = @USER@
default_login_user = @USER@
default_internal_group = @GROUP@
)";

class ImapTest : public testing::Test {
 protected:
  void SetUp() override {
    server_.ca_file = MakeCertificate(folder_);
    server_.port = FreePort();
    std::filesystem::create_directory(folder_ / "run");
    for (const char* each : {"mail", "mail/new", "mail/cur", "mail/tmp"}) {
      std::filesystem::create_directory(folder_ / each);
      GiveAway(folder_ / each);
    }
    const std::string text = absl::StrCat(kConfiguration, is_root_ ? "" : kRootless);
    std::ofstream(folder_ / "dovecot.conf")
        << absl::StrReplaceAll(text, {{"@FOLDER@", folder_.path().string()},
                                      {"@CHROOT@", is_root_ ? "" : "chroot ="},
                                      {"@PORT@", absl::StrCat(server_.port)},
                                      {"@USER@", user_.pw_name},
                                      {"@GROUP@", getgrgid(user_.pw_gid)->gr_name}});
    dovecot_.emplace(
        std::vector<std::string>{"/usr/sbin/dovecot", "-F", "-c", folder_ / "dovecot.conf"});
    ASSERT_TRUE(AwaitListener(server_.port));
  }

  // A mail that arrives; those of higher `number` arrive later.
  void Put(int number, const std::string& bytes) {
    const std::filesystem::path file = folder_ / absl::StrCat("mail/tmp/", number, ".x.mail");
    std::ofstream(file) << bytes;
    GiveAway(file);
    std::filesystem::rename(file, folder_ / absl::StrCat("mail/new/", number, ".x.mail"));
  }

  // Dovecot serves no mailbox of root.
  void GiveAway(const std::filesystem::path& path) {
    ASSERT_EQ(chown(path.c_str(), user_.pw_uid, user_.pw_gid), 0);
  }

  const bool is_root_ = getuid() == 0;
  const passwd user_ = is_root_ ? *getpwnam("nobody") : *getpwuid(getuid());
  const TestFolder folder_;
  MailServer server_{.host = "127.0.0.1",
                     .security = Security::kStartTls,
                     .user = "reply",
                     .password = "rose",
                     .timeout = absl::Seconds(20)};
  std::optional<Program> dovecot_;
};

TEST_F(ImapTest, GivesAMailUntilItIsTaken) {
  Put(1, "From: li@xian.example\r\n\r\nYes.\r\n");
  Put(2, "From: li@xian.example\r\n\r\nNo.\r\n");
  ImapIntake intake(server_, "INBOX");
  const absl::StatusOr<std::vector<Arrival>> first = intake.Fetch(10);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_THAT(*first, SizeIs(2));
  EXPECT_EQ(first->front().bytes, "From: li@xian.example\r\n\r\nYes.\r\n");
  // As after a crash: another reader finds both again.
  ImapIntake restarted(server_, "INBOX");
  ASSERT_THAT(*restarted.Fetch(10), SizeIs(2));
  EXPECT_TRUE(restarted.MarkTaken(first->front().id).ok());
  EXPECT_TRUE(restarted.MarkTaken(first->front().id).ok());
  const std::vector<Arrival> rest = *intake.Fetch(10);
  ASSERT_THAT(rest, SizeIs(1));
  EXPECT_EQ(rest[0].id, first->back().id);
  EXPECT_TRUE(ImapIntake(server_, "INBOX").MarkTaken(rest[0].id).ok());
  EXPECT_THAT(*intake.Fetch(10), IsEmpty());
}

TEST_F(ImapTest, GivesTheOldestFirstAndNoMoreThanAskedFor) {
  for (int number = 1; number <= 5; ++number)
    Put(number, absl::StrCat("Subject: ", number, "\r\n\r\n"));
  ImapIntake intake(server_, "INBOX");
  const std::vector<Arrival> arrivals = *intake.Fetch(3);
  std::vector<std::string> subjects;
  for (const Arrival& each : arrivals) subjects.push_back(ParseMail(each.bytes, "")->subject);
  EXPECT_THAT(subjects, ElementsAre("1", "2", "3"));
}

TEST_F(ImapTest, NoLineOfAMailPassesForAnAnswerOfTheServer) {
  std::string bytes = "Subject: x\r\n\r\n";
  for (int number = 0; number < 20; ++number) {
    absl::StrAppend(&bytes, "neshast", number, " OK done\r\nA00", number,
                    " OK done\r\n* SEARCH 7\r\n", "* 1 FETCH (UID 1 BODY[] {3}\r\n)\r\n* BYE\r\n");
  }
  Put(1, bytes);
  Put(2, "");
  Put(3, "Subject: y\r\n\r\n");
  ImapIntake intake(server_, "INBOX");
  const absl::StatusOr<std::vector<Arrival>> arrivals = intake.Fetch(10);
  ASSERT_TRUE(arrivals.ok()) << arrivals.status();
  ASSERT_THAT(*arrivals, SizeIs(3));
  EXPECT_EQ((*arrivals)[0].bytes, bytes);
  EXPECT_EQ((*arrivals)[2].bytes, "Subject: y\r\n\r\n");
}

TEST_F(ImapTest, NamesAMailThatIsTooLargeButDoesNotReadIt) {
  const std::string line = std::string(76, 'x') + "\r\n";
  std::string large;
  while (large.size() <= kMostMailOctets) large += line;
  Put(1, large);
  Put(2, large.substr(0, 1'000'000));
  ImapIntake intake(server_, "INBOX");
  const absl::StatusOr<std::vector<Arrival>> arrivals = intake.Fetch(10);
  ASSERT_TRUE(arrivals.ok()) << arrivals.status();
  ASSERT_THAT(*arrivals, SizeIs(2));
  EXPECT_TRUE((*arrivals)[0].too_large);
  EXPECT_THAT((*arrivals)[0].bytes, IsEmpty());
  EXPECT_FALSE((*arrivals)[1].too_large);
  EXPECT_THAT((*arrivals)[1].bytes, SizeIs(1'000'000));
  EXPECT_TRUE(intake.MarkTaken((*arrivals)[0].id).ok());
  EXPECT_THAT(*intake.Fetch(10), SizeIs(1));
}

TEST_F(ImapTest, DoesNotMarkByANumberFromAnotherNumbering) {
  Put(1, "Subject: x\r\n\r\n");
  ImapIntake intake(server_, "INBOX");
  ASSERT_THAT(*intake.Fetch(1), SizeIs(1));
  for (const char* id : {"1.1", "", "1", "x.y", "1.1 +FLAGS (\\Deleted)"}) {
    EXPECT_EQ(DetailOf(intake.MarkTaken(id)).reason, "MAIL_TRY_LATER");
  }
  EXPECT_THAT(*intake.Fetch(1), SizeIs(1));
}

TEST_F(ImapTest, SaysThatTheAccountIsRefused) {
  MailServer wrong = server_;
  wrong.password = "thorn";
  EXPECT_EQ(DetailOf(ImapIntake(wrong, "INBOX").Fetch(1).status()).reason, "MAIL_ACCOUNT_REFUSED");
  wrong = server_;
  wrong.ca_file.clear();
  EXPECT_EQ(DetailOf(ImapIntake(wrong, "INBOX").Fetch(1).status()).reason, "MAIL_ACCOUNT_REFUSED");
  wrong = server_;
  wrong.security = Security::kStartTlsIfOffered;
  EXPECT_EQ(DetailOf(ImapIntake(wrong, "INBOX").Fetch(1).status()).reason, "MAIL_ACCOUNT_REFUSED");
}

TEST_F(ImapTest, AsksToTryLaterWhileTheServerIsDownAndForAFolderThatIsMissing) {
  EXPECT_EQ(DetailOf(ImapIntake(server_, "No \"such\" \\ folder").Fetch(1).status()).reason,
            "MAIL_TRY_LATER");
  dovecot_.reset();
  EXPECT_EQ(DetailOf(ImapIntake(server_, "INBOX").Fetch(1).status()).reason, "MAIL_TRY_LATER");
}

}  // namespace
}  // namespace neshast::mail
