#include "mailer/reader.h"

#include <gmock/gmock.h>

#include "errors.h"
#include "mailer/mailing.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using v1::Session;

class Reading : public Mailing {
 protected:
  LogReader reader_{store_.store(), letterhead_};
};

TEST_F(Reading, AConfirmedSessionInvitesEachOfItsPeopleOnce) {
  Session session = Dialogue();
  session.set_state(Session::STATE_DRAFT);
  store_.Put(session);
  ReadAll(reader_);
  EXPECT_THAT(Mails(), IsEmpty());
  store_.Put(Dialogue());
  ReadAll(reader_);
  ReadAll(reader_);
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan INVITATION 0 QUEUED",
                                   "mayor-of-xian INVITATION 0 QUEUED"));
  for (const v1::Mail& mail : AllMails()) {
    EXPECT_EQ(mail.message_id(), mail.name().substr(6) + "@isfahan.example");
  }
}

TEST_F(Reading, AnInterpreterWhoIsAddedIsTheOnlyOneToldOfIt) {
  Session session = Dialogue();
  store_.Put(session);
  ReadAll(reader_);
  session.add_interpreters("people/interpreter");
  store_.Put(session);
  ReadAll(reader_);
  EXPECT_THAT(Mails(),
              ElementsAre("interpreter INVITATION 0 QUEUED", "mayor-of-isfahan INVITATION 0 QUEUED",
                          "mayor-of-xian INVITATION 0 QUEUED"));
}

TEST_F(Reading, AMailThatIsOvertakenIsNotSentAnyMore) {
  store_.Put(Dialogue());
  ReadAll(reader_);
  store_.Put(Later(Dialogue()));
  ReadAll(reader_);
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan INVITATION 0 SUPERSEDED",
                                   "mayor-of-isfahan INVITATION 1 QUEUED",
                                   "mayor-of-xian INVITATION 0 SUPERSEDED",
                                   "mayor-of-xian INVITATION 1 QUEUED"));
}

TEST_F(Reading, WhoIsTakenOutIsTakenBackAndTheOthersAreLeftAlone) {
  Session session = Dialogue();
  store_.Put(session);
  ReadAll(reader_);
  session.mutable_delegations(1)->clear_required_people();
  store_.Put(session);
  ReadAll(reader_);
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan INVITATION 0 QUEUED",
                                   "mayor-of-xian CANCELLATION 1 QUEUED",
                                   "mayor-of-xian INVITATION 0 SUPERSEDED"));
}

TEST_F(Reading, WhoGetsAnAddressLaterIsInvitedThen) {
  PutPerson("mayor-of-xian", "xian", "zh", "");
  store_.Put(Dialogue());
  ReadAll(reader_);
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan INVITATION 0 QUEUED"));
  PutPerson("mayor-of-xian", "xian", "zh");
  ReadAll(reader_);
  EXPECT_THAT(Mails(), ElementsAre("mayor-of-isfahan INVITATION 0 QUEUED",
                                   "mayor-of-xian INVITATION 0 QUEUED"));
}

TEST_F(Reading, AReaderThatBeginsAnewFindsNobodyDue) {
  store_.Put(Dialogue());
  ReadAll(reader_);
  const int64_t revision = Revision();
  for (int starts = 0; starts < 3; ++starts) {
    LogReader again(store_.store(), letterhead_);
    ReadAll(again);
  }
  EXPECT_EQ(Revision(), revision);
}

TEST_F(Reading, WhatTellsNobodyDoesNotMakeTheLogGrow) {
  ReadAll(reader_);
  const int64_t revision = Revision();
  for (int i = 0; i < 50; ++i) PutPerson("nobody", "xian", "zh", "");
  ReadAll(reader_);
  EXPECT_EQ(Revision(), revision + 50);
}

TEST_F(Reading, AfterAThousandEntriesThePositionIsStoredOnce) {
  ReadAll(reader_);
  const absl::Status filled =
      WriteAndWait(store_.store(), {"principals/officer", "seed"}, [&](Transaction& tx) {
        v1::Person person;
        person.set_name("people/nobody");
        absl::Status status = absl::OkStatus();
        for (int i = 0; i < 1100 && status.ok(); ++i) status = tx.PutMessage(person).status();
        return status;
      });
  ASSERT_TRUE(filled.ok()) << filled;
  const int64_t revision = Revision();
  ReadAll(reader_);
  EXPECT_EQ(Revision(), revision + 1);
  ReadAll(reader_);
  EXPECT_EQ(Revision(), revision + 1) << "its own entry is no reason for another";
}

TEST_F(Reading, ABrokenSessionKeepsNobodyElseFromTheirMails) {
  Session broken = Dialogue("sessions/broken");
  broken.set_host("cities/nowhere");
  broken.mutable_delegations(0)->set_city("cities/nowhere");
  store_.Put(broken);
  store_.Put(Dialogue());
  ReadAll(reader_);
  int told = 0;
  for (const v1::Mail& mail : AllMails()) told += mail.session() == "sessions/dialogue";
  EXPECT_EQ(told, 2);
}

TEST_F(Reading, OnlyARefusedMailThatNoLaterOneOvertookIsSentAgain) {
  store_.Put(Dialogue());
  ReadAll(reader_);
  v1::Mail mail = AllMails()[0];
  EXPECT_EQ(DetailOf(Resend(mail.name()).status()).reason, "WRONG_STATE");
  mail.set_state(v1::Mail::STATE_REFUSED);
  store_.Put(mail);
  const auto again = Resend(mail.name());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->state(), v1::Mail::STATE_QUEUED);
  EXPECT_EQ(again->message_id(), mail.message_id());
  store_.Put(mail);
  store_.Put(Later(Dialogue()));
  ReadAll(reader_);
  EXPECT_EQ(DetailOf(Resend(mail.name()).status()).reason, "WRONG_STATE");
}

}  // namespace
}  // namespace neshast
