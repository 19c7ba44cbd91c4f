#include "changes/changes.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "changes/sync_token.h"
#include "neshast/v1/access.pb.h"
#include "neshast/v1/change_service.pb.h"
#include "temporary_store.h"

namespace neshast {
namespace {

using v1::SyncChangesResponse;

class Changes : public testing::Test {
 protected:
  Changes() {
    officer_.principal = "principals/officer";
    officer_.role = v1::ROLE_PROTOCOL_OFFICER;
    officer_.city = "cities/isfahan";
    xian_.principal = "principals/secretary-of-xian";
    xian_.role = v1::ROLE_DELEGATION_SECRETARY;
    xian_.city = "cities/xian";
    Put<v1::City>("name: 'cities/isfahan'");
    Put<v1::City>("name: 'cities/xian'");
  }

  template <class T>
  void Put(const std::string& text) {
    T message;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
    store_.Put(message);
  }

  // A session of Isfahan with `guest` in a state.
  void PutSession(const std::string& guest, const std::string& state) {
    Put<v1::Session>(
        absl::StrCat("name: 'sessions/dialogue' host: 'cities/isfahan' state: ", state,
                     " start_time { instant { seconds: 1796112000 } } duration { seconds: 3600 }"
                     " delegations { city: 'cities/isfahan' } delegations { city: 'cities/",
                     guest, "' }"));
  }

  absl::StatusOr<SyncChangesResponse> Sync(const Caller& caller, const std::string& token,
                                           int page_size = 0) {
    v1::SyncChangesRequest request;
    request.set_sync_token(token);
    request.set_page_size(page_size);
    return store_.Call<SyncChangesResponse>(methods_, "neshast.v1.ChangeService.SyncChanges",
                                            caller, request);
  }

  std::string Epoch() { return store_.store().epoch(); }

  TemporaryStore store_;
  std::vector<Method> methods_ = ChangeMethods(Epoch());
  Caller officer_;
  Caller xian_;
};

TEST_F(Changes, EachResourceComesOnceAtItsNewestAndThenNothing) {
  Put<v1::City>("name: 'cities/isfahan' country: 'IR'");
  const auto all = Sync(officer_, "");
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(all->changes_size(), 2);
  EXPECT_EQ(all->changes(0).name(), "cities/xian");
  EXPECT_EQ(all->changes(1).city().country(), "IR");
  const auto nothing = Sync(officer_, all->next_sync_token());
  ASSERT_TRUE(nothing.ok()) << nothing.status();
  EXPECT_EQ(nothing->changes_size(), 0);
}

TEST_F(Changes, PagesGoOnUntilThereIsNoMore) {
  const auto first = Sync(officer_, "", 1);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_TRUE(first->more());
  const auto second = Sync(officer_, first->next_sync_token(), 1);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_FALSE(second->more());
  ASSERT_EQ(second->changes_size(), 1);
  EXPECT_EQ(second->changes(0).name(), "cities/xian");
}

TEST_F(Changes, WhatWasDeletedLeavesATombstone) {
  const std::string token = Sync(officer_, "")->next_sync_token();
  store_.Delete("cities/xian");
  const auto since = Sync(officer_, token);
  ASSERT_TRUE(since.ok()) << since.status();
  ASSERT_EQ(since->changes_size(), 1);
  EXPECT_EQ(since->changes(0).name(), "cities/xian");
  EXPECT_EQ(since->changes(0).resource_case(), v1::ChangedResource::RESOURCE_NOT_SET);
}

TEST_F(Changes, WhoMayNeverSeeADocumentLearnsNotEvenItsName) {
  const std::string between = "host: 'cities/isfahan' cities: ['cities/isfahan', 'cities/xian']";
  const std::string token = Sync(officer_, "")->next_sync_token();
  Put<v1::Document>("name: 'documents/memorandum' " + between);
  Put<v1::Commitment>("name: 'commitments/masks' state: STATE_OPEN " + between);
  const auto seen = Sync(xian_, token);
  ASSERT_TRUE(seen.ok()) << seen.status();
  ASSERT_EQ(seen->changes_size(), 2);
  EXPECT_TRUE(seen->changes(0).has_document());
  EXPECT_TRUE(seen->changes(1).has_commitment());
  Caller other = xian_;
  other.role = v1::ROLE_SCRIPT;
  EXPECT_EQ(Sync(other, token)->changes_size(), 0);
  other.role = v1::ROLE_ADMINISTRATOR;
  EXPECT_EQ(Sync(other, token)->changes_size(), 0);
  other = xian_;
  other.city = "cities/havana";
  EXPECT_EQ(Sync(other, token)->changes_size(), 0);
}

TEST_F(Changes, ACityDroppedFromASessionSeesATombstone) {
  PutSession("xian", "STATE_CONFIRMED");
  const auto before = Sync(xian_, "");
  ASSERT_TRUE(before.ok()) << before.status();
  ASSERT_EQ(before->changes_size(), 3);
  EXPECT_TRUE(before->changes(2).has_session());
  PutSession("havana", "STATE_CONFIRMED");
  const auto after = Sync(xian_, before->next_sync_token());
  ASSERT_TRUE(after.ok()) << after.status();
  ASSERT_EQ(after->changes_size(), 1);
  EXPECT_EQ(after->changes(0).name(), "sessions/dialogue");
  EXPECT_FALSE(after->changes(0).has_session());
  PutSession("havana", "STATE_CANCELLED");
  EXPECT_EQ(Sync(xian_, after->next_sync_token())->changes_size(), 0);
}

TEST_F(Changes, ADraftIsNobodysBusinessButTheHosts) {
  PutSession("xian", "STATE_DRAFT");
  EXPECT_EQ(Sync(xian_, "")->changes_size(), 2);
  EXPECT_EQ(Sync(officer_, "")->changes_size(), 3);
}

TEST_F(Changes, HoldsAndCredentialsNeverAppear) {
  Put<v1::Hold>("name: 'holds/slot' host: 'cities/isfahan'");
  Put<v1::Principal>("name: 'principals/clerk'");
  const auto all = Sync(officer_, "");
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_EQ(all->changes_size(), 2);
}

TEST_F(Changes, ATokenOfALostHistoryIsExpiredAndGarbageIsAnError) {
  EXPECT_EQ(DetailOf(Sync(officer_, SyncToken("another", 1)).status()).reason,
            "SYNC_TOKEN_EXPIRED");
  EXPECT_EQ(DetailOf(Sync(officer_, SyncToken(Epoch(), 1000)).status()).reason,
            "SYNC_TOKEN_EXPIRED");
  EXPECT_EQ(DetailOf(Sync(officer_, "yesterday").status()).reason, "INVALID_FIELD");
}

TEST_F(Changes, AWatchTellsWhatSyncTellsAndResumesAtAnyItem) {
  const WatchMethod watch = WatchChanges(Epoch());
  std::vector<std::string> seen;
  std::string position;
  const auto read = [&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const WatchPage page,
                     watch.next(officer_, v1::WatchChangesRequest(), position, tx));
    for (const MessagePtr& item : page.items) {
      const auto& change = static_cast<const v1::WatchChangesResponse&>(*item);
      seen.push_back(change.change().name());
      position = change.sync_token();
    }
    return absl::OkStatus();
  };
  ASSERT_TRUE(store_.store().Read(read).ok());
  PutSession("xian", "STATE_CONFIRMED");
  ASSERT_TRUE(store_.store().Read(read).ok());
  EXPECT_EQ(seen, (std::vector<std::string>{"cities/isfahan", "cities/xian", "sessions/dialogue"}));
}

TEST_F(Changes, AWatchPageIsBoundedInBytesAndGoesOnWhereItWasCut) {
  const WatchMethod watch = WatchChanges(Epoch());
  for (int i = 0; i < 10; ++i) {
    Put<v1::City>(
        absl::StrCat("name: 'cities/long-", i, "' country: '", std::string(20000, 'x'), "'"));
  }
  size_t told = 0;
  int pages = 0;
  std::string position;
  for (bool more = true; more; ++pages) {
    const absl::Status read = store_.store().Read([&](Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(const WatchPage page,
                       watch.next(officer_, v1::WatchChangesRequest(), position, tx));
      EXPECT_LE(page.items.size(), 6u);
      told += page.items.size();
      position = page.position;
      more = page.more;
      return absl::OkStatus();
    });
    ASSERT_TRUE(read.ok()) << read;
  }
  EXPECT_EQ(told, 12u);
  EXPECT_EQ(pages, 3);
}

TEST_F(Changes, TheLogIsVerifiedToItsHead) {
  const auto verified = store_.Call<v1::VerifyLogResponse>(
      methods_, "neshast.v1.ChangeService.VerifyLog", officer_, v1::VerifyLogRequest());
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->entries(), 2);
  EXPECT_EQ(verified->head_hash().size(), 64u);
}

}  // namespace
}  // namespace neshast
