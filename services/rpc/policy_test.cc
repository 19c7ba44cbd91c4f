#include "rpc/policy.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "errors.h"
#include "neshast/v1/access_service.pb.h"
#include "neshast/v1/change_service.pb.h"
#include "neshast/v1/directory_service.pb.h"
#include "neshast/v1/session_service.pb.h"

namespace neshast {
namespace {

constexpr char kCity[] = "cities/xian";
constexpr char kPerson[] = "people/mayor-of-xian";

const std::pair<const char*, v1::Role> kRoles[] = {{"HO", v1::ROLE_PROTOCOL_OFFICER},
                                                   {"HA", v1::ROLE_ADMINISTRATOR},
                                                   {"PS", v1::ROLE_DELEGATION_SECRETARY},
                                                   {"D", v1::ROLE_DELEGATE},
                                                   {"IN", v1::ROLE_INTERPRETER},
                                                   {"EX", v1::ROLE_EXPERT},
                                                   {"OB", v1::ROLE_OBSERVER},
                                                   {"SY", v1::ROLE_SCRIPT},
                                                   {"AU", v1::ROLE_AUDITOR},
                                                   {"none", v1::ROLE_UNSPECIFIED}};

Caller CallerOf(const std::string& role) {
  for (const auto& [name, value] : kRoles) {
    if (role == name) return {"principals/xian-" + role, value, kCity, kPerson, {}, "c-1"};
  }
  ADD_FAILURE() << role;
  return {};
}

char Letter(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAllow:
      return 'A';
    case Verdict::kMasked:
      return 'm';
    case Verdict::kForbidden:
      return 'F';
    case Verdict::kHidden:
      return '.';
  }
  return '?';
}

struct Row {
  const char* role;
  v1::Action action;
  const char* expected;  // A allow, m masked, F forbidden, . hidden
};

// Five states (unspecified, draft, confirmed, held, cancelled) for each of four relations: the
// caller's city is the host | is a party | the caller's person is named | none of these.
std::string SessionVerdicts(const Row& row) {
  std::string verdicts;
  for (int relation = 0; relation < 4; ++relation) {
    if (relation > 0) verdicts += ' ';
    for (int state = 0; state < 5; ++state) {
      v1::Session session;
      session.set_host(relation == 0 ? kCity : "cities/isfahan");
      session.add_delegations()->set_city(relation == 1 ? kCity : "cities/havana");
      if (relation == 2) session.add_interpreters(kPerson);
      session.set_state(static_cast<v1::Session::State>(state));
      verdicts += Letter(Authorize(CallerOf(row.role), row.action, ObjectOf(session)));
    }
  }
  return verdicts;
}

TEST(Authorize, DecidesOnSessionsByRoleRelationAndState) {
  using namespace v1;
  //                                 host  party named none
  const Row rows[] = {
      {"HO", ACTION_SESSION_READ, "AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_SESSION_READ, "..m.. ..m.. ..m.. ..m.."},
      {"PS", ACTION_SESSION_READ, "..AAA ..AAA ..... ....."},
      {"D", ACTION_SESSION_READ, "..... ..... ..AAA ....."},
      {"IN", ACTION_SESSION_READ, "..... ..... ..AAA ....."},
      {"EX", ACTION_SESSION_READ, "..... ..... ..AAA ....."},
      {"OB", ACTION_SESSION_READ, "..... ..... ..m.. ....."},
      {"SY", ACTION_SESSION_READ, "..m.. ..m.. ..... ....."},
      {"AU", ACTION_SESSION_READ, "mmmmm mmmmm mmmmm mmmmm"},
      {"none", ACTION_SESSION_READ, "..... ..... ..... ....."},
      {"HO", ACTION_SESSION_WRITE, "AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_SESSION_WRITE, "..F.. ..F.. ..F.. ..F.."},
      {"PS", ACTION_SESSION_WRITE, "..FFF ..FFF ..... ....."},
      {"D", ACTION_SESSION_WRITE, "..... ..... ..FFF ....."},
      {"IN", ACTION_SESSION_WRITE, "..... ..... ..FFF ....."},
      {"EX", ACTION_SESSION_WRITE, "..... ..... ..FFF ....."},
      {"OB", ACTION_SESSION_WRITE, "..... ..... ..F.. ....."},
      {"SY", ACTION_SESSION_WRITE, "..F.. ..F.. ..... ....."},
      {"AU", ACTION_SESSION_WRITE, "FFFFF FFFFF FFFFF FFFFF"},
      {"none", ACTION_SESSION_WRITE, "..... ..... ..... ....."},
      {"HO", ACTION_SESSION_RESCHEDULE, "AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_SESSION_RESCHEDULE, "..F.. ..F.. ..F.. ..F.."},
      {"PS", ACTION_SESSION_RESCHEDULE, "..FFF ..FFF ..... ....."},
      {"D", ACTION_SESSION_RESCHEDULE, "..... ..... ..FFF ....."},
      {"IN", ACTION_SESSION_RESCHEDULE, "..... ..... ..FFF ....."},
      {"EX", ACTION_SESSION_RESCHEDULE, "..... ..... ..FFF ....."},
      {"OB", ACTION_SESSION_RESCHEDULE, "..... ..... ..F.. ....."},
      {"SY", ACTION_SESSION_RESCHEDULE, "..F.. ..F.. ..... ....."},
      {"AU", ACTION_SESSION_RESCHEDULE, "FFFFF FFFFF FFFFF FFFFF"},
      {"none", ACTION_SESSION_RESCHEDULE, "..... ..... ..... ....."},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(row.expected, SessionVerdicts(row)) << row.role << " " << v1::Action_Name(row.action);
  }
}

// People of: the caller's city | another city; then the same of cities; then a network.
std::string DirectoryVerdicts(const Row& row) {
  const Caller caller = CallerOf(row.role);
  std::string verdicts;
  for (const char* city : {kCity, "cities/isfahan"}) {
    v1::Person person;
    person.set_city(city);
    verdicts += Letter(Authorize(caller, row.action, ObjectOf(person)));
  }
  for (const char* name : {kCity, "cities/isfahan"}) {
    v1::City city;
    city.set_name(name);
    verdicts += Letter(Authorize(caller, row.action, ObjectOf(city)));
  }
  return verdicts + Letter(Authorize(caller, row.action, ObjectOf(v1::Network())));
}

TEST(Authorize, DecidesOnTheDirectoryByRoleAndCity) {
  using namespace v1;
  const Row rows[] = {
      {"HO", ACTION_DIRECTORY_READ, "AAAAA"},     {"HA", ACTION_DIRECTORY_READ, "AAAAA"},
      {"PS", ACTION_DIRECTORY_READ, "AAAAA"},     {"D", ACTION_DIRECTORY_READ, "AAAAA"},
      {"IN", ACTION_DIRECTORY_READ, "....."},     {"EX", ACTION_DIRECTORY_READ, "....."},
      {"OB", ACTION_DIRECTORY_READ, "....."},     {"SY", ACTION_DIRECTORY_READ, "AAAAA"},
      {"AU", ACTION_DIRECTORY_READ, "AAAAA"},     {"none", ACTION_DIRECTORY_READ, "....."},
      {"HO", ACTION_DIRECTORY_WRITE, "AAAAA"},    {"HA", ACTION_DIRECTORY_WRITE, "FFFFF"},
      {"PS", ACTION_DIRECTORY_WRITE, "AFAFF"},    {"D", ACTION_DIRECTORY_WRITE, "FFFFF"},
      {"IN", ACTION_DIRECTORY_WRITE, "....."},    {"EX", ACTION_DIRECTORY_WRITE, "....."},
      {"OB", ACTION_DIRECTORY_WRITE, "....."},    {"SY", ACTION_DIRECTORY_WRITE, "FFFFF"},
      {"AU", ACTION_DIRECTORY_WRITE, "FFFFF"},    {"none", ACTION_DIRECTORY_WRITE, "....."},
      {"HO", ACTION_AVAILABILITY_WRITE, "AAAAA"}, {"HA", ACTION_AVAILABILITY_WRITE, "FFFFF"},
      {"PS", ACTION_AVAILABILITY_WRITE, "AFAFF"}, {"D", ACTION_AVAILABILITY_WRITE, "FFFFF"},
      {"IN", ACTION_AVAILABILITY_WRITE, "....."}, {"EX", ACTION_AVAILABILITY_WRITE, "....."},
      {"OB", ACTION_AVAILABILITY_WRITE, "....."}, {"SY", ACTION_AVAILABILITY_WRITE, "FFFFF"},
      {"AU", ACTION_AVAILABILITY_WRITE, "FFFFF"}, {"none", ACTION_AVAILABILITY_WRITE, "....."},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(row.expected, DirectoryVerdicts(row))
        << row.role << " " << v1::Action_Name(row.action);
  }
}

// The own principal, another of the same city, the own token, another's token.
std::string AccessVerdicts(const Row& row) {
  const Caller caller = CallerOf(row.role);
  std::string verdicts;
  for (const std::string& name : {caller.principal, std::string("principals/xian-archive")}) {
    v1::Principal principal;
    principal.set_name(name);
    principal.set_city(kCity);
    verdicts += Letter(Authorize(caller, row.action, ObjectOf(principal)));
  }
  for (const std::string& name : {caller.principal, std::string("principals/xian-archive")}) {
    v1::Token token;
    token.set_principal(name);
    verdicts += Letter(Authorize(caller, row.action, ObjectOf(token)));
  }
  return verdicts;
}

TEST(Authorize, LetsNobodyButTheAdministratorTouchAccessOfOthersOrTheOwnRole) {
  using namespace v1;
  for (const char* role : {"HO", "PS", "D", "IN", "EX", "OB", "SY"}) {
    EXPECT_EQ("A.A.", AccessVerdicts({role, ACTION_ACCESS_READ, ""})) << role;
    EXPECT_EQ("F.A.", AccessVerdicts({role, ACTION_ACCESS_WRITE, ""})) << role;
  }
  const Row rows[] = {
      {"HA", ACTION_ACCESS_READ, "AAAA"},   {"HA", ACTION_ACCESS_WRITE, "AAAA"},
      {"AU", ACTION_ACCESS_READ, "AAAA"},   {"AU", ACTION_ACCESS_WRITE, "FFFF"},
      {"none", ACTION_ACCESS_READ, "...."}, {"none", ACTION_ACCESS_WRITE, "...."},
  };
  for (const Row& row : rows) EXPECT_EQ(row.expected, AccessVerdicts(row)) << row.role;
}

TEST(Authorize, TellsWithoutAnObjectWhetherARoleEverMay) {
  //                     HO HA PS D IN EX OB SY AU none
  const std::pair<v1::Action, const char*> rows[] = {
      {v1::ACTION_UNSPECIFIED, "FFFFFFFFFF"},     {v1::ACTION_DIRECTORY_READ, "AAAAFFFAAF"},
      {v1::ACTION_DIRECTORY_WRITE, "AFAFFFFFFF"}, {v1::ACTION_SESSION_READ, "AmAAAAmmmF"},
      {v1::ACTION_SESSION_WRITE, "AFFFFFFFFF"},   {v1::ACTION_SESSION_RESCHEDULE, "AFFFFFFFFF"},
      {v1::ACTION_SUGGEST, "AFFFFFFFFF"},         {v1::ACTION_AVAILABILITY_WRITE, "AFAFFFFFFF"},
      {v1::ACTION_CHANGES_READ, "AAAAAFFAAF"},    {v1::ACTION_ACCESS_READ, "AAAAAAAAAF"},
      {v1::ACTION_ACCESS_WRITE, "AAAAAAAAFF"},    {v1::ACTION_AUDIT_READ, "FFFFFFFFAF"},
      {v1::ACTION_WHO_AM_I, "AAAAAAAAAF"},
  };
  for (const auto& [action, expected] : rows) {
    std::string verdicts;
    for (const auto& [role, value] : kRoles) {
      verdicts += Letter(Authorize(CallerOf(role), action, Object()));
    }
    EXPECT_EQ(expected, verdicts) << v1::Action_Name(action);
  }
}

TEST(Authorize, HoldsACallerToTheScopesOfItsToken) {
  Caller caller = CallerOf("HO");
  caller.scopes = {v1::ACTION_SESSION_RESCHEDULE};
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_SESSION_RESCHEDULE, Object())));
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_SESSION_READ, Object())));  // its answer
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_WHO_AM_I, Object())));
  EXPECT_EQ('F', Letter(Authorize(caller, v1::ACTION_SESSION_WRITE, Object())));
  EXPECT_EQ('F', Letter(Authorize(caller, v1::ACTION_DIRECTORY_READ, Object())));
  caller = CallerOf("D");  // a scope gives nothing that the role has not
  caller.scopes = {v1::ACTION_SESSION_WRITE};
  EXPECT_EQ('F', Letter(Authorize(caller, v1::ACTION_SESSION_WRITE, Object())));
}

TEST(Authorize, DoesNotTakeNobodyForSomebody) {
  v1::Session session;  // neither host nor people, as a caller without city and person
  session.set_state(v1::Session::STATE_CONFIRMED);
  for (const v1::Role role : {v1::ROLE_DELEGATION_SECRETARY, v1::ROLE_DELEGATE, v1::ROLE_SCRIPT}) {
    const Caller nobody{"", role, "", "", {}, ""};
    EXPECT_EQ('.', Letter(Authorize(nobody, v1::ACTION_SESSION_READ, ObjectOf(session))));
    EXPECT_EQ('.', Letter(Authorize(nobody, v1::ACTION_ACCESS_WRITE, ObjectOf(v1::Token()))));
  }
}

TEST(CheckMay, AnswersForTheHiddenAsForTheAbsent) {
  v1::Session session;
  session.set_state(v1::Session::STATE_DRAFT);
  session.set_host(kCity);
  const absl::Status hidden =
      CheckMay(CallerOf("PS"), v1::ACTION_SESSION_READ, ObjectOf(session), "sessions/isfahan-xian");
  EXPECT_EQ(absl::StatusCode::kNotFound, hidden.code());
  EXPECT_EQ("There is no sessions/isfahan-xian.", std::string(hidden.message()));
  EXPECT_EQ("RESOURCE_NOT_FOUND", DetailOf(hidden).reason);
  const absl::Status forbidden = CheckMay(CallerOf("PS"), v1::ACTION_SUGGEST, Object(), "");
  EXPECT_EQ(absl::StatusCode::kPermissionDenied, forbidden.code());
  EXPECT_EQ("ACTION_FORBIDDEN", DetailOf(forbidden).reason);
}

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
    delegations { city: "cities/xian" required_people: "people/mayor-of-xian" optional_people: "people/li-wei" }
    interpreters: "people/li-wei" languages: "fa" series: "series/dialogues"
    moves { reason: "illness" } burdens { city: "cities/xian" } cancel_reason: "none")";
  const char masked[] =
      R"(name: "sessions/isfahan-xian" etag: "r7" kind: KIND_MAYORS_DIALOGUE host: "cities/isfahan" )"
      R"(start_time { local_time: "2026-12-01T10:00" time_zone: "Asia/Tehran" } duration { seconds: 900 } )"
      R"(delegations { city: "cities/xian" } state: STATE_CONFIRMED)";
  for (const char* role : {"HA", "OB", "SY", "AU"}) {
    EXPECT_EQ(masked, Redacted<v1::Session>(CallerOf(role), text)) << role;
  }
  v1::Session whole;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &whole));
  for (const char* role : {"HO", "PS", "D"}) {
    EXPECT_EQ(whole.ShortDebugString(), Redacted<v1::Session>(CallerOf(role), text)) << role;
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

TEST(Redact, ShowsAvailabilityToThoseWhoPlanWithItOnly) {
  const std::string person =
      R"(people { name: "people/mayor-of-xian" city: "cities/xian" availability { } })";
  const std::string stranger =
      R"(people { name: "people/mayor-of-havana" city: "cities/havana" availability { } })";
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
      return Redacted<v1::ListPeopleResponse>(CallerOf(row.role), text).find("availability") !=
             std::string::npos;
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
