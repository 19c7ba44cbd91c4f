#include "rpc/policy.h"

#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "absl/strings/match.h"
#include "errors.h"
#include "neshast/v1/agenda.pb.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/commitment.pb.h"
#include "neshast/v1/document.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/invitation_response.pb.h"
#include "neshast/v1/letter.pb.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/minutes.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/practice.pb.h"
#include "neshast/v1/proposal.pb.h"
#include "neshast/v1/reply.pb.h"
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
      {"IV", ACTION_SESSION_READ, "..... ..... ..... ....."},
      {"none", ACTION_SESSION_READ, "..... ..... ..... ....."},
  };
  for (const Row& row : reads) EXPECT_EQ(row.expected, SessionVerdicts(row)) << row.role;
  for (const Action action : {ACTION_SESSION_WRITE, ACTION_SESSION_RESCHEDULE, ACTION_SUGGEST}) {
    const Row writes[] = {
        {"HO", action, "AAAAA AAAAA AAAAA AAAAA"},   {"HA", action, "..F.. ..F.. ..F.. ..F.."},
        {"PS", action, "..FFF ..FFF ..... ....."},   {"D", action, "..... ..... ..FFF ....."},
        {"IN", action, "..... ..... ..FFF ....."},   {"EX", action, "..... ..... ..FFF ....."},
        {"OB", action, "..... ..... ..F.. ....."},   {"SY", action, "..F.. ..F.. ..... ....."},
        {"AU", action, "FFFFF FFFFF FFFFF FFFFF"},   {"IV", action, "..... ..... ..... ....."},
        {"none", action, "..... ..... ..... ....."},
    };
    for (const Row& row : writes) {
      EXPECT_EQ(row.expected, SessionVerdicts(row)) << row.role << " " << Action_Name(action);
    }
  }
}

TEST(Authorize, LetsWhoTakesPartProposeToAnAgendaAndAskForTheFloorOfAPromisedSession) {
  using namespace v1;
  //                                     host  party named none
  const Row rows[] = {
      {"HO", ACTION_AGENDA_PROPOSE, "AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_AGENDA_PROPOSE, "..F.. ..F.. ..F.. ..F.."},
      {"PS", ACTION_AGENDA_PROPOSE, "..AAA ..AAA ..... ....."},
      {"D", ACTION_AGENDA_PROPOSE, "..... ..... ..FFF ....."},
      {"IN", ACTION_AGENDA_PROPOSE, "..... ..... ..FFF ....."},
      {"EX", ACTION_AGENDA_PROPOSE, "..... ..... ..FFF ....."},
      {"OB", ACTION_AGENDA_PROPOSE, "..... ..... ..F.. ....."},
      {"SY", ACTION_AGENDA_PROPOSE, "..F.. ..F.. ..... ....."},
      {"AU", ACTION_AGENDA_PROPOSE, "FFFFF FFFFF FFFFF FFFFF"},
      {"none", ACTION_AGENDA_PROPOSE, "..... ..... ..... ....."},
      {"HO", ACTION_FLOOR_REQUEST, "AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_FLOOR_REQUEST, "..F.. ..F.. ..F.. ..F.."},
      {"PS", ACTION_FLOOR_REQUEST, "..AAA ..AAA ..... ....."},
      {"D", ACTION_FLOOR_REQUEST, "..... ..... ..AAA ....."},
      {"IN", ACTION_FLOOR_REQUEST, "..... ..... ..FFF ....."},
      {"EX", ACTION_FLOOR_REQUEST, "..... ..... ..AAA ....."},
      {"OB", ACTION_FLOOR_REQUEST, "..... ..... ..F.. ....."},
      {"SY", ACTION_FLOOR_REQUEST, "..F.. ..F.. ..... ....."},
      {"AU", ACTION_FLOOR_REQUEST, "FFFFF FFFFF FFFFF FFFFF"},
      {"none", ACTION_FLOOR_REQUEST, "..... ..... ..... ....."},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(row.expected, SessionVerdicts(row)) << row.role << " " << Action_Name(row.action);
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
      {"IV", ACTION_DELEGATION_WRITE, "..... ..... ....."},
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

// A hold, a series, a zone alert, a mail, a paper and a reply of the caller's city, then of
// another, then a hold of another that names the caller's person, then an item of an agenda by
// itself.
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
    v1::Paper paper;
    paper.set_host(city);
    paper.set_city(kCity);
    objects.push_back(ObjectOf(paper));
    v1::Reply reply;
    reply.set_host(city);
    reply.set_person(kPerson);
    objects.push_back(ObjectOf(reply));
  }
  hold.add_people(kPerson);
  objects.push_back(ObjectOf(hold));
  objects.push_back(ObjectOf(v1::AgendaItem()));
  return Verdicts(row, objects);
}

TEST(Authorize, KeepsWhatThePlanningNeedsToTheOfficerAndMasksItForTheAuditor) {
  using namespace v1;
  for (const auto& [role, value] : kRoles) {
    const std::string name = role;
    for (const Action action : {ACTION_SESSION_WRITE, ACTION_SESSION_RESCHEDULE, ACTION_SUGGEST}) {
      const char* expected = name == "HO"   ? "AAAAAAAAAAAAAA"
                             : name == "AU" ? "FFFFFFFFFFFFFF"
                                            : "..............";
      EXPECT_EQ(expected, PlanningVerdicts({role, action, ""})) << role << v1::Action_Name(action);
    }
    const char* expected = name == "HO"   ? "AAAAAAAAAAAAAA"
                           : name == "AU" ? "mmmmmmmmmmmmmm"
                                          : "..............";
    EXPECT_EQ(expected, PlanningVerdicts({role, ACTION_SESSION_READ, ""})) << role;
  }
}

// Of the caller's person and city | of another of the city | of the person, when of another city |
// of another of another city.
std::string ResponseVerdicts(const Row& row) {
  std::vector<Object> objects;
  for (const char* city : {kCity, "cities/isfahan"}) {
    for (const char* person : {kPerson, "people/mayor-of-isfahan"}) {
      v1::InvitationResponse response;
      response.set_host("cities/isfahan");
      response.set_city(city);
      response.set_person(person);
      objects.push_back(ObjectOf(response));
    }
  }
  return Verdicts(row, objects);
}

TEST(Authorize, ShowsAnAnswerToTheOfficerTheCityAndThePersonOnly) {
  using namespace v1;
  const Row rows[] = {
      {"HO", ACTION_INVITATION_ANSWER, "AAAA"}, {"HA", ACTION_INVITATION_ANSWER, "...."},
      {"PS", ACTION_INVITATION_ANSWER, "AA.."}, {"D", ACTION_INVITATION_ANSWER, "A.A."},
      {"IN", ACTION_INVITATION_ANSWER, "A.A."}, {"EX", ACTION_INVITATION_ANSWER, "A.A."},
      {"OB", ACTION_INVITATION_ANSWER, "...."}, {"SY", ACTION_INVITATION_ANSWER, "...."},
      {"AU", ACTION_INVITATION_ANSWER, "...."}, {"none", ACTION_INVITATION_ANSWER, "...."},
  };
  for (const Row& row : rows) EXPECT_EQ(row.expected, ResponseVerdicts(row)) << row.role;
}

TEST(Authorize, LetsThoseAnswerAnInvitationWhoArePartyToThePromisedSession) {
  using namespace v1;
  //                                           host  party named none
  const Row rows[] = {
      {"HO", ACTION_INVITATION_ANSWER, "AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_INVITATION_ANSWER, "..F.. ..F.. ..F.. ..F.."},
      {"PS", ACTION_INVITATION_ANSWER, "..AAA ..AAA ..... ....."},
      {"D", ACTION_INVITATION_ANSWER, "..... ..... ..AAA ....."},
      {"IN", ACTION_INVITATION_ANSWER, "..... ..... ..AAA ....."},
      {"EX", ACTION_INVITATION_ANSWER, "..... ..... ..AAA ....."},
      {"OB", ACTION_INVITATION_ANSWER, "..... ..... ..F.. ....."},
      {"SY", ACTION_INVITATION_ANSWER, "..F.. ..F.. ..... ....."},
      {"AU", ACTION_INVITATION_ANSWER, "FFFFF FFFFF FFFFF FFFFF"},
      {"none", ACTION_INVITATION_ANSWER, "..... ..... ..... ....."},
  };
  for (const Row& row : rows) EXPECT_EQ(row.expected, SessionVerdicts(row)) << row.role;
}

// A proposal, a draft and then sent, of the caller's city as host | as party | of others; the one
// that the caller's link is for, sent; a personal link to it.
std::string ProposalVerdicts(const Row& row) {
  std::vector<Object> objects;
  v1::Proposal proposal;
  for (int relation = 0; relation < 3; ++relation) {
    for (const int generation : {0, 1}) {
      proposal.Clear();
      proposal.set_name("proposals/another");
      proposal.set_host(relation == 0 ? kCity : "cities/isfahan");
      proposal.add_delegations()->set_city(relation == 1 ? kCity : "cities/havana");
      proposal.add_recipients()->set_link_generation(generation);
      objects.push_back(ObjectOf(proposal));
    }
  }
  proposal.set_name(kProposal);
  objects.push_back(ObjectOf(proposal));
  v1::Link link;
  link.set_target(kProposal);
  link.set_city(kCity);
  link.set_host(kCity);
  objects.push_back(ObjectOf(link));
  return Verdicts(row, objects);
}

TEST(Authorize, ShowsAProposalToItsCitiesOnceItIsSentAndToWhoeverHoldsALinkToIt) {
  using namespace v1;
  for (const auto& [role, value] : kRoles) {
    const std::string name = role;
    const char* read = name == "HO"   ? "AAAAAAAA"
                       : name == "PS" ? ".A.A...."
                       : name == "AU" ? "mmmmmmmm"
                       : name == "IV" ? "......A."
                                      : "........";
    EXPECT_EQ(read, ProposalVerdicts({role, ACTION_PROPOSAL_READ, ""})) << role;
    const char* answer = name == "AU" ? "FFFFFFFF" : read;
    EXPECT_EQ(answer, ProposalVerdicts({role, ACTION_PROPOSAL_ANSWER, ""})) << role;
    const char* host = name == "HO"   ? "AAAAAAAA"
                       : name == "PS" ? ".F.F...."
                       : name == "AU" ? "FFFFFFFF"
                       : name == "IV" ? "......F."
                                      : "........";
    EXPECT_EQ(host, ProposalVerdicts({role, ACTION_SESSION_WRITE, ""})) << role;
  }
}

// Five states (unspecified, draft, circulated, adopted, sealed) for each of five relations: the
// caller's city is the host | is a party | the caller's person was called | and was asked to read
// the draft | none of these.
template <class Resource>
std::string MinutesVerdicts(const Row& row, const Resource& of) {
  std::string verdicts;
  for (int relation = 0; relation < 5; ++relation) {
    if (relation > 0) verdicts += ' ';
    for (int state = 0; state < 5; ++state) {
      Resource resource = of;
      v1::MinutesCircle& circle = *resource.mutable_circle();
      circle.set_host(relation == 0 ? kCity : "cities/isfahan");
      circle.add_cities(circle.host());
      circle.add_cities(relation == 1 ? kCity : "cities/havana");
      if (relation == 2 || relation == 3) circle.add_people(kPerson);
      if (relation == 3) circle.add_draft_readers(kPerson);
      circle.set_state(static_cast<v1::Minutes::State>(state));
      verdicts += Letter(Authorize(CallerOf(row.role), row.action, ObjectOf(resource)));
    }
  }
  return verdicts;
}

TEST(Authorize, KeepsADraftOfMinutesToTheHostAndLaysItBeforeThePartiesOnceCirculated) {
  using namespace v1;
  v1::MinutesEntry spoken;
  spoken.set_speaker(kPerson);
  //                                      host  party named asked none
  const Row rows[] = {
      {"HO", ACTION_MINUTES_READ, "AAAAA AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_MINUTES_READ, "..... ..... ..... ..... ....."},
      {"PS", ACTION_MINUTES_READ, "..AAA ..AAA ..... ..... ....."},
      {"D", ACTION_MINUTES_READ, "..... ..... ..AAA ..AAA ....."},
      {"IN", ACTION_MINUTES_READ, "..... ..... ..A.. .AA.. ....."},
      {"EX", ACTION_MINUTES_READ, "..... ..... ..AAA ..AAA ....."},
      {"OB", ACTION_MINUTES_READ, "..... ..... ..... ..... ....."},
      {"SY", ACTION_MINUTES_READ, "..... ..... ..... ..... ....."},
      {"AU", ACTION_MINUTES_READ, "mmmmm mmmmm mmmmm mmmmm mmmmm"},
      {"IV", ACTION_MINUTES_READ, "..... ..... ..... ..... ....."},
      {"none", ACTION_MINUTES_READ, "..... ..... ..... ..... ....."},
      {"HO", ACTION_MINUTES_WRITE, "AAAAA AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_MINUTES_WRITE, "..... ..... ..... ..... ....."},
      {"PS", ACTION_MINUTES_WRITE, "..FFF ..FFF ..... ..... ....."},
      {"D", ACTION_MINUTES_WRITE, "..... ..... ..FFF ..FFF ....."},
      {"IN", ACTION_MINUTES_WRITE, "..... ..... ..F.. .FF.. ....."},
      {"EX", ACTION_MINUTES_WRITE, "..... ..... ..FFF ..FFF ....."},
      {"OB", ACTION_MINUTES_WRITE, "..... ..... ..... ..... ....."},
      {"SY", ACTION_MINUTES_WRITE, "..... ..... ..... ..... ....."},
      {"AU", ACTION_MINUTES_WRITE, "FFFFF FFFFF FFFFF FFFFF FFFFF"},
      {"IV", ACTION_MINUTES_WRITE, "..... ..... ..... ..... ....."},
      {"none", ACTION_MINUTES_WRITE, "..... ..... ..... ..... ....."},
      {"HO", ACTION_MINUTES_COMMENT, "AAAAA AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_MINUTES_COMMENT, "..... ..... ..... ..... ....."},
      {"PS", ACTION_MINUTES_COMMENT, "..AAA ..AAA ..... ..... ....."},
      {"D", ACTION_MINUTES_COMMENT, "..... ..... ..AAA ..AAA ....."},
      {"IN", ACTION_MINUTES_COMMENT, "..... ..... ..A.. .AA.. ....."},
      {"EX", ACTION_MINUTES_COMMENT, "..... ..... ..AAA ..AAA ....."},
      {"OB", ACTION_MINUTES_COMMENT, "..... ..... ..... ..... ....."},
      {"SY", ACTION_MINUTES_COMMENT, "..... ..... ..... ..... ....."},
      {"AU", ACTION_MINUTES_COMMENT, "FFFFF FFFFF FFFFF FFFFF FFFFF"},
      {"IV", ACTION_MINUTES_COMMENT, "..... ..... ..... ..... ....."},
      {"none", ACTION_MINUTES_COMMENT, "..... ..... ..... ..... ....."},
      {"HO", ACTION_MINUTES_ADOPT, "AAAAA AAAAA AAAAA AAAAA AAAAA"},
      {"HA", ACTION_MINUTES_ADOPT, "..... ..... ..... ..... ....."},
      {"PS", ACTION_MINUTES_ADOPT, "..AAA ..AAA ..... ..... ....."},
      {"D", ACTION_MINUTES_ADOPT, "..... ..... ..AAA ..AAA ....."},
      {"IN", ACTION_MINUTES_ADOPT, "..... ..... ..F.. .FF.. ....."},
      {"EX", ACTION_MINUTES_ADOPT, "..... ..... ..FFF ..FFF ....."},
      {"OB", ACTION_MINUTES_ADOPT, "..... ..... ..... ..... ....."},
      {"SY", ACTION_MINUTES_ADOPT, "..... ..... ..... ..... ....."},
      {"AU", ACTION_MINUTES_ADOPT, "FFFFF FFFFF FFFFF FFFFF FFFFF"},
      {"IV", ACTION_MINUTES_ADOPT, "..... ..... ..... ..... ....."},
      {"none", ACTION_MINUTES_ADOPT, "..... ..... ..... ..... ....."},
  };
  for (const Row& row : rows) {
    const std::string what = row.role + v1::Action_Name(row.action);
    EXPECT_EQ(row.expected, MinutesVerdicts(row, v1::Minutes())) << what;
    EXPECT_EQ(row.expected, MinutesVerdicts(row, spoken)) << what;
    // An expert is shown the own entries.
    const bool expert = row.role == std::string("EX");
    EXPECT_EQ(expert ? "..... ..... ..... ..... ....." : row.expected,
              MinutesVerdicts(row, v1::MinutesEntry()))
        << what;
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
      {"IV", ACTION_ACCESS_READ, "....."},   {"IV", ACTION_ACCESS_WRITE, "....."},
      {"none", ACTION_ACCESS_READ, "....."}, {"none", ACTION_ACCESS_WRITE, "....."},
  };
  for (const Row& row : rows) EXPECT_EQ(row.expected, AccessVerdicts(row)) << row.role;
}

v1::Practice PracticeOf(const char* city, v1::Visibility visibility, const char* party = "") {
  v1::Practice practice;
  practice.set_city(city);
  practice.set_visibility(visibility);
  if (*party != 0) practice.add_parties(party);
  return practice;
}

// A practice of the caller's city | of another: public, for partners, for no other city, for the
// caller's city, for a third city.
std::vector<v1::Practice> Practices() {
  std::vector<v1::Practice> practices;
  for (const char* city : {kCity, "cities/isfahan"}) {
    practices.push_back(PracticeOf(city, v1::VISIBILITY_PUBLIC));
    practices.push_back(PracticeOf(city, v1::VISIBILITY_PARTNERS));
    practices.push_back(PracticeOf(city, v1::VISIBILITY_PARTIES));
    practices.push_back(PracticeOf(city, v1::VISIBILITY_PARTIES, kCity));
    practices.push_back(PracticeOf(city, v1::VISIBILITY_PARTIES, "cities/havana"));
  }
  practices.push_back(PracticeOf(kCity, v1::VISIBILITY_UNSPECIFIED));
  return practices;
}

TEST(Authorize, ShowsPracticesByRoleCityAndVisibility) {
  using namespace v1;
  std::vector<Object> objects;
  for (const Practice& practice : Practices()) objects.push_back(ObjectOf(practice));
  const Row rows[] = {
      {"HO", ACTION_LIBRARY_READ, "AAAAAAA.A.."},   {"HA", ACTION_LIBRARY_READ, "A....A....."},
      {"PS", ACTION_LIBRARY_READ, "AAAAAAA.A.."},   {"D", ACTION_LIBRARY_READ, "AAAAAAA.A.."},
      {"IN", ACTION_LIBRARY_READ, "A....A....."},   {"EX", ACTION_LIBRARY_READ, "A....A....."},
      {"OB", ACTION_LIBRARY_READ, "A....A....."},   {"SY", ACTION_LIBRARY_READ, "A....A....."},
      {"AU", ACTION_LIBRARY_READ, "A....A....."},   {"IV", ACTION_LIBRARY_READ, "..........."},
      {"none", ACTION_LIBRARY_READ, "..........."}, {"HO", ACTION_LIBRARY_WRITE, "AAAAAAA.A.."},
      {"HA", ACTION_LIBRARY_WRITE, "F....F....."},  {"PS", ACTION_LIBRARY_WRITE, "AAAAAFF.F.A"},
      {"D", ACTION_LIBRARY_WRITE, "FFFFFFF.F.."},   {"IN", ACTION_LIBRARY_WRITE, "F....F....."},
      {"EX", ACTION_LIBRARY_WRITE, "F....F....."},  {"OB", ACTION_LIBRARY_WRITE, "F....F....."},
      {"SY", ACTION_LIBRARY_WRITE, "F....F....."},  {"AU", ACTION_LIBRARY_WRITE, "F....F....."},
      {"IV", ACTION_LIBRARY_WRITE, "..........."},  {"none", ACTION_LIBRARY_WRITE, "..........."},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(row.expected, Verdicts(row, objects)) << row.role << " " << Action_Name(row.action);
  }
}

TEST(Authorize, LetsASecretaryRecordWhatItsOwnCityTookUp) {
  std::vector<Object> own;
  std::vector<Object> foreign;
  for (const v1::Practice& practice : Practices()) {
    own.push_back(UptakeObject(practice, kCity));
    foreign.push_back(UptakeObject(practice, "cities/lahore"));
  }
  EXPECT_EQ("FFFFFFF.F..", Verdicts({"PS", v1::ACTION_LIBRARY_WRITE, ""}, foreign));
  EXPECT_EQ("AAAAAAA.A..", Verdicts({"HO", v1::ACTION_LIBRARY_WRITE, ""}, foreign));
  EXPECT_EQ("AAAAAAAAAAA", Verdicts({"PS", v1::ACTION_LIBRARY_WRITE, ""}, own));
  EXPECT_EQ("FFFFFFFFFF.", Verdicts({"D", v1::ACTION_LIBRARY_WRITE, ""}, own));
}

// A topic; an initiative made to the caller's city, submitted, accepted, refused, published | to
// another.
TEST(Authorize, KeepsInitiativesToTheirCityUntilTheyArePublished) {
  using namespace v1;
  std::vector<Object> objects = {ObjectOf(Topic())};
  for (const char* city : {kCity, "cities/isfahan"}) {
    for (int state = 1; state <= 4; ++state) {
      Initiative initiative;
      initiative.set_city(city);
      initiative.set_state(static_cast<Initiative::State>(state));
      objects.push_back(ObjectOf(initiative));
    }
  }
  const Row rows[] = {
      {"HO", ACTION_LIBRARY_READ, "AAAAA...A"},   {"HA", ACTION_LIBRARY_READ, "A...A...A"},
      {"PS", ACTION_LIBRARY_READ, "AAAAA...A"},   {"D", ACTION_LIBRARY_READ, "AAAAA...A"},
      {"IN", ACTION_LIBRARY_READ, "A...A...A"},   {"EX", ACTION_LIBRARY_READ, "A...A...A"},
      {"OB", ACTION_LIBRARY_READ, "A...A...A"},   {"SY", ACTION_LIBRARY_READ, "A...A...A"},
      {"AU", ACTION_LIBRARY_READ, "A...A...A"},   {"IV", ACTION_LIBRARY_READ, "........."},
      {"none", ACTION_LIBRARY_READ, "........."}, {"HO", ACTION_LIBRARY_WRITE, "AAAAA...A"},
      {"PS", ACTION_LIBRARY_WRITE, "FAAAA...F"},  {"D", ACTION_LIBRARY_WRITE, "FFFFF...F"},
      {"OB", ACTION_LIBRARY_WRITE, "F...F...F"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(row.expected, Verdicts(row, objects)) << row.role << " " << Action_Name(row.action);
  }
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
