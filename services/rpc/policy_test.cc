#include "rpc/policy.h"

#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "absl/strings/match.h"
#include "errors.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/commitment.pb.h"
#include "neshast/v1/document.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/letter.pb.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/zone_alert.pb.h"
#include "policy_callers.h"

namespace neshast {
namespace {

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

std::string Verdicts(const Row& row, const std::vector<Object>& objects) {
  std::string verdicts;
  for (const Object& object : objects) {
    verdicts += Letter(Authorize(CallerOf(row.role), row.action, object));
  }
  return verdicts;
}

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
  //                                  host  party named none
  const Row reads[] = {
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
  };
  for (const Row& row : reads) EXPECT_EQ(row.expected, SessionVerdicts(row)) << row.role;
  for (const Action action : {ACTION_SESSION_WRITE, ACTION_SESSION_RESCHEDULE, ACTION_SUGGEST}) {
    const Row writes[] = {
        {"HO", action, "AAAAA AAAAA AAAAA AAAAA"}, {"HA", action, "..F.. ..F.. ..F.. ..F.."},
        {"PS", action, "..FFF ..FFF ..... ....."}, {"D", action, "..... ..... ..FFF ....."},
        {"IN", action, "..... ..... ..FFF ....."}, {"EX", action, "..... ..... ..FFF ....."},
        {"OB", action, "..... ..... ..F.. ....."}, {"SY", action, "..F.. ..F.. ..... ....."},
        {"AU", action, "FFFFF FFFFF FFFFF FFFFF"}, {"none", action, "..... ..... ..... ....."},
    };
    for (const Row& row : writes) {
      EXPECT_EQ(row.expected, SessionVerdicts(row)) << row.role << " " << Action_Name(action);
    }
  }
}

// Five states, as above, for the delegation of: the caller's city in a session of it | another city
// in the same session | the caller's city in a session that it has no part in.
std::string DelegationVerdicts(const Row& row) {
  std::string verdicts;
  for (int relation = 0; relation < 3; ++relation) {
    if (relation > 0) verdicts += ' ';
    for (int state = 0; state < 5; ++state) {
      v1::Session session;
      session.set_host("cities/isfahan");
      session.add_delegations()->set_city(relation == 2 ? "cities/havana" : kCity);
      session.set_state(static_cast<v1::Session::State>(state));
      const Object object = DelegationObject(session, relation == 1 ? "cities/isfahan" : kCity);
      verdicts += Letter(Authorize(CallerOf(row.role), row.action, object));
    }
  }
  return verdicts;
}

TEST(Authorize, LetsASecretaryNameItsOwnDelegationOnceTheSessionIsPromised) {
  using namespace v1;
  //                                      own   other no part
  const Row rows[] = {
      {"HO", ACTION_DELEGATION_WRITE, "AAAAA AAAAA AAAAA"},
      {"HA", ACTION_DELEGATION_WRITE, "..F.. ..F.. ..F.."},
      {"PS", ACTION_DELEGATION_WRITE, "..AAA ..FFF ....."},
      {"D", ACTION_DELEGATION_WRITE, "..... ..... ....."},
      {"IN", ACTION_DELEGATION_WRITE, "..... ..... ....."},
      {"EX", ACTION_DELEGATION_WRITE, "..... ..... ....."},
      {"OB", ACTION_DELEGATION_WRITE, "..... ..... ....."},
      {"SY", ACTION_DELEGATION_WRITE, "..F.. ..F.. ....."},
      {"AU", ACTION_DELEGATION_WRITE, "FFFFF FFFFF FFFFF"},
      {"none", ACTION_DELEGATION_WRITE, "..... ..... ....."},
  };
  for (const Row& row : rows) EXPECT_EQ(row.expected, DelegationVerdicts(row)) << row.role;
}

TEST(Authorize, LetsASecretarySendPeopleOfItsOwnCityOnly) {
  v1::Person person;
  person.set_city(kCity);
  const Object own = ObjectOf(person);
  person.set_city("cities/havana");
  const std::vector<Object> people = {own, ObjectOf(person)};
  EXPECT_EQ("AA", Verdicts({"HO", v1::ACTION_DELEGATION_WRITE, ""}, people));
  EXPECT_EQ("AF", Verdicts({"PS", v1::ACTION_DELEGATION_WRITE, ""}, people));
}

// Of the caller's city, then of another: a person, a city, an organisation; then an expert group
// and a network, which belong to no city.
std::string DirectoryVerdicts(const Row& row) {
  std::vector<Object> objects;
  for (const char* city : {kCity, "cities/isfahan"}) {
    v1::Person person;
    person.set_city(city);
    v1::City town;
    town.set_name(city);
    v1::Organization organization;
    organization.set_city(city);
    for (const Object& each : {ObjectOf(person), ObjectOf(town), ObjectOf(organization)}) {
      objects.push_back(each);
    }
  }
  v1::ExpertGroup group;
  group.add_people(kPerson);
  v1::Network network;
  network.add_cities(kCity);
  objects.push_back(ObjectOf(group));
  objects.push_back(ObjectOf(network));
  return Verdicts(row, objects);
}

TEST(Authorize, DecidesOnTheDirectoryByRoleAndCity) {
  using namespace v1;
  const Row reads[] = {
      {"HO", ACTION_DIRECTORY_READ, "AAAAAAAA"}, {"HA", ACTION_DIRECTORY_READ, "AAAAAAAA"},
      {"PS", ACTION_DIRECTORY_READ, "AAAAAAAA"}, {"D", ACTION_DIRECTORY_READ, "AAAAAAAA"},
      {"IN", ACTION_DIRECTORY_READ, "........"}, {"EX", ACTION_DIRECTORY_READ, "........"},
      {"OB", ACTION_DIRECTORY_READ, "........"}, {"SY", ACTION_DIRECTORY_READ, "AAAAAAAA"},
      {"AU", ACTION_DIRECTORY_READ, "AAAAAAAA"}, {"none", ACTION_DIRECTORY_READ, "........"},
  };
  for (const Row& row : reads) EXPECT_EQ(row.expected, DirectoryVerdicts(row)) << row.role;
  // Who writes the directory writes when people are busy: the same cells.
  for (const Action action : {ACTION_DIRECTORY_WRITE, ACTION_AVAILABILITY_WRITE}) {
    const Row writes[] = {
        {"HO", action, "AAAAAAAA"},   {"HA", action, "FFFFFFFF"}, {"PS", action, "AAAFFFFF"},
        {"D", action, "FFFFFFFF"},    {"IN", action, "........"}, {"EX", action, "........"},
        {"OB", action, "........"},   {"SY", action, "FFFFFFFF"}, {"AU", action, "FFFFFFFF"},
        {"none", action, "........"},
    };
    for (const Row& row : writes) {
      EXPECT_EQ(row.expected, DirectoryVerdicts(row))
          << row.role << " " << v1::Action_Name(row.action);
    }
  }
}

// A hold, a series, a zone alert and a mail of the caller's city, then of another, then a hold of
// another that names the caller's person.
std::string PlanningVerdicts(const Row& row) {
  std::vector<Object> objects;
  v1::Hold hold;
  for (const char* city : {kCity, "cities/isfahan"}) {
    hold.set_host(city);
    v1::Series series;
    series.set_host(city);
    objects.push_back(ObjectOf(hold));
    objects.push_back(ObjectOf(series));
    v1::ZoneAlert alert;
    alert.set_host(city);
    objects.push_back(ObjectOf(alert));
    v1::Mail mail;
    mail.set_host(city);
    mail.set_person(kPerson);
    objects.push_back(ObjectOf(mail));
  }
  hold.add_people(kPerson);
  objects.push_back(ObjectOf(hold));
  return Verdicts(row, objects);
}

TEST(Authorize, KeepsWhatThePlanningNeedsToTheOfficerAndMasksItForTheAuditor) {
  using namespace v1;
  for (const auto& [role, value] : kRoles) {
    const std::string name = role;
    for (const Action action : {ACTION_SESSION_WRITE, ACTION_SESSION_RESCHEDULE, ACTION_SUGGEST}) {
      const char* expected = name == "HO" ? "AAAAAAAAA" : name == "AU" ? "FFFFFFFFF" : ".........";
      EXPECT_EQ(expected, PlanningVerdicts({role, action, ""})) << role << v1::Action_Name(action);
    }
    const char* expected = name == "HO" ? "AAAAAAAAA" : name == "AU" ? "mmmmmmmmm" : ".........";
    EXPECT_EQ(expected, PlanningVerdicts({role, ACTION_SESSION_READ, ""})) << role;
  }
}

// A document, a letter and a commitment of: the caller's city as host | as a party | of others.
std::string RegisterVerdicts(const Row& row) {
  std::vector<Object> objects;
  for (int relation = 0; relation < 3; ++relation) {
    const auto add = [&](auto resource) {
      resource.set_host(relation == 0 ? kCity : "cities/isfahan");
      resource.add_cities(relation == 1 ? kCity : "cities/havana");
      objects.push_back(ObjectOf(resource));
    };
    add(v1::Document());
    add(v1::Letter());
    add(v1::Commitment());
  }
  return Verdicts(row, objects);
}

TEST(Authorize, ShowsThePartiesWhatStandsBetweenThemAndMasksItForTheAuditor) {
  using namespace v1;
  for (const auto& [role, value] : kRoles) {
    const std::string name = role;
    const char* reads = name == "HO"   ? "AAAAAAAAA"
                        : name == "PS" ? "AAAAAA..."
                        : name == "AU" ? "mmmmmmmmm"
                                       : ".........";
    EXPECT_EQ(reads, RegisterVerdicts({role, ACTION_SESSION_READ, ""})) << role;
    const char* writes = name == "HO"   ? "AAAAAAAAA"
                         : name == "PS" ? "FFFFFF..."
                         : name == "AU" ? "FFFFFFFFF"
                                        : ".........";
    EXPECT_EQ(writes, RegisterVerdicts({role, ACTION_SESSION_WRITE, ""})) << role;
  }
}

// The own principal, another of the same city, one of another; the own token, another's.
std::string AccessVerdicts(const Row& row) {
  const std::string self = CallerOf(row.role).principal;
  std::vector<Object> objects;
  for (const auto& [name, city] : {std::pair<std::string, std::string>{self, kCity},
                                   {"principals/xian-archive", kCity},
                                   {"principals/officer", "cities/isfahan"}}) {
    v1::Principal principal;
    principal.set_name(name);
    principal.set_city(city);
    objects.push_back(ObjectOf(principal));
  }
  for (const std::string& name : {self, std::string("principals/xian-archive")}) {
    v1::Token token;
    token.set_principal(name);
    objects.push_back(ObjectOf(token));
  }
  return Verdicts(row, objects);
}

TEST(Authorize, LetsNobodyButTheAdministratorTouchAccessOfOthersOrTheOwnRole) {
  using namespace v1;
  for (const char* role : {"HO", "PS", "D", "IN", "EX", "OB", "SY"}) {
    EXPECT_EQ("A..A.", AccessVerdicts({role, ACTION_ACCESS_READ, ""})) << role;
    EXPECT_EQ("F..A.", AccessVerdicts({role, ACTION_ACCESS_WRITE, ""})) << role;
  }
  const Row rows[] = {
      {"HA", ACTION_ACCESS_READ, "AAAAA"},   {"HA", ACTION_ACCESS_WRITE, "AAAAA"},
      {"AU", ACTION_ACCESS_READ, "AAAAA"},   {"AU", ACTION_ACCESS_WRITE, "FFFFF"},
      {"none", ACTION_ACCESS_READ, "....."}, {"none", ACTION_ACCESS_WRITE, "....."},
  };
  for (const Row& row : rows) EXPECT_EQ(row.expected, AccessVerdicts(row)) << row.role;
}

TEST(Authorize, TellsWithoutAnObjectWhetherARoleEverMay) {
  // In the order of kRoles: HO HA PS D IN EX OB SY AU none
  const std::pair<v1::Action, const char*> rows[] = {
      {v1::ACTION_UNSPECIFIED, "FFFFFFFFFF"},
      {v1::ACTION_DIRECTORY_READ, "AAAAFFFAAF"},
      {v1::ACTION_DIRECTORY_WRITE, "AFAFFFFFFF"},
      {v1::ACTION_SESSION_READ, "AmAAAAmmmF"},
      {v1::ACTION_SESSION_WRITE, "AFFFFFFFFF"},
      {v1::ACTION_SESSION_RESCHEDULE, "AFFFFFFFFF"},
      {v1::ACTION_SUGGEST, "AFFFFFFFFF"},
      {v1::ACTION_AVAILABILITY_WRITE, "AFAFFFFFFF"},
      {v1::ACTION_CHANGES_READ, "AAAAAFFAAF"},
      {v1::ACTION_ACCESS_READ, "AAAAAAAAAF"},
      {v1::ACTION_ACCESS_WRITE, "AAAAAAAAFF"},
      {v1::ACTION_AUDIT_READ, "FFFFFFFFAF"},
      {v1::ACTION_WHO_AM_I, "AAAAAAAAAF"},
      {v1::ACTION_DELEGATION_WRITE, "AFAFFFFFFF"},
      {v1::ACTION_PROPOSAL_READ, "AFAFFFFFmF"},
      {v1::ACTION_PROPOSAL_ANSWER, "AFAFFFFFFF"},
      {v1::ACTION_AGENDA_PROPOSE, "AFAFFFFFFF"},
      {v1::ACTION_FLOOR_REQUEST, "AFAAFAFFFF"},
      {v1::ACTION_COUNTERPART_VERIFY, "AAFFFFFFFF"},
      {v1::ACTION_REPLY_RECEIVE, "AFFFFFFFFF"},
      {v1::ACTION_INVITATION_ANSWER, "AFAAAAFFFF"},
  };
  ASSERT_EQ(static_cast<size_t>(v1::Action_descriptor()->value_count()), std::size(rows));
  for (const auto& [action, expected] : rows) {
    std::string verdicts;
    for (const auto& [role, value] : kRoles) {
      verdicts += Letter(Authorize(CallerOf(role), action, Object()));
    }
    EXPECT_EQ(expected, verdicts) << v1::Action_Name(action);
  }
}

// A new kind of resource needs rows above, and a new action a row too.
TEST(Authorize, IsHeldAgainstTheMatrixForEveryKindOfResource) {
  google::protobuf::FileDescriptorSet contract;
  std::ifstream input(NESHAST_CONTRACT, std::ios::binary);
  ASSERT_TRUE(contract.ParseFromIstream(&input));
  std::set<std::string> kinds;
  for (const auto& file : contract.file()) {
    for (const auto& message : file.message_type()) {
      std::set<std::string> fields;
      for (const auto& field : message.field()) fields.insert(field.name());
      const bool is_resource = fields.count("name") > 0 && fields.count("etag") > 0 &&
                               !absl::EndsWith(message.name(), "Request");
      if (is_resource) kinds.insert(message.name());
    }
  }
  EXPECT_EQ(
      (std::set<std::string>{"City", "Commitment", "Document", "ExpertGroup", "Hold", "Letter",
                             "Link", "Mail", "Network", "Organization", "Person", "Principal",
                             "Proposal", "Series", "Session", "Token", "ZoneAlert"}),
      kinds);
}

TEST(Authorize, HoldsACallerToTheScopesOfItsToken) {
  Caller caller = CallerOf("HO");
  caller.scopes = {v1::ACTION_SESSION_RESCHEDULE};
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_SESSION_RESCHEDULE, Object())));
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_SESSION_READ, Object())));  // its answer
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_WHO_AM_I, Object())));
  EXPECT_EQ('F', Letter(Authorize(caller, v1::ACTION_SESSION_WRITE, Object())));
  EXPECT_EQ('F', Letter(Authorize(caller, v1::ACTION_DIRECTORY_READ, Object())));
  caller.scopes = {v1::ACTION_DELEGATION_WRITE};
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_SESSION_READ, Object())));
  EXPECT_EQ('F', Letter(Authorize(caller, v1::ACTION_AVAILABILITY_WRITE, Object())));
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

}  // namespace
}  // namespace neshast
