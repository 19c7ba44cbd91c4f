// Whatever is stored, whoever asks: found is what the policy shows in full, and nothing else can be
// told from any answer.
#include "neshast/v1/group.pb.h"
#include "neshast/v1/person.pb.h"
#include "neshast/v1/session.pb.h"
#include "rpc/policy.h"
#include "search_fixture.h"

namespace neshast {
namespace {

const char* const kOther = "cities/isfahan";

class Canary : public SearchFixture {
 protected:
  struct Stored {
    std::string name;
    v1::Action shown_by;
    Object object;
  };

  template <class Resource>
  void Add(Resource resource, v1::Action shown_by) {
    stored_.push_back({resource.name(), shown_by, ObjectOf(resource)});
    store_.Put(resource);
  }

  std::string NextName(const std::string& collection) {
    return absl::StrCat(collection, "/c", stored_.size());
  }

  void AddSessions() {
    for (int relation = 0; relation < 5; ++relation) {
      for (int state = 0; state < 5; ++state) {
        v1::Session session;
        session.set_name(NextName("sessions"));
        *session.mutable_title() = Localized({{"en", "Canary"}});
        session.set_host(relation == 0 ? kCity : kOther);
        session.mutable_duration()->set_seconds(3600);
        session.add_delegations()->set_city(relation == 1 ? kCity : "cities/havana");
        if (relation == 2) session.add_interpreters(kPerson);
        if (relation == 3) session.mutable_delegations(0)->add_required_people(kPerson);
        session.set_state(static_cast<v1::Session::State>(state));
        Add(session, v1::ACTION_SESSION_READ);
      }
    }
  }

  void AddLibrary() {
    for (const char* city : {kCity, kOther}) {
      for (const char* party : {"", kCity, "cities/havana"}) {
        for (int visibility = 0; visibility < 4; ++visibility) {
          v1::Practice practice;
          practice.set_name(NextName("practices"));
          *practice.mutable_title() = Localized({{"en", "Canary"}});
          (*practice.mutable_summary()->mutable_texts())["en"] = "The canary sings.";
          practice.set_city(city);
          if (*party != 0) practice.add_parties(party);
          practice.set_visibility(static_cast<v1::Visibility>(visibility));
          Add(practice, v1::ACTION_LIBRARY_READ);
        }
      }
      for (int state = 1; state <= 4; ++state) {
        v1::Initiative initiative;
        initiative.set_name(NextName("initiatives"));
        *initiative.mutable_title() = Localized({{"en", "Canary"}});
        initiative.set_city(city);
        initiative.set_state(static_cast<v1::Initiative::State>(state));
        Add(initiative, v1::ACTION_LIBRARY_READ);
      }
    }
    v1::Topic topic;
    topic.set_name(NextName("topics"));
    *topic.mutable_display_name() = Localized({{"en", "Canary"}});
    Add(topic, v1::ACTION_LIBRARY_READ);
  }

  void AddDirectory() {
    v1::Person person;
    person.set_name(NextName("people"));
    person.set_own_name("Canary");
    person.set_latin_name("Canary");
    person.set_city(kOther);
    Add(person, v1::ACTION_DIRECTORY_READ);
    v1::City city;
    city.set_name(NextName("cities"));
    *city.mutable_display_name() = Localized({{"en", "Canary"}});
    Add(city, v1::ACTION_DIRECTORY_READ);
    const auto add = [this](auto resource, const char* collection) {
      resource.set_name(NextName(collection));
      *resource.mutable_display_name() = Localized({{"en", "Canary"}});
      Add(resource, v1::ACTION_DIRECTORY_READ);
    };
    add(v1::Organization(), "organizations");
    add(v1::ExpertGroup(), "expertGroups");
    add(v1::Network(), "networks");
  }

  std::vector<std::string> Shown(const Caller& caller) const {
    std::vector<std::string> names;
    for (const Stored& each : stored_) {
      if (Authorize(caller, each.shown_by, each.object) == Verdict::kAllow) {
        names.push_back(each.name);
      }
    }
    return names;
  }

  // Holds an answer against what `caller` is shown.
  void Check(const Caller& caller, const v1::SearchRequest& asked, const std::string& who) {
    const std::vector<std::string> shown = Shown(caller);
    v1::SearchRequest request = asked;
    request.set_page_size(100);
    const v1::SearchResponse response = Search(caller, request);
    EXPECT_THAT(NamesIn(response), testing::UnorderedElementsAreArray(shown)) << who;
    EXPECT_EQ(static_cast<int>(shown.size()), response.total_size()) << who;
    int kinds = 0;
    for (const v1::SearchFacet& facet : response.facets()) {
      if (facet.dimension() == v1::SearchFacet::DIMENSION_KIND) kinds += facet.count();
    }
    EXPECT_EQ(response.total_size(), kinds) << who;
  }

  std::vector<Stored> stored_;
};

TEST_F(Canary, EveryRoleFindsWhatThePolicyShowsItInFull) {
  AddSessions();
  AddLibrary();
  AddDirectory();
  for (const auto& [role, value] : kRoles) {
    for (const char* query : {"canary", "can*", "\"canary\"", "canary canary"}) {
      Check(CallerOf(role), Asking(query), absl::StrCat(role, " ", query));
    }
  }
}

TEST_F(Canary, ATokenOfFewScopesFindsWhatTheyAllow) {
  AddSessions();
  AddLibrary();
  AddDirectory();
  for (const v1::Action scope : {v1::ACTION_LIBRARY_READ, v1::ACTION_SESSION_READ,
                                 v1::ACTION_LIBRARY_WRITE, v1::ACTION_CHANGES_READ}) {
    for (const char* role : {"HO", "PS"}) {
      Caller caller = CallerOf(role);
      caller.scopes = {scope};
      Check(caller, Asking("canary"), absl::StrCat(role, " ", v1::Action_Name(scope)));
    }
  }
}

TEST_F(Canary, ACallerWithoutCityAndPersonIsNobodysParty) {
  AddSessions();
  AddLibrary();
  for (const auto& [role, value] : kRoles) {
    if (std::string(role) == "HO") continue;
    Caller caller = CallerOf(role);
    caller.city.clear();
    caller.person.clear();
    Check(caller, Asking("canary"), role);
  }
}

}  // namespace
}  // namespace neshast
