#include "rpc/authenticate.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <random>

#include "absl/time/clock.h"
#include "access/access.h"
#include "access/tokens.h"
#include "city_certificate.h"
#include "neshast/v1/proposal.pb.h"
#include "rpc/token.h"
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

// A live link of the mayor of Xi'an to a proposal; its text is `text`.
v1::Link LinkOf(const std::string& text) {
  const auto parts = ParseTokenText(text, kLinkPrefix);
  v1::Link link;
  link.set_name("links/" + parts->id);
  link.set_target("proposals/xian-dialogue");
  link.set_person("people/mayor-of-xian");
  link.set_city("cities/xian");
  link.set_secret_digest(parts->digest);
  link.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) + 3600);
  return link;
}

TEST_F(Authentication, TakesALiveLinkForItsPersonAndItsTargetAlone) {
  const std::string text = TokenTextOf(kLinkPrefix, "k3s9a0b1c2", std::string(32, 'x'));
  store_.Put(LinkOf(text));
  const auto caller = authenticator_->Authenticate({.authorization = "Bearer " + text});
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ("links/k3s9a0b1c2", caller->principal);
  EXPECT_EQ(v1::ROLE_INVITEE, caller->role);
  EXPECT_EQ("cities/xian", caller->city);
  EXPECT_EQ("people/mayor-of-xian", caller->person);
  EXPECT_EQ("proposals/xian-dialogue", caller->target);
}

TEST_F(Authentication, TellsWhyALinkHasEndedToWhomKnowsItsSecretAndToNobodyElse) {
  const std::string text = TokenTextOf(kLinkPrefix, "k3s9a0b1c2", std::string(32, 'x'));
  const std::string guess = TokenTextOf(kLinkPrefix, "k3s9a0b1c2", std::string(32, 'y'));
  const std::string neighbour = TokenTextOf(kLinkPrefix, "k3s9a0b1c3", std::string(32, 'x'));
  const v1::Link live = LinkOf(text);
  store_.Put(live);
  EXPECT_TRUE(Enters(text));
  v1::Link expired = live;
  expired.mutable_expire_time()->set_seconds(1);
  v1::Link revoked = live;
  revoked.mutable_revoke_time()->set_seconds(1);
  v1::Link replaced = revoked;
  replaced.set_successor("links/k3s9a0b1c4");
  const auto refusal = [&](const std::string& secret) {
    return authenticator_->Authenticate({.authorization = "Bearer " + secret}).status();
  };
  const absl::Status stranger = authenticator_->Authenticate({}).status();
  for (const auto& [cause, link] : std::map<std::string, v1::Link>{
           {"expired", expired}, {"revoked", revoked}, {"replaced", replaced}}) {
    store_.Put(link);  // from this commit on
    const ErrorDetail detail = DetailOf(refusal(text));
    EXPECT_EQ("LINK_ENDED", detail.reason) << cause;
    EXPECT_EQ(cause, detail.metadata.at("cause"));
    for (const std::string& each : {guess, neighbour, text.substr(1), std::string(kLinkPrefix)}) {
      EXPECT_EQ(stranger, refusal(each)) << each;
    }
  }
  store_.Put(live);
  EXPECT_EQ(stranger, refusal(guess));
  EXPECT_TRUE(Enters(text));
}

TEST_F(Authentication, AnswersTenThousandGuessesBesideLiveLinksAllAlike) {
  constexpr unsigned kSeed = 14040912;
  std::mt19937 random(kSeed);
  const auto byte = [&] { return static_cast<unsigned char>(random()); };
  std::vector<std::string> ids;
  for (int i = 0; i < 100; ++i) {
    ids.push_back(Base62Text(kIdLength, 36, byte));
    store_.Put(LinkOf(TokenTextOf(kLinkPrefix, ids.back(), Base62Text(kSecretLength, 62, byte))));
  }
  const absl::Status stranger = authenticator_->Authenticate({}).status();
  for (int i = 0; i < 10000; ++i) {
    std::string id = ids[random() % ids.size()];
    if (i % 2 == 0) id[random() % id.size()] = Base62Text(1, 36, byte)[0];
    const std::string guess = TokenTextOf(kLinkPrefix, id, Base62Text(kSecretLength, 62, byte));
    const auto caller = authenticator_->Authenticate({.authorization = "Bearer " + guess});
    ASSERT_EQ(stranger, caller.status()) << guess << ", seed " << kSeed;
  }
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
