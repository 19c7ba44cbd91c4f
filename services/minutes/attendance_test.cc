#include <map>

#include "minutes/minutes_fixture.h"

namespace neshast {
namespace {

class Attendance : public MinutesTest {
 protected:
  absl::StatusOr<Minutes> Set(const std::string& city, const std::string& person,
                              Attendee::Presence presence, const std::string& in_place_of = "") {
    return Do<v1::SetAttendanceRequest>(officer_, "SetAttendance", kMinutes, [&](auto& request) {
      Attendee& row = *request.add_attendance();
      row.set_city("cities/" + city);
      row.set_person("people/" + person);
      row.set_presence(presence);
      if (!in_place_of.empty()) row.set_substitute_for("people/" + in_place_of);
    });
  }

  absl::StatusOr<v1::DeclarePresenceResponse> Declare(const std::string& person) {
    v1::DeclarePresenceRequest request;
    request.set_session("sessions/expert");
    return Call<v1::DeclarePresenceResponse>(
        Of(v1::ROLE_DELEGATE, "st-petersburg", "people/" + person),
        "MinutesService.DeclarePresence", request);
  }

  std::map<std::string, Attendee> Rows() {
    std::map<std::string, Attendee> rows;
    const Minutes minutes = Stored();
    for (const Attendee& row : minutes.attendance()) rows[row.person().substr(7)] = row;
    return rows;
  }
};

TEST_F(Attendance, IsOfEverySeatAndOfWhoWasCalledWithoutOneAndNotYetKnown) {
  ASSERT_TRUE(Close().ok());
  const auto rows = Rows();
  EXPECT_EQ(rows.size(), 5u);
  for (const auto& [person, row] : rows) {
    EXPECT_EQ(row.presence(), Attendee::PRESENCE_UNKNOWN) << person;
    EXPECT_EQ(row.source(), Attendee::SOURCE_UNSPECIFIED) << person;
  }
  EXPECT_EQ(rows.at("head-of-petersburg").role(), v1::Seat::ROLE_HEAD);
  EXPECT_EQ(rows.at("head-of-petersburg").printed_name(), "printed head-of-petersburg");
  EXPECT_EQ(rows.at("called").printed_name(), "called");
}

TEST_F(Attendance, NamesWhoCameIntoASeatInSomebodysPlace) {
  v1::Session session = Confirmed();
  v1::Seat& seat = *session.mutable_delegations(1)->mutable_seats(0);
  seat.add_replaced()->set_person("people/mayor-who-is-abroad");
  store_.Put(session);
  ASSERT_TRUE(Close().ok());
  EXPECT_EQ(Rows().at("head-of-petersburg").substitute_for(), "people/mayor-who-is-abroad");
  ASSERT_TRUE(Declare("head-of-petersburg").ok());
  EXPECT_EQ(Rows().at("head-of-petersburg").presence(), Attendee::PRESENCE_SUBSTITUTE);
}

TEST_F(Attendance, IsEnteredByTheOfficerAlsoOfWhoWasNotCalled) {
  ASSERT_TRUE(Close().ok());
  ASSERT_TRUE(Set("st-petersburg", "epidemiologist", Attendee::PRESENCE_EXCUSED).ok());
  const auto came =
      Set("st-petersburg", "substitute", Attendee::PRESENCE_SUBSTITUTE, "epidemiologist");
  ASSERT_TRUE(came.ok()) << came.status();
  const auto rows = Rows();
  EXPECT_EQ(rows.at("epidemiologist").presence(), Attendee::PRESENCE_EXCUSED);
  EXPECT_EQ(rows.at("epidemiologist").source(), Attendee::SOURCE_OFFICER);
  EXPECT_EQ(rows.at("substitute").substitute_for(), "people/epidemiologist");
}

TEST_F(Attendance, RefusesWhatCannotBe) {
  ASSERT_TRUE(Close().ok());
  EXPECT_THAT(Fields(Set("florence", "stranger", Attendee::PRESENCE_SUBSTITUTE).status()),
              testing::ElementsAre("attendance[0].substitute_for"));
  EXPECT_THAT(Fields(Set("florence", "epidemiologist", Attendee::PRESENCE_PRESENT).status()),
              testing::ElementsAre("attendance[0].city"));
  EXPECT_EQ(Reason(Set("isfahan", "nobody", Attendee::PRESENCE_PRESENT).status()),
            "REFERENCE_NOT_FOUND");
}

TEST_F(Attendance, IsDeclaredByOneselfUntilAllHaveAdoptedAndMarkedSo) {
  Circulated();
  const auto declared = Declare("epidemiologist");
  ASSERT_TRUE(declared.ok()) << declared.status();
  EXPECT_EQ(declared->attendee().presence(), Attendee::PRESENCE_PRESENT);
  EXPECT_EQ(declared->attendee().source(), Attendee::SOURCE_SELF_DECLARED);
  EXPECT_EQ(Reason(Declare("stranger").status()), "ACTION_FORBIDDEN");
  for (const Caller& party : {officer_, petersburg_, florence_}) ASSERT_TRUE(Adopt(party).ok());
  EXPECT_EQ(Reason(Declare("head-of-petersburg").status()), "WRONG_STATE");
  EXPECT_EQ(Reason(Set("isfahan", "called", Attendee::PRESENCE_ABSENT).status()), "WRONG_STATE");
}

TEST_F(Attendance, RecordedByTheOfficerIsNotMarkedAsSelfDeclaredAfterwards) {
  ASSERT_TRUE(Close().ok());
  ASSERT_TRUE(Set("st-petersburg", "epidemiologist", Attendee::PRESENCE_PRESENT).ok());
  ASSERT_TRUE(Declare("epidemiologist").ok());
  EXPECT_EQ(Rows().at("epidemiologist").source(), Attendee::SOURCE_OFFICER);
}

}  // namespace
}  // namespace neshast
