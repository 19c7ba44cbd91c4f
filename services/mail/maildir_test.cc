#include "mail/maildir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "mail/invitation.h"
#include "mail/parse.h"

namespace neshast::mail {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class MaildirTest : public testing::Test {
 protected:
  ~MaildirTest() override { std::filesystem::remove_all(folder_); }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() /
      absl::StrCat("neshast-mail-", getpid(), "-",
                   testing::UnitTest::GetInstance()->current_test_info()->name());
  MaildirDelivery delivery_{folder_};
  MaildirIntake intake_{folder_};
};

TEST_F(MaildirTest, GivesBackWhatWasDelivered) {
  ASSERT_TRUE(delivery_.Deliver(Invitation()).ok());
  const std::vector<Arrival> arrivals = *intake_.Fetch(10);
  ASSERT_THAT(arrivals, SizeIs(1));
  const InboundMail mail = *ParseMail(arrivals[0].bytes, "");
  EXPECT_EQ(mail.subject, Invitation().subject);
  EXPECT_EQ(mail.calendar->text, InvitationCalendar());
}

TEST_F(MaildirTest, HoldsAMailOnceHoweverOftenItIsDelivered) {
  ASSERT_TRUE(delivery_.Deliver(Invitation()).ok());
  ASSERT_TRUE(delivery_.Deliver(Invitation()).ok());
  EXPECT_THAT(*intake_.Fetch(10), SizeIs(1));
  ASSERT_TRUE(delivery_.Deliver(Invitation("deputy@xian.example")).ok());
  EXPECT_THAT(*intake_.Fetch(10), SizeIs(2));
}

TEST_F(MaildirTest, KeepsAMailUntilItIsTaken) {
  ASSERT_TRUE(delivery_.Deliver(Invitation()).ok());
  const std::string id = intake_.Fetch(1)->front().id;
  EXPECT_THAT(*intake_.Fetch(1), SizeIs(1));
  EXPECT_TRUE(intake_.MarkTaken(id).ok());
  EXPECT_THAT(*intake_.Fetch(1), IsEmpty());
  EXPECT_TRUE(intake_.MarkTaken(id).ok());
  EXPECT_TRUE(std::filesystem::exists(folder_ / "cur" / (id + ":2,S")));
}

TEST_F(MaildirTest, GivesTheOldestFirstAndNoMoreThanAskedFor) {
  Message message = Invitation();
  for (int day = 3; day >= 0; --day) {
    message.date = Invitation().date + absl::Hours(24 * day);
    message.message_id = absl::StrCat("day.", day, "@isfahan.example");
    ASSERT_TRUE(delivery_.Deliver(message).ok());
  }
  const std::vector<Arrival> arrivals = *intake_.Fetch(2);
  ASSERT_THAT(arrivals, SizeIs(2));
  EXPECT_EQ(ParseMail(arrivals[0].bytes, "")->message_id, "day.0@isfahan.example");
  EXPECT_EQ(ParseMail(arrivals[1].bytes, "")->message_id, "day.1@isfahan.example");
}

TEST_F(MaildirTest, NamesAMailThatIsTooLargeButDoesNotReadIt) {
  ASSERT_THAT(*intake_.Fetch(1), IsEmpty());
  std::ofstream(folder_ / "new" / "1.large") << std::string(kMostMailOctets + 1, 'x');
  const std::vector<Arrival> arrivals = *intake_.Fetch(1);
  ASSERT_THAT(arrivals, SizeIs(1));
  EXPECT_TRUE(arrivals[0].too_large);
  EXPECT_THAT(arrivals[0].bytes, IsEmpty());
  EXPECT_TRUE(intake_.MarkTaken(arrivals[0].id).ok());
}

TEST_F(MaildirTest, DeliversNothingThatIsUnfit) {
  Message message = Invitation();
  message.subject = "Dialogue\r\nBcc: evil@z.example";
  EXPECT_EQ(DetailOf(delivery_.Deliver(message)).reason, "INVALID_FIELD");
  EXPECT_THAT(*intake_.Fetch(1), IsEmpty());
}

TEST(MaildirDeliveryTest, AsksToTryLaterWhereTheFolderCannotBeMade) {
  MaildirDelivery delivery("/proc/neshast");
  const absl::Status status = delivery.Deliver(Invitation());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(DetailOf(status).reason, "MAIL_TRY_LATER");
}

}  // namespace
}  // namespace neshast::mail
