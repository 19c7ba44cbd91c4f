#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "neshast/v1/access_service.pb.h"
#include "neshast/v1/change_service.pb.h"
#include "neshast/v1/directory_service.pb.h"
#include "neshast/v1/minutes_service.pb.h"
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

TEST(Redact, ShowsOfMinutesTheSealToTheAuditorAndWhoIsInTheirCircleToNobody) {
  const std::string circle =
      "circle { host: 'cities/isfahan' cities: 'cities/xian' people: 'people/mayor-of-xian' ";
  const std::string text = "name: 'm' title { original: 'en' } seal { digest: 'd' } ";
  const std::string circulated = text + circle + "state: STATE_CIRCULATED }";
  const char shown[] = R"(name: "m" title { original: "en" } seal { digest: "d" })";
  for (const char* role : {"HO", "PS", "D", "IN", "EX"}) {
    EXPECT_EQ(shown, Redacted<v1::Minutes>(CallerOf(role), circulated)) << role;
  }
  EXPECT_EQ(R"(name: "m" seal { digest: "d" })", Redacted<v1::Minutes>(CallerOf("AU"), circulated));
  for (const char* role : {"PS", "D", "IN", "EX", "OB", "HA", "SY"}) {
    EXPECT_EQ("", Redacted<v1::Minutes>(CallerOf(role), text + circle + "state: STATE_DRAFT }"))
        << role;
  }
  const std::string list = "entries { name: 'a' speaker: 'people/mayor-of-xian' text: 't' " +
                           circle + "state: STATE_SEALED } } entries { name: 'b' text: 't' " +
                           circle + "state: STATE_SEALED } }";
  EXPECT_EQ(R"(entries { name: "a" speaker: "people/mayor-of-xian" text: "t" })",
            Redacted<v1::ListEntriesResponse>(CallerOf("EX"), list));
  EXPECT_EQ(R"(entries { name: "a" } entries { name: "b" })",
            Redacted<v1::ListEntriesResponse>(CallerOf("AU"), list));
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

}  // namespace
}  // namespace neshast
