#include "rpc/authenticate.h"

#include <gtest/gtest.h>

#include <optional>

#include "absl/time/clock.h"
#include "access/access.h"
#include "access/tokens.h"
#include "city_certificate.h"
#include "temporary_store.h"

namespace neshast {
namespace {

constexpr char kPrincipal[] = "principals/secretary-of-xian";

// The authenticator asks the clock of the machine, so the store does too.
class Authentication : public testing::Test {
 protected:
  Authentication() {
    store_.now = absl::Now();
    principal_.set_name(kPrincipal);
    principal_.set_role(v1::ROLE_DELEGATION_SECRETARY);
    principal_.set_city("cities/xian");
    store_.Put(principal_);
    authenticator_.emplace(store_.store());
  }

  // The secret of a new token with these networks.
  std::string NewToken(const std::vector<std::string>& networks, v1::Token token = {}) {
    token.set_principal(kPrincipal);
    token.mutable_allowed_networks()->Assign(networks.begin(), networks.end());
    v1::CreateTokenResponse made;
    const absl::Status status = WriteAndWait(store_.store(), {"principals/administrator", "test"},
                                             [&](Transaction& tx) -> absl::Status {
                                               ASSIGN_OR_RETURN(made, Issue(token, tx));
                                               return absl::OkStatus();
                                             });
    EXPECT_TRUE(status.ok()) << status;
    token_ = made.token();
    return made.secret();
  }

  bool Enters(const std::string& secret, const std::string& peer = "127.0.0.1") {
    return authenticator_
        ->Authenticate({.authorization = absl::StrCat("Bearer ", secret), .peer = peer})
        .ok();
  }

  bool EntersByPin(const std::string& authorization = "") {
    return authenticator_->Authenticate({.authorization = authorization, .pin = kXianPin}).ok();
  }

  // When the token made last was last used, by the document in the store.
  int64_t LastUse() {
    v1::TokenUses uses;
    EXPECT_TRUE(store_.store()
                    .Read([&](Transaction& tx) -> absl::Status {
                      ASSIGN_OR_RETURN(uses, WrittenUses(tx));
                      return absl::OkStatus();
                    })
                    .ok());
    const auto found = uses.last_use_seconds().find(token_.name());
    return found == uses.last_use_seconds().end() ? 0 : found->second;
  }

  int64_t Revision() {
    int64_t revision = 0;
    EXPECT_TRUE(store_.store()
                    .Read([&](Transaction& tx) -> absl::Status {
                      ASSIGN_OR_RETURN(revision, tx.Revision());
                      return absl::OkStatus();
                    })
                    .ok());
    return revision;
  }

  TemporaryStore store_;
  v1::Principal principal_;
  v1::Token token_;
  std::optional<Authenticator> authenticator_;
};

TEST_F(Authentication, KeepsATokenToItsNetworks) {
  const std::string anywhere = NewToken({});
  const std::string limited = NewToken({"10.4.0.0/16", "2001:db8:4::/48"});
  EXPECT_TRUE(Enters(anywhere, ""));
  for (const char* peer : {"10.4.0.7", "2001:db8:4::7", "::ffff:10.4.0.7"}) {
    EXPECT_TRUE(Enters(limited, peer)) << peer;
  }
  for (const char* peer : {"10.5.0.7", "127.0.0.1", "", "unix:", "2001:db8:5::7"}) {
    EXPECT_FALSE(Enters(limited, peer)) << peer;
  }
}

TEST_F(Authentication, RefusesARetiredAndARevokedTokenFromTheCommitOn) {
  for (const bool retire : {true, false}) {
    const std::string secret = NewToken({});
    EXPECT_TRUE(Enters(secret));
    google::protobuf::Timestamp now;
    now.set_seconds(absl::ToUnixSeconds(absl::Now()));
    *(retire ? token_.mutable_retire_time() : token_.mutable_revoke_time()) = now;
    store_.Put(token_);
    EXPECT_FALSE(Enters(secret)) << retire;
  }
}

TEST_F(Authentication, TakesAPinnedCertificateForItsPrincipalUntilThePinIsTakenAway) {
  EXPECT_FALSE(EntersByPin());
  principal_.add_certificate_pins(kXianPin);
  store_.Put(principal_);
  const auto caller = authenticator_->Authenticate({.pin = kXianPin});
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(kPrincipal, caller->principal);
  EXPECT_EQ(v1::ROLE_DELEGATION_SECRETARY, caller->role);
  EXPECT_EQ("cities/xian", caller->city);
  principal_.clear_certificate_pins();
  store_.Put(principal_);
  EXPECT_FALSE(EntersByPin());
}

TEST_F(Authentication, RefusesThePinOfADisabledPrincipalAndLetsATokenDecide) {
  principal_.add_certificate_pins(kXianPin);
  store_.Put(principal_);
  EXPECT_TRUE(EntersByPin());
  EXPECT_FALSE(EntersByPin("Bearer nst_pat_none"));
  principal_.set_disabled(true);
  store_.Put(principal_);
  EXPECT_FALSE(EntersByPin());
}

TEST_F(Authentication, SaysTheSameOfWhateverIsRefused) {
  const std::string limited = NewToken({"10.4.0.0/16"});
  const auto none = authenticator_->Authenticate({});
  EXPECT_EQ("UNAUTHENTICATED", DetailOf(none.status()).reason);
  EXPECT_EQ(none.status(), authenticator_->Authenticate({.pin = kXianPin}).status());
  EXPECT_EQ(
      none.status(),
      authenticator_->Authenticate({.authorization = "Bearer " + limited, .peer = "::1"}).status());
}

TEST_F(Authentication, TellsTheLastUseToTenMinutesWithOneEntryOfTheLogForAllTokens) {
  const std::string other = NewToken({});
  const std::string secret = NewToken({});
  const int64_t before = Revision();
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(Enters(i % 2 == 0 ? secret : other));
  EXPECT_FALSE(Enters(secret.substr(1)));
  EXPECT_EQ(before, Revision());  // nothing is written while calls are answered
  authenticator_.reset();
  EXPECT_EQ(before + 1, Revision());
  EXPECT_EQ(0, LastUse() % 600);
  EXPECT_NEAR(static_cast<double>(absl::ToUnixSeconds(absl::Now())), static_cast<double>(LastUse()),
              1200);
}

TEST_F(Authentication, WritesNoUseOfWhatWasRefused) {
  const std::string limited = NewToken({"10.4.0.0/16"});
  EXPECT_FALSE(Enters(limited, "10.5.0.7"));
  authenticator_.reset();
  EXPECT_EQ(0, LastUse());
}

TEST_F(Authentication, ForgetsNobodyWhenUsesAreWritten) {
  const std::string secret = NewToken({});
  EXPECT_TRUE(Enters(secret));
  v1::TokenUses uses;
  uses.set_name("tokenUses/all");
  store_.Put(uses);
  std::vector<Change> changes;
  EXPECT_TRUE(store_.store()
                  .Read([&](Transaction& tx) -> absl::Status {
                    ASSIGN_OR_RETURN(changes, tx.Changes({.after = Revision() - 1, .limit = 10}));
                    return absl::OkStatus();
                  })
                  .ok());
  ASSERT_EQ(1u, changes.size());
  EXPECT_TRUE(changes[0].audience.empty());  // so no reader of the log is told
}

}  // namespace
}  // namespace neshast
