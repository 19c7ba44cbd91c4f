#include "mail/reply_address.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace neshast::mail {
namespace {

constexpr char kToken[] = "abcdefghijklmnopqrstuvwx27";

Address Office(const char* text = "protocol@isfahan.example") {
  return *Address::Read(text);
}

TEST(ReplyAddress, CarriesATokenBehindTheOfficesName) {
  const auto address = ReplyAddress(Office(), kToken);
  ASSERT_TRUE(address.ok()) << address.status();
  EXPECT_EQ(address->text(), absl::StrCat("protocol+", kToken, "@isfahan.example"));
  EXPECT_EQ(TokenIn(address->text(), Office()), kToken);
}

TEST(ReplyAddress, NeedsRoomForTheToken) {
  EXPECT_FALSE(
      ReplyAddress(Office("the-office-of-protocol-and-of-foreign-relations@isfahan.example"),
                   kToken)
          .ok());
}

TEST(TokenIn, KnowsTheOfficesAddressesWhateverTheirCaseAndNoOthers) {
  EXPECT_EQ(TokenIn("Protocol+ABCDEFGHIJKLMNOPQRSTUVWX27@ISFAHAN.example", Office()), kToken);
  EXPECT_EQ(TokenIn("protocol+abcdefghijklmnopqrstuvwx27@isfahan.example",
                    Office("Protocol@Isfahan.example")),
            kToken);
  for (const char* other : {"", "protocol@isfahan.example", "protocol+@isfahan.example",
                            "protocol+abcdefghijklmnopqrstuvwx2@isfahan.example",
                            "protocol+abcdefghijklmnopqrstuvwx277@isfahan.example",
                            "protocol+abcdefghijklmnopqrstuvwx20@isfahan.example",
                            "protocol+abcdefghijklmnopqrstuvwx27@xian.example",
                            "mayor+abcdefghijklmnopqrstuvwx27@isfahan.example",
                            "protocol+abcdefghijklmnopqrstuvwx27@isfahan.example.evil.example",
                            "protocol+abcdefghijklmnopqrst\r\nvwx27@isfahan.example"}) {
    EXPECT_EQ(TokenIn(other, Office()), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace neshast::mail
