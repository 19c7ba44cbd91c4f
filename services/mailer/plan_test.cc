#include "mailer/plan.h"

#include <gtest/gtest.h>

namespace neshast {
namespace {

using v1::Mail;
using v1::Session;

const absl::Time kNow = absl::FromUnixSeconds(1795500000);  // 2026-11-24

Session Dialogue() {
  Session session;
  session.set_name("sessions/isfahan-xian");
  session.set_state(Session::STATE_CONFIRMED);
  session.set_host("cities/isfahan");
  (*session.mutable_title()->mutable_texts())["en"] = "Mayors' dialogue";
  session.mutable_start_time()->set_local_time("2026-12-01T11:30:00");
  session.mutable_start_time()->set_time_zone("Asia/Tehran");
  session.mutable_start_time()->mutable_instant()->set_seconds(1796112000);
  session.mutable_duration()->set_seconds(5400);
  v1::CityBurden& xian = *session.add_burdens();
  xian.set_city("cities/xian");
  xian.mutable_start_time()->set_local_time("2026-12-01T16:00:00");
  return session;
}

Addressee Mayor() {
  Addressee mayor;
  mayor.person.set_name("people/mayor-of-xian");
  mayor.person.set_city("cities/xian");
  mayor.person.set_mail_address("mayor-office@xian.example");
  mayor.named = true;
  return mayor;
}

Addressee ToldOf(const Session& session, int sequence) {
  Addressee mayor = Mayor();
  mayor.told.emplace().set_sequence(sequence);
  mayor.told->set_digest(DigestFor(session, "cities/xian"));
  mayor.last.emplace().set_state(Mail::STATE_ACCEPTED);
  mayor.last->set_attempts(1);
  return mayor;
}

// "INVITATION 0"; empty where nothing is due.
std::string Due(const Session& session, const Addressee& addressee, absl::Time now = kNow) {
  const auto letter = LetterDue(session, addressee, now);
  if (!letter) return "";
  return Mail::Kind_Name(letter->kind).substr(5) + " " + std::to_string(letter->sequence);
}

struct Change {
  const char* name;
  void (*change)(Session&, Addressee&);
  const char* due;  // to whom was told of the session before, with SEQUENCE 2
};

const Change kChanges[] = {
    {"Nothing", [](Session&, Addressee&) {}, ""},
    {"AnInterpreterMore", [](Session& s, Addressee&) { s.add_interpreters("people/fa-zh-1"); }, ""},
    {"AnotherLevel", [](Session& s, Addressee&) { s.mutable_burdens(0)->set_level(3); }, ""},
    {"Languages", [](Session& s, Addressee&) { s.add_languages("zh"); }, ""},
    {"Moved",
     [](Session& s, Addressee&) {
       s.mutable_start_time()->mutable_instant()->set_seconds(1796115600);
       s.mutable_start_time()->set_local_time("2026-12-01T12:30:00");
     },
     "UPDATE 3"},
    {"TheClocksOfTheOwnCity",
     [](Session& s, Addressee&) {
       s.mutable_burdens(0)->mutable_start_time()->set_local_time("2026-12-01T15:00:00");
     },
     "UPDATE 3"},
    {"Longer", [](Session& s, Addressee&) { s.mutable_duration()->set_seconds(7200); }, "UPDATE 3"},
    {"Renamed",
     [](Session& s, Addressee&) { (*s.mutable_title()->mutable_texts())["zh"] = "对话"; },
     "UPDATE 3"},
    {"AnotherHost", [](Session& s, Addressee&) { s.set_host("cities/xian"); }, "UPDATE 3"},
    {"Cancelled", [](Session& s, Addressee&) { s.set_state(Session::STATE_CANCELLED); },
     "CANCELLATION 3"},
    {"NoLongerNamed", [](Session&, Addressee& a) { a.named = false; }, "CANCELLATION 3"},
    {"NoLongerNamedAndTold",
     [](Session&, Addressee& a) {
       a.named = false;
       a.told->set_cancelled(true);
     },
     ""},
    {"NamedAgain", [](Session&, Addressee& a) { a.told->set_cancelled(true); }, "INVITATION 3"},
    {"CancelledAndTold",
     [](Session& s, Addressee& a) {
       s.set_state(Session::STATE_CANCELLED);
       a.told->set_cancelled(true);
     },
     ""},
    {"MovedBeforeTheInvitationWasTried",
     [](Session& s, Addressee& a) {
       s.mutable_duration()->set_seconds(7200);
       a.last->set_state(Mail::STATE_QUEUED);
       a.last->set_attempts(0);
     },
     "INVITATION 3"},
    {"MovedWhileItMayHaveArrived",
     [](Session& s, Addressee& a) {
       s.mutable_duration()->set_seconds(7200);
       a.last->set_state(Mail::STATE_QUEUED);
     },
     "UPDATE 3"},
    {"MovedAfterTheInvitationWasRefused",
     [](Session& s, Addressee& a) {
       s.mutable_duration()->set_seconds(7200);
       a.last->set_state(Mail::STATE_REFUSED);
     },
     "INVITATION 3"},
    {"CancelledWithoutAnAddress",
     [](Session& s, Addressee& a) {
       s.set_state(Session::STATE_CANCELLED);
       a.person.clear_mail_address();
     },
     ""},
    {"Held", [](Session& s, Addressee&) { s.set_state(Session::STATE_HELD); }, ""},
};

class ToldOnce : public testing::TestWithParam<Change> {};

TEST_P(ToldOnce, IsToldOfWhatConcernsThemAndOfNothingElse) {
  Session session = Dialogue();
  Addressee addressee = ToldOf(session, 2);
  GetParam().change(session, addressee);
  EXPECT_EQ(Due(session, addressee), GetParam().due);
}

INSTANTIATE_TEST_SUITE_P(, ToldOnce, testing::ValuesIn(kChanges),
                         [](const auto& change) { return change.param.name; });

TEST(LetterDue, InvitesWhomAConfirmedSessionNamesAndNobodyElse) {
  Session session = Dialogue();
  EXPECT_EQ(Due(session, Mayor()), "INVITATION 0");
  Addressee passer = Mayor();
  passer.named = false;
  EXPECT_EQ(Due(session, passer), "");
  Addressee mute = Mayor();
  mute.person.clear_mail_address();
  EXPECT_EQ(Due(session, mute), "");
  session.set_state(Session::STATE_DRAFT);
  EXPECT_EQ(Due(session, Mayor()), "");
  session.set_state(Session::STATE_CANCELLED);
  EXPECT_EQ(Due(session, Mayor()), "");
}

TEST(LetterDue, TellsNothingOfASessionThatIsOver) {
  const Session session = Dialogue();
  const absl::Time end = absl::FromUnixSeconds(1796112000 + 5400);
  EXPECT_EQ(Due(session, Mayor(), end - absl::Seconds(1)), "INVITATION 0");
  EXPECT_EQ(Due(session, Mayor(), end), "");
}

TEST(MailName, IsTheSameForOneMailAndAnotherForAnother) {
  const std::string session = "sessions/isfahan-xian";
  const Letter letter{Mail::KIND_UPDATE, 1};
  const std::string name = MailName(session, "people/mayor-of-xian", letter);
  EXPECT_EQ(name, MailName(session, "people/mayor-of-xian", letter));
  EXPECT_NE(name, MailName(session, "people/mayor-of-isfahan", letter));
  EXPECT_NE(name, MailName(session, "people/mayor-of-xian", {Mail::KIND_UPDATE, 2}));
  EXPECT_NE(name, MailName(session, "people/mayor-of-xian", {Mail::KIND_CANCELLATION, 1}));
}

}  // namespace
}  // namespace neshast
