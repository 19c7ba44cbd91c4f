#include <gtest/gtest.h>

#include "neshast/v1/practice.pb.h"
#include "rpc/policy.h"
#include "rpc/policy_verdicts.h"

namespace neshast {
namespace {

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

}  // namespace
}  // namespace neshast
