#include "access/access.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "city_certificate.h"
#include "neshast/v1/access_service.pb.h"
#include "temporary_store.h"

namespace neshast {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);

template <class T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

class Access : public testing::Test {
 protected:
  Access() {
    administrator_.principal = "principals/administrator";
    administrator_.role = v1::ROLE_ADMINISTRATOR;
    script_.principal = "principals/calendar-of-xian";
    script_.role = v1::ROLE_SCRIPT;
    for (const char* id : {"calendar-of-xian", "secretary-of-xian"}) {
      EXPECT_TRUE(CreatePrincipal(id, "").ok());
    }
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const std::string& method, const Caller& caller,
                                const std::string& request) {
    return store_.Call<Response>(methods_, "neshast.v1.AccessService." + method, caller,
                                 Parse<Request>(request));
  }

  absl::StatusOr<v1::Principal> CreatePrincipal(const std::string& id, const std::string& more) {
    return Call<v1::Principal, v1::CreatePrincipalRequest>(
        "CreatePrincipal", administrator_,
        absl::StrCat("principal_id: '", id, "' principal { display_name: 'Xian' role: ROLE_SCRIPT ",
                     "city: 'cities/xian' ", more, "}"));
  }

  absl::StatusOr<v1::CreateTokenResponse> CreateToken(const Caller& caller,
                                                      const std::string& limits) {
    return Call<v1::CreateTokenResponse, v1::CreateTokenRequest>(
        "CreateToken", caller,
        absl::StrCat("token { principal: 'principals/calendar-of-xian' ", limits, "}"));
  }

  absl::StatusOr<v1::RotateTokenResponse> Rotate(const Caller& caller, const v1::Token& token,
                                                 const std::string& more = "") {
    return Call<v1::RotateTokenResponse, v1::RotateTokenRequest>(
        "RotateToken", caller, absl::StrCat("name: '", token.name(), "' ", more));
  }

  void Revoke(const v1::Token& token) {
    const auto revoked = Call<v1::Token, v1::RevokeTokenRequest>(
        "RevokeToken", administrator_, absl::StrCat("name: '", token.name(), "'"));
    ASSERT_TRUE(revoked.ok()) << revoked.status();
  }

  template <class T>
  static std::string ReasonOf(const absl::StatusOr<T>& answer) {
    return DetailOf(answer.status()).reason;
  }

  TemporaryStore store_;
  std::vector<Method> methods_ = AccessMethods();
  Caller administrator_;
  Caller script_;
};

TEST_F(Access, ASuccessorHasTheLimitsOfItsPredecessorAndAsLongALife) {
  const auto made = CreateToken(
      administrator_,
      absl::StrCat("scopes: ACTION_SESSION_READ allowed_networks: '10.4.0.0/16' ",
                   "expire_time { seconds: ", absl::ToUnixSeconds(store_.now + 30 * kDay), " }"));
  ASSERT_TRUE(made.ok()) << made.status();
  store_.now += 20 * kDay;
  const auto rotated = Rotate(administrator_, made->token());
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  const v1::Token& successor = rotated->token();
  EXPECT_EQ(made->token().principal(), successor.principal());
  EXPECT_EQ(1, successor.scopes_size());
  EXPECT_EQ("10.4.0.0/16", successor.allowed_networks(0));
  EXPECT_EQ(absl::ToUnixSeconds(store_.now + 30 * kDay), successor.expire_time().seconds());
  EXPECT_EQ(made->token().name(), successor.predecessor());
  EXPECT_EQ(successor.name(), rotated->predecessor().successor());
  EXPECT_NE(made->secret(), rotated->secret());
}

TEST_F(Access, ARotatedTokenLivesOnForTheGrace) {
  const struct {
    const char* grace;
    absl::Duration lives;
  } rows[] = {
      {"", kDay}, {"grace {}", absl::ZeroDuration()}, {"grace { seconds: 60 }", absl::Minutes(1)}};
  for (const auto& row : rows) {
    const auto made = CreateToken(script_, "");
    const auto rotated = Rotate(script_, made->token(), row.grace);
    ASSERT_TRUE(rotated.ok()) << rotated.status();
    EXPECT_EQ(absl::ToUnixSeconds(store_.now + row.lives),
              rotated->predecessor().retire_time().seconds())
        << row.grace;
  }
}

TEST_F(Access, NoMoreThanTwoOfALineLiveAtATime) {
  const v1::Token first = CreateToken(script_, "")->token();
  const v1::Token second = Rotate(script_, first)->token();
  const auto again = Rotate(script_, first);
  EXPECT_EQ("ROTATION_UNDER_WAY", ReasonOf(again));
  EXPECT_EQ(second.name(), DetailOf(again.status()).metadata.at("token"));
  const auto onwards = Rotate(script_, second);
  EXPECT_EQ("ROTATION_UNDER_WAY", ReasonOf(onwards));
  EXPECT_EQ(first.name(), DetailOf(onwards.status()).metadata.at("token"));
  store_.now += kDay;  // the grace of the first is over
  EXPECT_EQ("TOKEN_ENDED", ReasonOf(Rotate(script_, first)));
  EXPECT_TRUE(Rotate(script_, second).ok());
}

TEST_F(Access, WhoLostTheSecretOfASuccessorRevokesItAndRotatesAgain) {
  const v1::Token token = CreateToken(script_, "")->token();
  Revoke(Rotate(script_, token)->token());
  EXPECT_TRUE(Rotate(script_, token).ok());
}

TEST_F(Access, WhatHasEndedIsNotRotated) {
  const v1::Token revoked = CreateToken(script_, "")->token();
  Revoke(revoked);
  EXPECT_EQ("TOKEN_ENDED", ReasonOf(Rotate(script_, revoked)));
  const v1::Token old = CreateToken(script_, "")->token();
  store_.now += 91 * kDay;
  EXPECT_EQ("TOKEN_ENDED", ReasonOf(Rotate(script_, old)));
}

TEST_F(Access, ALimitedTokenMakesAndRotatesNoneThatMayDoMore) {
  const v1::Token whole = CreateToken(script_, "")->token();
  const v1::Token limited = CreateToken(script_, "allowed_networks: '10.4.0.0/16'")->token();
  Caller caller = script_;
  caller.token = limited.name();
  caller.networks = {"10.4.0.0/16"};
  caller.scopes = {v1::ACTION_ACCESS_WRITE};
  EXPECT_EQ("ACTION_FORBIDDEN", ReasonOf(Rotate(caller, whole)));
  EXPECT_TRUE(Rotate(caller, limited).ok());
  const auto made = CreateToken(caller, "allowed_networks: '0.0.0.0/0'");
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_EQ(1, made->token().allowed_networks_size());
  EXPECT_EQ("10.4.0.0/16", made->token().allowed_networks(0));
  EXPECT_EQ(v1::ACTION_ACCESS_WRITE, made->token().scopes(0));
}

TEST_F(Access, EveryNetworkThatIsNoneIsNamed) {
  const auto refused =
      CreateToken(administrator_,
                  "allowed_networks: ['10.4.0.0/16', '10.4.0.7/16', '::/0', 'xian'] "
                  "expire_time { seconds: 7000000000 }");
  EXPECT_EQ("INVALID_FIELD", ReasonOf(refused));
  std::vector<std::string> fields;
  for (const auto& each : DetailOf(refused.status()).violations) fields.push_back(each.field);
  EXPECT_EQ((std::vector<std::string>{"token.expire_time", "token.allowed_networks[1]",
                                      "token.allowed_networks[3]"}),
            fields);
}

TEST_F(Access, PinsAreStoredInOneNotationAndEveryWrongOneIsNamed) {
  const auto made = CreatePrincipal("archive-of-xian",
                                    absl::StrCat("certificate_pins: '", kXianPinInBase64, "' "));
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(kXianPin, made->certificate_pins(0));
  const auto refused = CreatePrincipal("press-of-xian", "certificate_pins: ['xian', '00'] ");
  EXPECT_EQ("INVALID_FIELD", ReasonOf(refused));
  EXPECT_EQ(2u, DetailOf(refused.status()).violations.size());
  const auto twice = CreatePrincipal(
      "press-of-xian",
      absl::StrCat("certificate_pins: ['", kXianPin, "', '", kXianPinInBase64, "'] "));
  EXPECT_EQ("INVALID_FIELD", ReasonOf(twice));
}

TEST_F(Access, APinBelongsToOnePrincipal) {
  const std::string pins = absl::StrCat("certificate_pins: '", kXianPin, "' ");
  ASSERT_TRUE(CreatePrincipal("archive-of-xian", pins).ok());
  const auto second = CreatePrincipal("press-of-xian", pins);
  EXPECT_EQ("CERTIFICATE_PIN_TAKEN", ReasonOf(second));
  EXPECT_EQ("principals/archive-of-xian", DetailOf(second.status()).metadata.at("principal"));
  const auto update = [&](const std::string& name, const std::string& more) {
    return Call<v1::Principal, v1::UpdatePrincipalRequest>(
        "UpdatePrincipal", administrator_,
        absl::StrCat("principal { name: 'principals/", name, "' ", more,
                     "} update_mask { paths: 'certificate_pins' }"));
  };
  EXPECT_EQ("CERTIFICATE_PIN_TAKEN", ReasonOf(update("secretary-of-xian", pins)));
  EXPECT_TRUE(update("archive-of-xian", pins).ok());
  EXPECT_TRUE(update("archive-of-xian", "").ok());
  EXPECT_TRUE(update("secretary-of-xian", pins).ok());
}

TEST_F(Access, NobodyElsesTokensComeToLifeWithANameThatIsUsedAgain) {
  const v1::Token token = CreateToken(script_, "")->token();
  const auto deleted = Call<google::protobuf::Empty, v1::DeletePrincipalRequest>(
      "DeletePrincipal", administrator_, "name: 'principals/calendar-of-xian'");
  ASSERT_TRUE(deleted.ok()) << deleted.status();
  ASSERT_TRUE(CreatePrincipal("calendar-of-xian", "").ok());
  const auto list = Call<v1::ListTokensResponse, v1::ListTokensRequest>(
      "ListTokens", administrator_, "principal: 'principals/calendar-of-xian'");
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(1, list->tokens_size());
  EXPECT_EQ(token.name(), list->tokens(0).name());
  EXPECT_TRUE(list->tokens(0).has_revoke_time());
}

}  // namespace
}  // namespace neshast
