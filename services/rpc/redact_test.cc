#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "neshast/v1/access_service.pb.h"
#include "neshast/v1/change_service.pb.h"
#include "neshast/v1/commitment.pb.h"
#include "neshast/v1/directory_service.pb.h"
#include "neshast/v1/document.pb.h"
#include "neshast/v1/letter.pb.h"
#include "neshast/v1/session_service.pb.h"
#include "policy_callers.h"
#include "rpc/policy.h"

namespace neshast {
namespace {

template <class Message>
std::string Redacted(const Caller& caller, const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  Redact(caller, message);
  return message.ShortDebugString();
}

TEST(Redact, LeavesOfAMaskedSessionOnlyWhenAndBetweenWhichCities) {
  const std::string text = R"(
    name: "sessions/isfahan-xian" etag: "r7" kind: KIND_MAYORS_DIALOGUE state: STATE_CONFIRMED
    title { texts { key: "en" value: "Loans" } } host: "cities/isfahan"
    start_time { local_time: "2026-12-01T10:00" time_zone: "Asia/Tehran" } duration { seconds: 900 }
    delegations {
      city: "cities/xian" required_people: "people/mayor-of-xian" optional_people: "people/li-wei"
      seats { id: "head" person: "people/mayor-of-xian" printed_name: "市长" }
      close_time { seconds: 1 } changes { id: "one" }
    }
    clearances { body: "organizations/foreign-ministry" } forced_confirmation { reason: "haste" }
    interpreters: "people/li-wei" languages: "fa" series: "series/dialogues"
    moves { reason: "illness" } burdens { city: "cities/xian" } cancel_reason: "none"
    orders { kind: KIND_SCREEN places { city: "cities/xian" person: "people/mayor-of-xian" } })";
  const char masked[] =
      R"(name: "sessions/isfahan-xian" etag: "r7" kind: KIND_MAYORS_DIALOGUE host: "cities/isfahan" )"
      R"(start_time { local_time: "2026-12-01T10:00" time_zone: "Asia/Tehran" } duration { seconds: 900 } )"
      R"(delegations { city: "cities/xian" } state: STATE_CONFIRMED)";
  for (const char* role : {"HA", "OB", "SY", "AU"}) {
    EXPECT_EQ(masked, Redacted<v1::Session>(CallerOf(role), text)) << role;
  }
  v1::Session whole;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &whole));
  EXPECT_EQ(whole.ShortDebugString(), Redacted<v1::Session>(CallerOf("HO"), text));
  whole.clear_clearances();
  whole.clear_forced_confirmation();
  EXPECT_EQ(whole.ShortDebugString(), Redacted<v1::Session>(CallerOf("PS"), text));
  whole.mutable_delegations(0)->clear_changes();
  EXPECT_EQ(whole.ShortDebugString(), Redacted<v1::Session>(CallerOf("D"), text));
}

TEST(Redact, ShowsLettersToTheHostAndTheCityTheyAreAboutOnly) {
  const auto delegation = [](const std::string& city) {
    return "delegations { city: 'cities/" + city + "' required_people: 'people/mayor-of-xian' " +
           "seats { id: 'head' role: ROLE_HEAD person: 'people/mayor' printed_name: 'Shown' " +
           "credentials { state: STATE_REFUSED letter_number: 'canary-" + city +
           "' remark: 'canary-" + city + "' } replaced { person: 'people/canary-" + city +
           "' reason: 'canary-" + city + "' } } " +
           "changes { id: 'one' seat { printed_name: " + "'canary-" + city +
           "' } reason: 'canary-" + city + "' } } ";
  };
  const std::string text = "name: 'sessions/s' state: STATE_CONFIRMED host: 'cities/isfahan' " +
                           delegation("xian") + delegation("havana") +
                           "clearances { letter_number: 'canary-host' } " +
                           "forced_confirmation { reason: 'canary-host' } orders { " +
                           "places { city: 'cities/xian' person: 'people/canary-xian' } " +
                           "places { city: 'cities/havana' person: 'people/canary-havana' } }";
  Caller host = CallerOf("PS");
  host.city = "cities/isfahan";
  const std::vector<std::string> canaries = {"canary-xian", "canary-havana", "canary-host"};
  const struct {
    Caller caller;
    std::vector<bool> sees;  // in the order of `canaries`
  } rows[] = {{CallerOf("HO"), {true, true, true}},    {host, {true, true, true}},
              {CallerOf("PS"), {true, false, false}},  {CallerOf("D"), {false, false, false}},
              {CallerOf("IN"), {false, false, false}}, {CallerOf("EX"), {false, false, false}},
              {CallerOf("HA"), {false, false, false}}, {CallerOf("OB"), {false, false, false}},
              {CallerOf("SY"), {false, false, false}}, {CallerOf("AU"), {false, false, false}}};
  for (const auto& row : rows) {
    const std::string shown = Redacted<v1::Session>(row.caller, text);
    for (size_t i = 0; i < canaries.size(); ++i) {
      EXPECT_EQ(row.sees[i], shown.find(canaries[i]) != std::string::npos)
          << row.caller.principal << " " << canaries[i];
    }
  }
  for (const char* role : {"PS", "D", "IN", "EX"}) {
    const std::string shown = Redacted<v1::Session>(CallerOf(role), text);
    EXPECT_NE(shown.find("Shown"), shown.rfind("Shown")) << role << " sees who sits in both";
  }
}

TEST(Redact, RemovesWhatIsHiddenFromListsAndKeepsTheirOrder) {
  const std::string party = R"(host: "cities/isfahan" delegations { city: "cities/xian" } )";
  const std::string list = "sessions { name: 'a' state: STATE_DRAFT " + party +
                           "} sessions { name: 'b' state: STATE_HELD " + party +
                           "} sessions { name: 'c' state: STATE_HELD } sessions { name: 'd' "
                           "state: STATE_CONFIRMED " +
                           party + "} next_page_token: 'n'";
  v1::ListSessionsResponse response;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(list, &response));
  Redact(CallerOf("PS"), response);
  ASSERT_EQ(2, response.sessions_size());
  EXPECT_EQ("b", response.sessions(0).name());
  EXPECT_EQ("d", response.sessions(1).name());
  EXPECT_EQ("n", response.next_page_token());
}

TEST(Redact, LeavesTheMarkOfAChangeWhoseResourceIsHidden) {
  const std::string change =
      R"(changes { name: "cities/xian" revision: 7 city { name: "cities/xian" } })";
  EXPECT_EQ(R"(changes { name: "cities/xian" revision: 7 })",
            Redacted<v1::SyncChangesResponse>(CallerOf("IN"), change));
}

TEST(Redact, ShowsAvailabilityAndMailAddressToThoseWhoPlanWithThemOnly) {
  const std::string person =
      R"(people { name: "people/mayor-of-xian" city: "cities/xian" availability { } mail_address: "a@xian.example" })";
  const std::string stranger =
      R"(people { name: "people/mayor-of-havana" city: "cities/havana" availability { } mail_address: "a@havana.example" })";
  const struct {
    const char* role;
    bool own;
    bool others;
  } rows[] = {{"HO", true, true},
              {"PS", true, false},
              {"D", true, false},
              {"HA", true, false},
              {"AU", true, false}};  // each caller here is the mayor of Xi'an
  for (const auto& row : rows) {
    const auto shows = [&](const std::string& text) {
      const std::string shown = Redacted<v1::ListPeopleResponse>(CallerOf(row.role), text);
      const bool availability = shown.find("availability") != std::string::npos;
      EXPECT_EQ(availability, shown.find("mail_address") != std::string::npos) << row.role;
      return availability;
    };
    EXPECT_EQ(row.own, shows(person)) << row.role;
    EXPECT_EQ(row.others, shows(stranger)) << row.role;
  }
  Caller script = CallerOf("SY");
  script.person.clear();
  EXPECT_EQ(R"(people { name: "people/mayor-of-xian" city: "cities/xian" })",
            Redacted<v1::ListPeopleResponse>(script, person));
}

TEST(Redact, NeverShowsTheDigestOfASecret) {
  const std::string made = R"(token { name: "tokens/k3v9q0z1xw" secret_digest: "d" } secret: "s")";
  const char shown[] = R"(token { name: "tokens/k3v9q0z1xw" } secret: "s")";
  EXPECT_EQ(shown, Redacted<v1::CreateTokenResponse>(CallerOf("HA"), made));
  const Caller server{"system", v1::ROLE_UNSPECIFIED, "", "", {}, ""};
  EXPECT_EQ(shown, Redacted<v1::CreateTokenResponse>(server, made));
}

TEST(Redact, ShowsEveryCallerWhoItIs) {
  Caller caller = CallerOf("EX");
  caller.scopes = {v1::ACTION_SESSION_READ};
  EXPECT_EQ(R"(name: "principals/xian-EX")",
            Redacted<v1::Principal>(caller, R"(name: "principals/xian-EX")"));
}

TEST(Redact, LeavesOfAMaskedDocumentLetterAndCommitmentBetweenWhomTheyAreAndHowFar) {
  EXPECT_EQ(R"(name: "documents/d" kind: KIND_MEMORANDUM host: "cities/isfahan" )"
            R"(cities: "cities/xian" state: STATE_IN_FORCE signed_date: "1989-05-07")",
            Redacted<v1::Document>(CallerOf("AU"), R"(
    name: "documents/d" kind: KIND_MEMORANDUM title { texts { key: "en" value: "Loans" } }
    host: "cities/isfahan" cities: "cities/xian" steps { id: "step-1" } term_months: 48
    text_reference: "Shelf" state: STATE_IN_FORCE signed_date: "1989-05-07" renewals {}
    owed_step: "step-1" owed_by: "organizations/o" owed_due_date: "2026-12-01")"));
  EXPECT_EQ(R"(name: "letters/l" host: "cities/isfahan" reference_number: "1" )"
            R"(letter_date: "2026-11-24" kind: KIND_OFFER sender: "cities/isfahan" )"
            R"(recipient: "cities/xian" state: STATE_ANSWERED cities: "cities/xian")",
            Redacted<v1::Letter>(CallerOf("AU"), R"(
    name: "letters/l" host: "cities/isfahan" reference_number: "1" letter_date: "2026-11-24"
    kind: KIND_OFFER subject { texts { key: "en" value: "Loans" } } sender: "cities/isfahan"
    recipient: "cities/xian" document: "documents/d" file_reference: "Shelf" round: "1"
    state: STATE_ANSWERED reply { remark: "Gladly" } cities: "cities/xian")"));
  EXPECT_EQ(R"(name: "commitments/c" host: "cities/isfahan" kind: KIND_AID )"
            R"(from_city: "cities/xian" due_date: "2026-12-01" state: STATE_OPEN )"
            R"(cities: "cities/xian")",
            Redacted<v1::Commitment>(CallerOf("AU"), R"(
    name: "commitments/c" host: "cities/isfahan" kind: KIND_AID from_city: "cities/xian"
    text { texts { key: "en" value: "Masks" } } owner: "people/li-wei" due_date: "2026-12-01"
    session: "sessions/s" source: "sessions/s/minutes/1/entries/e" document: "documents/d"
    state: STATE_OPEN progress { remark: "Packed" } cities: "cities/xian" circle: "cities/xian")"));
}

TEST(Redact, ShowsTheLettersOfAStepToTheHostAndToTheCityOnWhoseSideItIs) {
  const std::string text = R"(
    host: "cities/isfahan" cities: "cities/xian"
    steps { id: "common" letter_number: "1" remark: "a" }
    steps { id: "hosts" city: "cities/isfahan" letter_number: "2" remark: "b" }
    steps { id: "own" city: "cities/xian" letter_number: "3" remark: "c" })";
  EXPECT_EQ(R"(host: "cities/isfahan" cities: "cities/xian" )"
            R"(steps { id: "common" letter_number: "1" remark: "a" } )"
            R"(steps { id: "hosts" city: "cities/isfahan" } )"
            R"(steps { id: "own" city: "cities/xian" letter_number: "3" remark: "c" })",
            Redacted<v1::Document>(CallerOf("PS"), text));
  EXPECT_NE(std::string::npos, Redacted<v1::Document>(CallerOf("HO"), text).find("\"b\""));
}

TEST(Redact, TellsTheHostAloneWhoRecordedTheProgressOfACommitment) {
  const std::string text = R"(host: "cities/isfahan" cities: "cities/xian"
    progress { state: STATE_DONE principal: "principals/officer" })";
  EXPECT_EQ(R"(host: "cities/isfahan" progress { state: STATE_DONE } cities: "cities/xian")",
            Redacted<v1::Commitment>(CallerOf("PS"), text));
  EXPECT_NE(std::string::npos, Redacted<v1::Commitment>(CallerOf("HO"), text).find("officer"));
}

}  // namespace
}  // namespace neshast
