#include "search/subject.h"

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "neshast/v1/city.pb.h"
#include "neshast/v1/group.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/practice.pb.h"
#include "neshast/v1/session.pb.h"

namespace neshast {
namespace {

constexpr int kTitleWeight = 3;
constexpr char kUnknownLanguage[] = "und";
constexpr char kLatinLetters[] = "und-Latn";

template <class Texts>
void AddTexts(const Texts& texts, int weight, Subject& subject) {
  // In one order: a map of protobuf has none.
  for (const auto& [language, text] :
       std::map<std::string, std::string>(texts.begin(), texts.end())) {
    subject.texts.push_back({language, text, weight});
  }
}

Subject Titled(const v1::LocalizedText& title, std::vector<std::string> readers) {
  Subject subject;
  subject.title = title;
  subject.readers = std::move(readers);
  AddTexts(title.texts(), kTitleWeight, subject);
  return subject;
}

// Each once.
template <class Names>
std::vector<std::string> Listed(const Names& names) {
  const std::set<std::string> once(names.begin(), names.end());
  return {once.begin(), once.end()};
}

Subject SubjectOfPerson(const v1::Person& person) {
  v1::LocalizedText name;
  name.set_original(person.languages_size() > 0 ? person.languages(0) : kUnknownLanguage);
  (*name.mutable_texts())[name.original()] = person.own_name();
  if (person.latin_name() != person.own_name()) {
    (*name.mutable_texts())[kLatinLetters] = person.latin_name();
  }
  Subject subject = Titled(name, {kDirectoryReader});
  AddTexts(person.office().texts(), kTitleWeight, subject);
  subject.cities = {person.city()};
  return subject;
}

// A draft is the office's own matter. As the policy has it; a test holds the two together.
Subject SubjectOfSession(const v1::Session& session) {
  Subject subject = Titled(session.title(), {kOfficeReader});
  std::set<std::string> cities = {session.host()};
  std::set<std::string> people(session.interpreters().begin(), session.interpreters().end());
  for (const v1::Delegation& delegation : session.delegations()) {
    cities.insert(delegation.city());
    people.insert(delegation.required_people().begin(), delegation.required_people().end());
    people.insert(delegation.optional_people().begin(), delegation.optional_people().end());
  }
  subject.cities = Listed(cities);
  subject.begins = session.start_time().local_time().substr(0, 10);
  subject.ends = subject.begins;
  if (session.state() == v1::Session::STATE_UNSPECIFIED ||
      session.state() == v1::Session::STATE_DRAFT) {
    return subject;
  }
  for (const std::string& city : cities) subject.readers.push_back(PartyReader(city));
  for (const std::string& person : people) subject.readers.push_back(NamedReader(person));
  return subject;
}

Subject SubjectOfPractice(const v1::Practice& practice) {
  std::vector<std::string> readers;
  switch (practice.visibility()) {
    case v1::VISIBILITY_PUBLIC:
      readers = {kPublicReader};
      break;
    case v1::VISIBILITY_PARTNERS:
      readers = {kPartnerReader};
      break;
    case v1::VISIBILITY_PARTIES:
      readers = {LibraryReader(practice.city())};
      for (const std::string& city : practice.parties()) readers.push_back(LibraryReader(city));
      break;
    default:
      break;  // nobody's
  }
  Subject subject = Titled(practice.title(), std::move(readers));
  AddTexts(practice.summary().texts(), 1, subject);
  AddTexts(practice.results().texts(), 1, subject);
  subject.cities = {practice.city()};
  subject.topics = Listed(practice.topics());
  subject.begins = practice.begin_date();
  subject.ends = practice.end_date();
  return subject;
}

Subject SubjectOfInitiative(const v1::Initiative& initiative) {
  const bool is_published = initiative.state() == v1::Initiative::STATE_PUBLISHED;
  Subject subject =
      Titled(initiative.title(), {is_published ? kPublicReader : LibraryReader(initiative.city())});
  AddTexts(initiative.proposal().texts(), 1, subject);
  subject.texts.push_back({kUnknownLanguage, initiative.submitter(), 1});
  subject.cities = {initiative.city()};
  subject.topics = Listed(initiative.topics());
  return subject;
}

}  // namespace

std::string PartyReader(const std::string& city) {
  return absl::StrCat("party:", city);
}

std::string NamedReader(const std::string& person) {
  return absl::StrCat("named:", person);
}

std::string LibraryReader(const std::string& city) {
  return absl::StrCat("library:", city);
}

std::optional<Subject> SubjectOf(const google::protobuf::Message& resource) {
  if (const auto* session = dynamic_cast<const v1::Session*>(&resource)) {
    return SubjectOfSession(*session);
  } else if (const auto* practice = dynamic_cast<const v1::Practice*>(&resource)) {
    return SubjectOfPractice(*practice);
  } else if (const auto* initiative = dynamic_cast<const v1::Initiative*>(&resource)) {
    return SubjectOfInitiative(*initiative);
  } else if (const auto* person = dynamic_cast<const v1::Person*>(&resource)) {
    return SubjectOfPerson(*person);
  }
  Subject subject;
  if (const auto* city = dynamic_cast<const v1::City*>(&resource)) {
    subject = Titled(city->display_name(), {kDirectoryReader});
    subject.cities = {city->name()};
  } else if (const auto* organization = dynamic_cast<const v1::Organization*>(&resource)) {
    subject = Titled(organization->display_name(), {kDirectoryReader});
    if (!organization->city().empty()) subject.cities = {organization->city()};
  } else if (const auto* group = dynamic_cast<const v1::ExpertGroup*>(&resource)) {
    subject = Titled(group->display_name(), {kDirectoryReader});
  } else if (const auto* network = dynamic_cast<const v1::Network*>(&resource)) {
    subject = Titled(network->display_name(), {kDirectoryReader});
    subject.cities = Listed(network->cities());
  } else if (const auto* topic = dynamic_cast<const v1::Topic*>(&resource)) {
    subject = Titled(topic->display_name(), {kPublicReader});
    subject.topics = {topic->name()};
  } else {
    return std::nullopt;
  }
  return subject;
}

}  // namespace neshast
