#include "rpc/watch.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "access/access.h"
#include "changes/changes.h"
#include "neshast/v1/change_service.grpc.pb.h"
#include "rpc/server.h"
#include "temporary_store.h"

namespace neshast {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);

// A stream of one client.
class Stream {
 public:
  Stream(v1::ChangeService::Stub& stub, const std::string& token) {
    context_.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    context_.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    reader_ = stub.WatchChanges(&context_, v1::WatchChangesRequest());
  }
  ~Stream() {
    context_.TryCancel();
    if (reader_ != nullptr) reader_->Finish();
  }

  // The name of the next resource that changed; how the stream ended where it did.
  std::string Next() {
    v1::WatchChangesResponse response;
    if (reader_->Read(&response)) return response.change().name();
    const grpc::Status status = reader_->Finish();
    reader_ = nullptr;
    return absl::StrCat("ended with ", static_cast<int>(status.error_code()));
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchChangesResponse>> reader_;
};

class Watch : public testing::Test {
 protected:
  Watch() {
    store_.now = absl::Now();  // tokens are valid by the real clock
    server_ = *Server::Start({.listen = address_}, store_.store(), dispatcher_, {},
                             {WatchChanges(store_.store().epoch())});
    stub_ = v1::ChangeService::NewStub(
        grpc::CreateChannel(address_, grpc::InsecureChannelCredentials()));
  }

  std::string Enrolled(const std::string& id, v1::Role role, const std::string& city) {
    std::string secret;
    const auto enroll = [&](Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(secret, Enroll("principals/" + id, role, id, city, tx));
      return absl::OkStatus();
    };
    EXPECT_TRUE(WriteAndWait(store_.store(), {"system", "enroll"}, enroll).ok());
    return secret;
  }
  std::string Secretary(const std::string& city) {
    return Enrolled("of-" + city, v1::ROLE_DELEGATION_SECRETARY, "cities/" + city);
  }

  void Confirm(const std::string& name, const std::string& city) {
    v1::Session session;
    session.set_name("sessions/" + name);
    session.set_host("cities/isfahan");
    session.set_state(v1::Session::STATE_CONFIRMED);
    session.mutable_start_time()->mutable_instant()->set_seconds(1796112000);
    session.mutable_duration()->set_seconds(3600);
    session.add_delegations()->set_city("cities/" + city);
    store_.Put(session);
  }

  TemporaryStore store_;
  Authenticator authenticator_{store_.store()};
  Metrics metrics_;
  Dispatcher dispatcher_{store_.store(), authenticator_, metrics_};
  const std::string address_ =
      absl::StrCat("unix:/tmp/neshast-", getpid(), "-",
                   testing::UnitTest::GetInstance()->current_test_info()->name(), ".socket");
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::ChangeService::Stub> stub_;
};

TEST_F(Watch, AChangeComesToThoseWhomItConcerns) {
  Stream xian(*stub_, Secretary("xian"));
  Stream havana(*stub_, Secretary("havana"));
  Stream officer(*stub_, Enrolled("officer", v1::ROLE_PROTOCOL_OFFICER, "cities/isfahan"));
  Confirm("one", "xian");
  EXPECT_EQ(xian.Next(), "sessions/one");
  EXPECT_EQ(officer.Next(), "sessions/one");
  Confirm("two", "havana");
  EXPECT_EQ(havana.Next(), "sessions/two");
  EXPECT_EQ(officer.Next(), "sessions/two");
  Confirm("three", "xian");
  EXPECT_EQ(xian.Next(), "sessions/three");
  EXPECT_EQ(officer.Next(), "sessions/three");
}

TEST_F(Watch, ManyChangesOfOthersDoNotHideOnesOwn) {
  for (int i = 0; i < 250; ++i) {
    v1::Hold hold;  // a kind that no stream shows
    hold.set_name(absl::StrCat("holds/hold-", i));
    hold.set_host("cities/isfahan");
    store_.Put(hold);
  }
  Confirm("one", "xian");
  Stream officer(*stub_, Enrolled("officer", v1::ROLE_PROTOCOL_OFFICER, "cities/isfahan"));
  EXPECT_EQ(officer.Next(), "sessions/one");
}

TEST_F(Watch, WhatIsCommittedWhileTheReaderRestsComesInOrder) {
  Stream xian(*stub_, Secretary("xian"));
  Confirm("first", "xian");
  EXPECT_EQ(xian.Next(), "sessions/first");
  for (int i = 0; i < 300; ++i) Confirm(absl::StrCat("session-", i), "xian");
  for (int i = 0; i < 300; ++i) EXPECT_EQ(xian.Next(), absl::StrCat("sessions/session-", i));
}

TEST_F(Watch, ARevokedTokenEndsItsStreamAtOnce) {
  Stream xian(*stub_, Secretary("xian"));
  Confirm("one", "xian");
  EXPECT_EQ(xian.Next(), "sessions/one");
  v1::Principal disabled;
  disabled.set_name("principals/of-xian");
  disabled.set_role(v1::ROLE_DELEGATION_SECRETARY);
  disabled.set_city("cities/xian");
  disabled.set_disabled(true);
  store_.Put(disabled);
  EXPECT_EQ(xian.Next(), absl::StrCat("ended with ", grpc::StatusCode::UNAUTHENTICATED));
}

TEST_F(Watch, AServerThatStopsSaysSo) {
  Stream xian(*stub_, Secretary("xian"));
  Confirm("one", "xian");
  EXPECT_EQ(xian.Next(), "sessions/one");
  server_->Stop(absl::Seconds(10));
  EXPECT_EQ(xian.Next(), absl::StrCat("ended with ", grpc::StatusCode::UNAVAILABLE));
}

}  // namespace
}  // namespace neshast
