#include <gtest/gtest.h>

#include "neshast/v1/agenda.pb.h"
#include "neshast/v1/invitation_response.pb.h"
#include "neshast/v1/mail.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/proposal.pb.h"
#include "neshast/v1/reply.pb.h"
#include "neshast/v1/session.pb.h"
#include "neshast/v1/zone_alert.pb.h"
#include "rpc/policy.h"
#include "rpc/policy_verdicts.h"

namespace neshast {
namespace {

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

}  // namespace
}  // namespace neshast
