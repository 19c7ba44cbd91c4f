#include "commitments/commitments.h"

#include "neshast/v1/commitment_service.pb.h"
#include "neshast/v1/session.pb.h"
#include "register_fixture.h"

namespace neshast {
namespace {

using testing::ElementsAre;
using v1::Commitment;

// Sessions of Isfahan and St Petersburg on the first of a month, and one with Havana besides.
class Commitments : public Register {
 protected:
  Commitments() {
    methods_ = CommitmentMethods();
    Hold("expert-2020-05", 1588291200, {"isfahan", "st-petersburg"});
    Hold("expert-2020-09", 1598918400, {"isfahan", "st-petersburg"});
    Hold("summit-2020-08", 1596240000, {"isfahan", "st-petersburg", "havana"});
  }

  void Hold(const std::string& id, int64_t start, const std::vector<std::string>& cities) {
    v1::Session session;
    session.set_name("sessions/" + id);
    session.set_host("cities/isfahan");
    session.set_state(v1::Session::STATE_HELD);
    session.mutable_start_time()->mutable_instant()->set_seconds(start);
    session.mutable_duration()->set_seconds(7200);
    for (const std::string& city : cities) session.add_delegations()->set_city("cities/" + city);
    store_.Put(session);
  }

  absl::StatusOr<Commitment> Create(const std::string& id, const std::string& commitment) {
    return Call<v1::CreateCommitmentRequest, Commitment>(
        "CommitmentService.CreateCommitment",
        absl::StrCat("commitment_id: '", id,
                     "' commitment { host: 'cities/isfahan' kind: KIND_AID "
                     "from_city: 'cities/st-petersburg' ",
                     commitment, " }"),
        officer_);
  }

  absl::StatusOr<Commitment> Record(const std::string& id, const std::string& progress) {
    return Call<v1::RecordProgressRequest, Commitment>(
        "CommitmentService.RecordProgress", absl::StrCat("name: 'commitments/", id, "' ", progress),
        officer_);
  }

  std::vector<std::string> Carried(const std::string& session, const Caller& caller) {
    const auto list = Call<v1::ListCarriedOverRequest, v1::ListCarriedOverResponse>(
        "CommitmentService.ListCarriedOver", absl::StrCat("session: 'sessions/", session, "'"),
        caller);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> ids;
    for (const Commitment& each : list->commitments()) ids.push_back(each.name().substr(12));
    return ids;
  }

  std::vector<std::string> Listed(const std::string& request, const Caller& caller) {
    const auto list = Call<v1::ListCommitmentsRequest, v1::ListCommitmentsResponse>(
        "CommitmentService.ListCommitments", request, caller);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> ids;
    for (const Commitment& each : list->commitments()) ids.push_back(each.name().substr(12));
    return ids;
  }
};

constexpr char kMasks[] = "to_city: 'cities/isfahan' session: 'sessions/expert-2020-05'";

TEST_F(Commitments, AreCarriedOverToTheNextSessionOfTheSameCitiesUntilTheyAreDone) {
  ASSERT_TRUE(Create("masks", kMasks).ok());
  ASSERT_TRUE(Create("visit", "to_city: 'cities/isfahan'").ok());
  EXPECT_THAT(Carried("expert-2020-09", officer_), ElementsAre("masks", "visit"));
  EXPECT_THAT(Carried("expert-2020-05", officer_), ElementsAre("visit"));
  EXPECT_THAT(Carried("summit-2020-08", officer_), ElementsAre());
  ASSERT_TRUE(Record("masks", "state: STATE_UNDER_WAY").ok());
  EXPECT_THAT(Carried("expert-2020-09", Secretary("st-petersburg")), ElementsAre("masks", "visit"));
  EXPECT_THAT(Carried("expert-2020-09", Secretary("havana")), ElementsAre());
  ASSERT_TRUE(Record("masks", "state: STATE_DONE").ok());
  EXPECT_THAT(Carried("expert-2020-09", officer_), ElementsAre("visit"));
}

TEST_F(Commitments, EveryStateIsKeptWithWhoRecordedItAndWhen) {
  ASSERT_TRUE(Create("masks", kMasks).ok());
  ASSERT_TRUE(Record("masks", "state: STATE_UNDER_WAY remark: 'Packed'").ok());
  ASSERT_TRUE(Record("masks", "state: STATE_DONE").ok());
  EXPECT_EQ("WRONG_STATE", ReasonOf(Record("masks", "state: STATE_UNDER_WAY")));
  EXPECT_EQ("WRONG_STATE", ReasonOf(Record("masks", "state: STATE_DONE")));
  EXPECT_THAT(FieldsOf(Record("masks", "state: STATE_OPEN")), ElementsAre("remark"));
  const auto opened = Record("masks", "state: STATE_OPEN remark: 'Half of them'");
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_THAT(FieldsOf(Record("masks", "state: STATE_DROPPED")), ElementsAre("remark"));
  ASSERT_EQ(4, opened->progress_size());
  EXPECT_EQ(Commitment::STATE_OPEN, opened->progress(0).state());
  EXPECT_EQ("Packed", opened->progress(1).remark());
  EXPECT_EQ("principals/officer", opened->progress(2).principal());
  EXPECT_EQ(absl::ToUnixSeconds(store_.now), opened->progress(3).record_time().seconds());
}

TEST_F(Commitments, TakeFiveHundredRecordsAndNoMore) {
  auto commitment = *Create("masks", kMasks);
  while (commitment.progress_size() < 500) commitment.add_progress();
  store_.Put(commitment);
  EXPECT_EQ("RECORD_FULL", ReasonOf(Record("masks", "state: STATE_DONE")));
}

TEST_F(Commitments, WhatWasPromisedToAllIsSeenByAllPartiesOfTheSession) {
  ASSERT_TRUE(Create("library", "session: 'sessions/summit-2020-08'").ok());
  ASSERT_TRUE(Create("masks", "to_city: 'cities/isfahan' session: 'sessions/summit-2020-08'").ok());
  EXPECT_THAT(Listed("", Secretary("havana")), ElementsAre("library"));
  EXPECT_THAT(Listed("", Secretary("st-petersburg")), ElementsAre("library", "masks"));
  EXPECT_THAT(Listed("", Secretary("krakow")), ElementsAre());
}

TEST_F(Commitments, WhatDoesNotBelongTogetherIsRefusedWithItsFields) {
  EXPECT_THAT(FieldsOf(Create("none", "to_city: 'cities/st-petersburg'")),
              ElementsAre("commitment.to_city"));
  EXPECT_THAT(FieldsOf(Create("none", "")), ElementsAre("commitment.to_city"));
  EXPECT_THAT(FieldsOf(Create("none",
                              "to_city: 'cities/krakow' "
                              "session: 'sessions/expert-2020-05'")),
              ElementsAre("commitment.to_city"));
  EXPECT_EQ("REFERENCE_NOT_FOUND",
            ReasonOf(Create("none", "source: 'sessions/expert-2020-05/minutes/1/entries/none'")));
}

TEST_F(Commitments, TheEntryOfMinutesThatSaysSoNamesTheSession) {
  v1::Series entry;  // stands for an entry: a reference asks for its name only
  entry.set_name("sessions/expert-2020-05/minutes/1/entries/masks");
  entry.set_host("cities/isfahan");
  store_.Put(entry);
  const std::string source = absl::StrCat("source: '", entry.name(), "' ");
  const auto made = Create("masks", source);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ("sessions/expert-2020-05", made->session());
  EXPECT_THAT(FieldsOf(Create("other", source + "session: 'sessions/expert-2020-09'")),
              ElementsAre("commitment.source"));
}

TEST_F(Commitments, AnUpdateChangesTheDueDateAndNotWhoPromisedWhat) {
  ASSERT_TRUE(Create("masks", kMasks).ok());
  const auto updated = Call<v1::UpdateCommitmentRequest, Commitment>(
      "CommitmentService.UpdateCommitment",
      "commitment { name: 'commitments/masks' due_date: '2020-06-01' "
      "owner: 'organizations/st-petersburg-health' from_city: 'cities/havana' }",
      officer_);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ("2020-06-01", updated->due_date());
  EXPECT_EQ("cities/st-petersburg", updated->from_city());
  EXPECT_EQ(Commitment::STATE_OPEN, updated->state());
}

TEST_F(Commitments, AreFoundByCitySessionDueDateAndWhetherTheyAreOpen) {
  ASSERT_TRUE(Create("masks", absl::StrCat(kMasks, " due_date: '2020-06-01'")).ok());
  ASSERT_TRUE(Create("tests", absl::StrCat(kMasks, " due_date: '2020-07-01'")).ok());
  ASSERT_TRUE(Create("visit", "to_city: 'cities/isfahan'").ok());
  ASSERT_TRUE(Record("tests", "state: STATE_DONE").ok());
  EXPECT_THAT(Listed("session: 'sessions/expert-2020-05'", officer_),
              ElementsAre("masks", "tests"));
  EXPECT_THAT(Listed("open_only: true", officer_), ElementsAre("masks", "visit"));
  EXPECT_THAT(Listed("due_until_date: '2020-06-01'", officer_), ElementsAre("masks"));
  EXPECT_THAT(Listed("from_city: 'cities/isfahan'", officer_), ElementsAre());
  EXPECT_THAT(Listed("city: 'cities/havana'", officer_), ElementsAre());
}

}  // namespace
}  // namespace neshast
