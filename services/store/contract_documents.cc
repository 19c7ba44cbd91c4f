// The contract of documents, lists and occupancy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/chain.h"
#include "store/contract.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Strength = Occupancy::Strength;

TEST_P(StoreContract, BeginsEmptyAtRevisionZero) {
  EXPECT_EQ(0, Revision());
  EXPECT_THAT(Log(), IsEmpty());
  EXPECT_THAT(ListNames({.kind = "Session"}), IsEmpty());
}

TEST_P(StoreContract, AStoredSessionIsReadBackWithItsEtag) {
  const v1::Session session = MakeSession({.name = "sessions/xian-1"});
  ASSERT_EQ(absl::OkStatus(), Do([&](Transaction& tx) -> absl::Status {
              ASSIGN_OR_RETURN(const v1::Session stored, tx.Put(session));
              EXPECT_EQ(EtagOf(1), stored.etag());
              return absl::OkStatus();
            }));
  ASSERT_EQ(absl::OkStatus(), store().Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(v1::Session read, tx.Get<v1::Session>("sessions/xian-1"));
    EXPECT_EQ(EtagOf(1), read.etag());
    read.clear_etag();
    EXPECT_EQ(session.DebugString(), read.DebugString());
    return absl::OkStatus();
  }));
}

TEST_P(StoreContract, APutReplacesAndMovesTheEtagOn) {
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/xian-1", .hour = 1})));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/xian-1", .hour = 2})));
  ASSERT_EQ(absl::OkStatus(), store().Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const v1::Session read, tx.Get<v1::Session>("sessions/xian-1"));
    EXPECT_EQ(EtagOf(2), read.etag());
    EXPECT_EQ(kHourZero + 2 * kHour, read.start_time().instant().seconds());
    return absl::OkStatus();
  }));
}

TEST_P(StoreContract, TheEtagIsNoPartOfWhatIsStored) {
  v1::Session session = MakeSession({.name = "sessions/xian-1"});
  ASSERT_EQ(absl::OkStatus(), Put(session));
  session.set_etag(EtagOf(1));
  ASSERT_EQ(absl::OkStatus(), Put(session));
  const std::vector<Change> log = Log();
  ASSERT_EQ(2u, log.size());
  EXPECT_EQ(log[0].digest, log[1].digest);
}

TEST_P(StoreContract, AnAbsentDocumentIsNotFound) {
  const auto not_found = IsError(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND");
  EXPECT_THAT(store().Read([](Transaction& tx) { return tx.GetDocument("sessions/no").status(); }),
              not_found);
  EXPECT_THAT(Remove("sessions/no"), not_found);
  EXPECT_EQ(0, Revision());
}

TEST_P(StoreContract, AStaleEtagIsRefusedWithTheCurrentOne) {
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/xian-1"})));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/xian-1", .hour = 3})));
  const absl::Status stale = store().Read(
      [](Transaction& tx) { return tx.Get<v1::Session>("sessions/xian-1", EtagOf(1)).status(); });
  EXPECT_THAT(stale, IsError(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_EQ(EtagOf(2), DetailOf(stale).metadata.at("etag"));
  EXPECT_EQ(absl::OkStatus(), store().Read([](Transaction& tx) {
    return tx.Get<v1::Session>("sessions/xian-1", EtagOf(2)).status();
  }));
}

TEST_P(StoreContract, ADocumentOfAnotherKindIsNotTakenForIt) {
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/xian-1"})));
  EXPECT_THAT(
      store().Read([](Transaction& tx) { return tx.Get<v1::Hold>("sessions/xian-1").status(); }),
      IsError(absl::StatusCode::kInternal, "CORRUPT_DOCUMENT"));
}

TEST_P(StoreContract, AReadCannotWrite) {
  EXPECT_EQ(absl::StatusCode::kInternal,
            store()
                .Read([](Transaction& tx) {
                  return tx.PutMessage(MakeSession({.name = "s/x"})).status();
                })
                .code());
  EXPECT_EQ(0, Revision());
}

TEST_P(StoreContract, ListsAreOrderedByNameAndPaged) {
  for (const char* name :
       {"sessions/kyiv", "sessions/havana", "sessions/xian", "sessions/lahore"}) {
    ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = name})));
  }
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "cities/xian/sessions/below"})));
  EXPECT_THAT(ListNames({.kind = "Session", .limit = 3}),
              ElementsAre("sessions/havana", "sessions/kyiv", "sessions/lahore"));
  EXPECT_THAT(ListNames({.kind = "Session", .after = "sessions/lahore"}),
              ElementsAre("sessions/xian"));
  EXPECT_THAT(ListNames({.kind = "Session", .parent = "cities/xian"}),
              ElementsAre("cities/xian/sessions/below"));
  EXPECT_THAT(ListNames({.kind = "Hold"}), IsEmpty());
}

TEST_P(StoreContract, EveryDocumentIsListedOnceWhateverItsKind) {
  v1::Hold hold;
  hold.set_name("holds/one");
  hold.set_host("cities/isfahan");
  ASSERT_EQ(absl::OkStatus(), Put(hold));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/xian-1"})));
  ASSERT_EQ(absl::OkStatus(), store().Read([](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<Document> first, tx.AllDocuments("", 1));
    ASSIGN_OR_RETURN(const std::vector<Document> rest, tx.AllDocuments("holds/one", 10));
    EXPECT_EQ("Hold", first.at(0).kind);
    EXPECT_EQ(1u, rest.size());
    EXPECT_EQ("sessions/xian-1", rest.at(0).name);
    return absl::OkStatus();
  }));
}

TEST_P(StoreContract, NamedListsFollowTheDocument) {
  const ListQuery of_xian{.kind = "Session", .list = "sessions@cities/xian"};
  const ListQuery of_kyiv{.kind = "Session", .list = "sessions@cities/kyiv"};
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one"})));
  EXPECT_THAT(ListNames(of_xian), ElementsAre("sessions/one"));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one", .city = "cities/kyiv"})));
  EXPECT_THAT(ListNames(of_xian), IsEmpty());
  EXPECT_THAT(ListNames(of_kyiv), ElementsAre("sessions/one"));
  ASSERT_EQ(absl::OkStatus(), Remove("sessions/one"));
  EXPECT_THAT(ListNames(of_kyiv), IsEmpty());
}

struct Window {
  const char* name;
  int64_t begins;  // against a session from hour 10 to hour 12, in hours
  int64_t ends;
  bool overlaps;
};

TEST_P(StoreContract, OccupancyIsFoundWhereItOverlapsAndNotWhereItTouches) {
  constexpr Window kWindows[] = {{"JustBefore", 8, 10, false},   {"OverTheStart", 9, 11, true},
                                 {"Inside", 11, 12, true},       {"OverTheEnd", 11, 13, true},
                                 {"JustAfter", 12, 13, false},   {"AllOfIt", 0, 48, true},
                                 {"ADayBefore", -14, -12, false}};
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one", .hour = 10, .hours = 2})));
  for (const Window& window : kWindows) {
    const auto holders = HoldersOf({.party = "people/li",
                                    .begins = kHourZero + window.begins * kHour,
                                    .ends = kHourZero + window.ends * kHour});
    EXPECT_EQ(window.overlaps, !holders.empty()) << window.name;
  }
  EXPECT_THAT(HoldersOf({.party = "people/olga", .begins = 0, .ends = kHourZero * 2}), IsEmpty());
}

TEST_P(StoreContract, TheLongestOccupancyIsFoundInItsLastSecond) {
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/day", .hour = 0, .hours = 24})));
  const int64_t end = kHourZero + kLongestOccupancy;
  EXPECT_THAT(HoldersOf({.party = "people/li", .begins = end - 1, .ends = end + kHour}),
              ElementsAre("sessions/day"));
}

TEST_P(StoreContract, OccupancyOfAtLeastAStrengthIsAskedFor) {
  ASSERT_EQ(absl::OkStatus(),
            Put(MakeSession({.name = "sessions/draft", .state = v1::Session::STATE_DRAFT})));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/sure"})));
  OccupancyQuery query{
      .party = "people/li", .begins = kHourZero, .ends = kHourZero + 1, .least = Strength::kHeld};
  EXPECT_THAT(HoldersOf(query), ElementsAre("sessions/sure"));
  query.least = Strength::kTentative;
  EXPECT_THAT(HoldersOf(query), ElementsAre("sessions/draft", "sessions/sure"));
}

TEST_P(StoreContract, AHoldIsGoneWhenItExpires) {
  v1::Hold hold;
  hold.set_name("holds/one");
  hold.set_host("cities/isfahan");
  hold.add_people("people/li");
  hold.mutable_start_time()->mutable_instant()->set_seconds(kHourZero + kHour);
  hold.mutable_duration()->set_seconds(kHour);
  hold.mutable_expire_time()->set_seconds(kHourZero + 600);
  ASSERT_EQ(absl::OkStatus(), Put(hold));
  const OccupancyQuery query{
      .party = "people/li", .begins = kHourZero, .ends = kHourZero + 2 * kHour};
  Pass(absl::Seconds(600) - absl::Microseconds(1));
  EXPECT_THAT(HoldersOf(query), ElementsAre("holds/one"));
  Pass(absl::Microseconds(1));
  EXPECT_THAT(HoldersOf(query), IsEmpty());
}

TEST_P(StoreContract, OccupancyIsPagedByBeginAndHolder) {
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/b", .hour = 1})));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/a", .hour = 1})));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/c", .hour = 0})));
  OccupancyQuery query{.party = "people/li", .begins = 0, .ends = kHourZero * 2, .limit = 2};
  query.begins = kHourZero;
  EXPECT_THAT(HoldersOf(query), ElementsAre("sessions/c", "sessions/a"));
  query.after_begins = kHourZero + kHour;
  query.after_holder = "sessions/a";
  EXPECT_THAT(HoldersOf(query), ElementsAre("sessions/b"));
}

TEST_P(StoreContract, OccupancyMovesAndGoesWithItsDocument) {
  const OccupancyQuery morning{
      .party = "people/li", .begins = kHourZero, .ends = kHourZero + kHour};
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one", .hour = 0})));
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one", .hour = 5})));
  EXPECT_THAT(HoldersOf(morning), IsEmpty());
  ASSERT_EQ(absl::OkStatus(), Put(MakeSession({.name = "sessions/one", .hour = 0})));
  EXPECT_THAT(HoldersOf(morning), ElementsAre("sessions/one"));
  ASSERT_EQ(absl::OkStatus(), Remove("sessions/one"));
  EXPECT_THAT(HoldersOf(morning), IsEmpty());
}

TEST_P(StoreContract, APersonNamedTwiceInASessionIsOccupiedOnce) {
  ASSERT_EQ(absl::OkStatus(),
            Put(MakeSession({.name = "sessions/one", .people = {"people/li", "people/li"}})));
  EXPECT_THAT(HoldersOf({.party = "people/li", .begins = kHourZero, .ends = kHourZero + kHour}),
              ElementsAre("sessions/one"));
}

TEST_P(StoreContract, NonsenseIsADefectAndLeavesNothing) {
  const v1::Session kNonsense[] = {
      MakeSession({.name = ""}),
      MakeSession({.name = "sessions/none", .hours = 0}),
      MakeSession({.name = "sessions/backwards", .hours = -1}),
      MakeSession({.name = "sessions/long", .hours = 25}),
      MakeSession({.name = "sessions/nobody", .people = {""}}),
      MakeSession({.name = "sessions/nowhere", .city = ""}),
      MakeSession({.name = "sessions/lines", .city = "cities/xian\ncities/kyiv"}),
  };
  for (const v1::Session& session : kNonsense) {
    EXPECT_EQ(absl::StatusCode::kInternal, Put(session).code()) << session.name();
  }
  EXPECT_EQ(0, Revision());
}

}  // namespace
}  // namespace neshast
