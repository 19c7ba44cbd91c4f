#include <gtest/gtest.h>

#include "neshast/v1/commitment.pb.h"
#include "neshast/v1/document.pb.h"
#include "neshast/v1/letter.pb.h"
#include "neshast/v1/minutes.pb.h"
#include "rpc/policy.h"
#include "rpc/policy_verdicts.h"

namespace neshast {
namespace {

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

}  // namespace
}  // namespace neshast
