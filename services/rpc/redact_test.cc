#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "neshast/v1/access_service.pb.h"
#include "neshast/v1/change_service.pb.h"
#include "neshast/v1/commitment.pb.h"
#include "neshast/v1/directory_service.pb.h"
#include "neshast/v1/document.pb.h"
#include "neshast/v1/letter.pb.h"
#include "neshast/v1/minutes_service.pb.h"
#include "neshast/v1/proposal_service.pb.h"
#include "neshast/v1/reply_service.pb.h"
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
    hold: "holds/of-its-slot"
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
  whole.clear_hold();
  EXPECT_EQ(whole.ShortDebugString(), Redacted<v1::Session>(CallerOf("PS"), text));
  whole.mutable_delegations(0)->clear_changes();
  EXPECT_EQ(whole.ShortDebugString(), Redacted<v1::Session>(CallerOf("D"), text));
}

// What of a proposal each caller is shown: "canary-" marks what concerns one city only.
TEST(Redact, ShowsACityOfAProposalWhatConcernsAllAndWhatIsItsOwn) {
  const auto city = [](const std::string& id) {
    return "delegations { city: 'cities/" + id + "' required_people: 'people/canary-" + id +
           "' } recipients { person: 'people/canary-" + id + "' city: 'cities/" + id +
           "' link_generation: 1 link: 'links/canary-" + id +
           "' } answers { slot_id: 's1' person: " + "'people/canary-" + id + "' city: 'cities/" +
           id + "' remark: 'canary-" + id + "' } counter_proposals { person: 'people/canary-" + id +
           "' city: 'cities/" + id + "' remark: 'canary-" + id + "' } ";
  };
  const std::string text =
      "name: 'proposals/xian-dialogue' host: 'cities/isfahan' state: STATE_SENT "
      "title { texts { key: 'en' value: 'Dialogue' } } interpreters: 'people/canary-interpreter' "
      "slots { id: 's1' start_time { local_time: '2026-12-08T11:30' } hold: 'holds/canary-hold' "
      "counts { yes: 2 } } " +
      city("isfahan") + city("xian") + city("havana");
  for (const char* role : {"PS", "IV"}) {
    const std::string shown = Redacted<v1::Proposal>(CallerOf(role), text);
    for (const char* hidden :
         {"canary-isfahan", "canary-havana", "canary-interpreter", "canary-hold"}) {
      EXPECT_EQ(shown.npos, shown.find(hidden)) << role << " " << shown;
    }
    v1::Proposal proposal;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(shown, &proposal));
    EXPECT_EQ(3, proposal.delegations_size());
    EXPECT_EQ("people/canary-xian", proposal.delegations(1).required_people(0));
    EXPECT_EQ(1, proposal.recipients_size());
    EXPECT_EQ(1, proposal.answers_size());
    EXPECT_EQ(1, proposal.counter_proposals_size());
    EXPECT_EQ(2, proposal.slots(0).counts().yes());
  }
  v1::Proposal whole;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &whole));
  EXPECT_EQ(whole.ShortDebugString(), Redacted<v1::Proposal>(CallerOf("HO"), text));
  EXPECT_EQ(
      R"(name: "proposals/xian-dialogue" host: "cities/isfahan" delegations { city: "cities/isfahan" } )"
      R"(delegations { city: "cities/xian" } delegations { city: "cities/havana" } )"
      R"(slots { id: "s1" start_time { local_time: "2026-12-08T11:30" } } state: STATE_SENT)",
      Redacted<v1::Proposal>(CallerOf("AU"), text));
  for (const char* role : {"HA", "D", "IN", "EX", "OB", "SY", "none"}) {
    EXPECT_EQ("", Redacted<v1::Proposal>(CallerOf(role), text)) << role;
  }
}

TEST(Redact, NeverShowsTheDigestOfALink) {
  const std::string text =
      "name: 'links/k3s9a0b1c2' host: 'cities/isfahan' secret_digest: 'canary'";
  EXPECT_EQ(R"(name: "links/k3s9a0b1c2" host: "cities/isfahan")",
            Redacted<v1::Link>(CallerOf("HO"), text));
  EXPECT_EQ("", Redacted<v1::Link>(CallerOf("PS"), text));
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

TEST(Redact, ShowsWhoVouchedToTheHostOnlyAndTheAddressToWhoMaySeeThePersons) {
  const auto city = [](const std::string& id) {
    return "name: 'cities/" + id + "' counterpart { person: 'people/mayor-of-" + id +
           "' mail_address: 'canary-address' pins_digest: 'canary-pins' state: STATE_VERIFIED " +
           "expire_time { seconds: 1 } vouchings { remark: 'canary-word' } }";
  };
  const struct {
    const char* role;
    bool sees_words;
    bool sees_own_address;  // each caller here is the mayor of Xi'an
    bool sees_others_address;
  } rows[] = {{"HO", true, true, true},   {"HA", true, true, false}, {"AU", true, true, false},
              {"PS", false, true, false}, {"D", false, true, false}, {"SY", false, true, false}};
  for (const auto& row : rows) {
    for (const char* id : {"xian", "havana"}) {
      const std::string shown = Redacted<v1::City>(CallerOf(row.role), city(id));
      const auto sees = [&shown](const char* what) {
        return shown.find(what) != std::string::npos;
      };
      EXPECT_TRUE(sees("person:")) << row.role << shown;
      for (const char* what : {"canary-pins", "canary-word", "STATE_VERIFIED", "expire_time"}) {
        EXPECT_EQ(row.sees_words, sees(what)) << row.role << " " << what;
      }
      const bool own = std::string(id) == "xian";
      EXPECT_EQ(own ? row.sees_own_address : row.sees_others_address, sees("canary-address"))
          << row.role << " " << id;
    }
  }
  EXPECT_EQ(R"(name: "cities/xian")", Redacted<v1::City>(CallerOf("D"),
                                                         "name: 'cities/xian' counterpart { state: "
                                                         "STATE_UNVERIFIED }"))
      << "nor that there is nobody";
}

TEST(Redact, ShowsARepliesAddressesToTheProtocolOfficeOnly) {
  const std::string list = R"(replies { name: "replies/r" host: "cities/xian" kind: KIND_ANSWER
    from: "canary@xian.example" text: "canary" person: "people/mayor-of-xian" })";
  for (const auto& [role, value] : kRoles) {
    const std::string shown = Redacted<v1::ListRepliesResponse>(CallerOf(role), list);
    const bool sees = std::string(role) == "HO";
    EXPECT_EQ(sees, shown.find("canary") != std::string::npos) << role;
    const bool sees_that_it_is = sees || std::string(role) == "AU";
    EXPECT_EQ(sees_that_it_is, shown.find("replies/r") != std::string::npos) << role;
  }
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
