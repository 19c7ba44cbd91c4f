#include "rpc/policy.h"

#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "absl/strings/match.h"
#include "errors.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session.pb.h"
#include "rpc/policy_verdicts.h"

namespace neshast {
namespace {

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
      {"HO", ACTION_DIRECTORY_READ, "AAAAAAAA"},   {"HA", ACTION_DIRECTORY_READ, "AAAAAAAA"},
      {"PS", ACTION_DIRECTORY_READ, "AAAAAAAA"},   {"D", ACTION_DIRECTORY_READ, "AAAAAAAA"},
      {"IN", ACTION_DIRECTORY_READ, "........"},   {"EX", ACTION_DIRECTORY_READ, "........"},
      {"OB", ACTION_DIRECTORY_READ, "........"},   {"SY", ACTION_DIRECTORY_READ, "AAAAAAAA"},
      {"AU", ACTION_DIRECTORY_READ, "AAAAAAAA"},   {"IV", ACTION_DIRECTORY_READ, "........"},
      {"none", ACTION_DIRECTORY_READ, "........"},
  };
  for (const Row& row : reads) EXPECT_EQ(row.expected, DirectoryVerdicts(row)) << row.role;
  // Who writes the directory writes when people are busy: the same cells.
  for (const Action action : {ACTION_DIRECTORY_WRITE, ACTION_AVAILABILITY_WRITE}) {
    const Row writes[] = {
        {"HO", action, "AAAAAAAA"}, {"HA", action, "FFFFFFFF"},   {"PS", action, "AAAFFFFF"},
        {"D", action, "FFFFFFFF"},  {"IN", action, "........"},   {"EX", action, "........"},
        {"OB", action, "........"}, {"SY", action, "FFFFFFFF"},   {"AU", action, "FFFFFFFF"},
        {"IV", action, "........"}, {"none", action, "........"},
    };
    for (const Row& row : writes) {
      EXPECT_EQ(row.expected, DirectoryVerdicts(row))
          << row.role << " " << v1::Action_Name(row.action);
    }
  }
}

TEST(Authorize, LetsTheHostsOfficersAndAdministratorsVouchForAnyCityAndNobodyElse) {
  const std::pair<const char*, const char*> rows[] = {
      {"HO", "AA"}, {"HA", "AA"}, {"PS", "FF"}, {"D", "FF"},  {"IN", ".."},
      {"EX", ".."}, {"OB", ".."}, {"SY", "FF"}, {"AU", "FF"}, {"none", ".."}};
  std::vector<Object> cities;
  for (const char* name : {kCity, "cities/havana"}) {
    v1::City city;
    city.set_name(name);
    cities.push_back(ObjectOf(city));
  }
  for (const auto& [role, expected] : rows) {
    EXPECT_EQ(expected, Verdicts({role, v1::ACTION_COUNTERPART_VERIFY, ""}, cities)) << role;
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
      {"IV", ACTION_ACCESS_READ, "....."},   {"IV", ACTION_ACCESS_WRITE, "....."},
      {"none", ACTION_ACCESS_READ, "....."}, {"none", ACTION_ACCESS_WRITE, "....."},
  };
  for (const Row& row : rows) EXPECT_EQ(row.expected, AccessVerdicts(row)) << row.role;
}

TEST(Authorize, TellsWithoutAnObjectWhetherARoleEverMay) {
  // In the order of kRoles: HO HA PS D IN EX OB SY AU IV none
  const std::pair<v1::Action, const char*> rows[] = {
      {v1::ACTION_UNSPECIFIED, "FFFFFFFFFFF"},
      {v1::ACTION_DIRECTORY_READ, "AAAAFFFAAFF"},
      {v1::ACTION_DIRECTORY_WRITE, "AFAFFFFFFFF"},
      {v1::ACTION_SESSION_READ, "AmAAAAmmmFF"},
      {v1::ACTION_SESSION_WRITE, "AFFFFFFFFFF"},
      {v1::ACTION_SESSION_RESCHEDULE, "AFFFFFFFFFF"},
      {v1::ACTION_SUGGEST, "AFFFFFFFFFF"},
      {v1::ACTION_AVAILABILITY_WRITE, "AFAFFFFFFFF"},
      {v1::ACTION_CHANGES_READ, "AAAAAFFAAFF"},
      {v1::ACTION_ACCESS_READ, "AAAAAAAAAFF"},
      {v1::ACTION_ACCESS_WRITE, "AAAAAAAAFFF"},
      {v1::ACTION_AUDIT_READ, "FFFFFFFFAFF"},
      {v1::ACTION_WHO_AM_I, "AAAAAAAAAAF"},
      {v1::ACTION_DELEGATION_WRITE, "AFAFFFFFFFF"},
      {v1::ACTION_PROPOSAL_READ, "AFAFFFFFmAF"},
      {v1::ACTION_PROPOSAL_ANSWER, "AFAFFFFFFAF"},
      {v1::ACTION_AGENDA_PROPOSE, "AFAFFFFFFFF"},
      {v1::ACTION_FLOOR_REQUEST, "AFAAFAFFFFF"},
      {v1::ACTION_COUNTERPART_VERIFY, "AAFFFFFFFFF"},
      {v1::ACTION_REPLY_RECEIVE, "AFFFFFFFFFF"},
      {v1::ACTION_INVITATION_ANSWER, "AFAAAAFFFFF"},
      {v1::ACTION_LIBRARY_READ, "AAAAAAAAAFF"},
      {v1::ACTION_LIBRARY_WRITE, "AFAFFFFFFFF"},
      {v1::ACTION_MINUTES_READ, "AFAAAAFFmFF"},
      {v1::ACTION_MINUTES_WRITE, "AFFFFFFFFFF"},
      {v1::ACTION_MINUTES_COMMENT, "AFAAAAFFFFF"},
      {v1::ACTION_MINUTES_ADOPT, "AFAAFFFFFFF"},
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
  EXPECT_EQ((std::set<std::string>{"AgendaItem",   "City",     "Commitment",   "Document",
                                   "ExpertGroup",  "Hold",     "Initiative",   "InvitationResponse",
                                   "Letter",       "Link",     "Mail",         "Minutes",
                                   "MinutesEntry", "Network",  "Organization", "Paper",
                                   "Person",       "Practice", "Principal",    "Proposal",
                                   "Reply",        "Series",   "Session",      "Token",
                                   "Topic",        "ZoneAlert"}),
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
  caller.scopes = {v1::ACTION_COUNTERPART_VERIFY};
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_DIRECTORY_READ, Object())));  // its answer
  for (const v1::Action action : {v1::ACTION_AGENDA_PROPOSE, v1::ACTION_FLOOR_REQUEST}) {
    caller.scopes = {action};
    EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_SESSION_READ, Object())));
    EXPECT_EQ('F', Letter(Authorize(caller, v1::ACTION_SESSION_WRITE, Object())));
  }
  caller.scopes = {v1::ACTION_PROPOSAL_ANSWER};
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_PROPOSAL_READ, Object())));
  caller.scopes = {v1::ACTION_LIBRARY_WRITE};
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_LIBRARY_READ, Object())));
  EXPECT_EQ('F', Letter(Authorize(caller, v1::ACTION_SESSION_READ, Object())));
  caller.scopes = {v1::ACTION_MINUTES_ADOPT};
  EXPECT_EQ('A', Letter(Authorize(caller, v1::ACTION_MINUTES_READ, Object())));
  EXPECT_EQ('F', Letter(Authorize(caller, v1::ACTION_MINUTES_WRITE, Object())));
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
