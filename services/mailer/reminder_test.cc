#include <gmock/gmock.h>

#include "mailer/mailing.h"
#include "mailer/plan.h"

namespace neshast {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using v1::Session;

const absl::Time kStart = absl::FromUnixSeconds(1796112000);  // 2026-12-01 08:00 UTC
const absl::Time kDue = kStart - absl::Hours(24);

class Reminding : public Mailing {
 protected:
  // Confirmed at `then`, as the reader saw at once.
  void ConfirmAt(absl::Time then) {
    store_.now = then;
    store_.Put(Dialogue());
    ReadAll(reader_);
  }

  absl::Duration RemindAt(absl::Time then) {
    store_.now = then;
    const auto reminded = reader_.Remind();
    EXPECT_TRUE(reminded.ok()) << reminded.status();
    return reminded.ok() ? reminded->wait : absl::ZeroDuration();
  }

  int Reminders() {
    int count = 0;
    for (const v1::Mail& mail : AllMails()) count += mail.kind() == v1::Mail::KIND_REMINDER;
    return count;
  }

  LogReader reader_{store_.store(), letterhead_};
};

TEST_F(Reminding, EachIsRemindedOnceADayBeforeTheStart) {
  ConfirmAt(kDue - absl::Hours(72));
  EXPECT_EQ(RemindAt(kDue - absl::Hours(10)), absl::Hours(10)) << "until then it sleeps";
  EXPECT_EQ(RemindAt(kDue - absl::Seconds(1)), absl::Seconds(1));
  EXPECT_EQ(Reminders(), 0);
  EXPECT_EQ(RemindAt(kDue), absl::InfiniteDuration());
  EXPECT_THAT(
      Mails(),
      ElementsAre("mayor-of-isfahan INVITATION 0 QUEUED", "mayor-of-isfahan REMINDER 0 QUEUED",
                  "mayor-of-xian INVITATION 0 QUEUED", "mayor-of-xian REMINDER 0 QUEUED"));
  RemindAt(kDue + absl::Hours(1));
  ReadAll(reader_);
  EXPECT_EQ(Reminders(), 2);
}

TEST_F(Reminding, AReaderThatBeginsAnewRemindsNobodyTwiceAndNobodyTooLate) {
  ConfirmAt(kDue - absl::Hours(72));
  store_.now = kDue + absl::Hours(3);
  for (int starts = 0; starts < 3; ++starts) {
    LogReader again(store_.store(), letterhead_);
    ReadAll(again);
    ASSERT_TRUE(again.Remind().ok());
    EXPECT_EQ(Reminders(), 2) << "a server that was down reminds when it is up again";
  }
  v1::Session other = Dialogue("sessions/other");
  store_.now = kDue - absl::Hours(72);
  store_.Put(other);
  ReadAll(reader_);
  RemindAt(kStart);
  EXPECT_EQ(Reminders(), 2) << "it has begun";
}

TEST_F(Reminding, WhoWasToldLessThanTwoHoursBeforeIsNotReminded) {
  ConfirmAt(kDue - absl::Hours(2) + absl::Seconds(1));
  RemindAt(kDue);
  RemindAt(kDue + absl::Hours(12));
  EXPECT_EQ(Reminders(), 0);
}

TEST_F(Reminding, WhoWasToldTwoHoursBeforeIsReminded) {
  ConfirmAt(kDue - absl::Hours(2));
  RemindAt(kDue);
  EXPECT_EQ(Reminders(), 2);
}

TEST_F(Reminding, AMovedSessionIsRecalledAgainAndTheOldReminderIsNotSent) {
  ConfirmAt(kDue - absl::Hours(72));
  RemindAt(kDue);
  Session moved = Dialogue();
  moved.mutable_start_time()->mutable_instant()->set_seconds(
      absl::ToUnixSeconds(kStart + absl::Hours(48)));
  store_.Put(moved);
  ReadAll(reader_);
  EXPECT_THAT(Mails(), Contains("mayor-of-xian REMINDER 0 SUPERSEDED"));
  EXPECT_EQ(RemindAt(kDue + absl::Hours(1)), absl::Hours(47));
  RemindAt(kDue + absl::Hours(48));
  EXPECT_THAT(Mails(), Contains("mayor-of-xian REMINDER 1 QUEUED"));
  EXPECT_EQ(Reminders(), 4);
}

TEST_F(Reminding, ACancelledSessionAndWhoIsTakenOutAreNotRecalled) {
  ConfirmAt(kDue - absl::Hours(72));
  RemindAt(kDue);
  Session session = Dialogue();
  session.mutable_delegations(0)->clear_required_people();
  store_.Put(session);
  ReadAll(reader_);
  EXPECT_THAT(Mails(), Contains("mayor-of-isfahan REMINDER 0 SUPERSEDED"));
  EXPECT_THAT(Mails(), Contains("mayor-of-xian REMINDER 0 QUEUED"));
  session.set_state(Session::STATE_CANCELLED);
  store_.Put(session);
  ReadAll(reader_);
  EXPECT_THAT(Mails(), Contains("mayor-of-xian REMINDER 0 SUPERSEDED"));
  EXPECT_THAT(Mails(), Contains("mayor-of-xian CANCELLATION 1 QUEUED"));
}

TEST_F(Reminding, DraftsAndWhoHasNoAddressAreNotRecalled) {
  PutPerson("mayor-of-xian", "xian", "zh", "");
  ConfirmAt(kDue - absl::Hours(72));
  Session draft = Dialogue("sessions/draft");
  draft.set_state(Session::STATE_DRAFT);
  store_.Put(draft);
  RemindAt(kDue);
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan INVITATION 0 QUEUED",
                                   "mayor-of-isfahan REMINDER 0 QUEUED"));
}

TEST_F(Reminding, SessionsBeforeAndBehindKeepTheirOwnHours) {
  ConfirmAt(kDue - absl::Hours(72));
  for (int i = 1; i <= 3; ++i) {
    Session later = Dialogue(absl::StrCat("sessions/later-", i));
    later.mutable_start_time()->mutable_instant()->set_seconds(
        absl::ToUnixSeconds(kStart + absl::Hours(i)));
    store_.Put(later);
  }
  ReadAll(reader_);
  for (int i = 0; i <= 3; ++i) {
    const absl::Duration next = i < 3 ? absl::Hours(1) : absl::InfiniteDuration();
    EXPECT_EQ(RemindAt(kDue + absl::Hours(i)), next);
    EXPECT_EQ(Reminders(), 2 * (i + 1));
  }
  EXPECT_THAT(Mails(), Not(Contains("mayor-of-xian REMINDER 1 QUEUED")));
}

}  // namespace
}  // namespace neshast
