#include "search/readers.h"

#include "rpc/policy.h"
#include "search/subject.h"

namespace neshast {

std::vector<std::string> ReadersOf(const Caller& caller) {
  std::vector<std::string> readers;
  const auto add_if = [&](v1::Action action, const Object& object, const std::string& reader) {
    if (Authorize(caller, action, object) == Verdict::kAllow) readers.push_back(reader);
  };
  Object city;
  city.kind = "City";
  add_if(v1::ACTION_DIRECTORY_READ, city, kDirectoryReader);

  Object session;
  session.kind = "Session";
  session.state = v1::Session::STATE_DRAFT;
  add_if(v1::ACTION_SESSION_READ, session, kOfficeReader);
  session.state = v1::Session::STATE_CONFIRMED;
  session.cities = {caller.city};
  add_if(v1::ACTION_SESSION_READ, session, PartyReader(caller.city));
  session.cities = {};
  session.people = {caller.person};
  add_if(v1::ACTION_SESSION_READ, session, NamedReader(caller.person));

  Object practice;
  practice.kind = "Practice";
  practice.visibility = v1::VISIBILITY_PUBLIC;
  add_if(v1::ACTION_LIBRARY_READ, practice, kPublicReader);
  practice.visibility = v1::VISIBILITY_PARTNERS;
  add_if(v1::ACTION_LIBRARY_READ, practice, kPartnerReader);
  practice.visibility = v1::VISIBILITY_PARTIES;
  practice.cities = {caller.city};
  add_if(v1::ACTION_LIBRARY_READ, practice, LibraryReader(caller.city));
  return readers;
}

}  // namespace neshast
